import { useId } from 'react';
import { windowOf } from '#shared/calendar/window.ts';
import { MOST_COMPARED } from '#shared/figures/compare/compared.ts';
import { namesApart } from '#shared/figures/compare/names.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { span } from '#shared/format/format.ts';
import AgentName from '../components/ui/AgentName.tsx';
import { knownDays } from '../period/days.ts';
import { type ComparedOf, compareHref } from './address.ts';
import { isComparable, type Wanted } from './wanted.ts';

interface Props {
  site: SiteData;
  wanted: Wanted;
  go: (to: ComparedOf) => void;
}

/** Who is compared, each with a button that leaves them out, and who else can be. */
export default function Choice({ site, wanted, go }: Props) {
  const { agents, period, against } = wanted;
  const { locale } = site.site;
  const before = windowOf(period, knownDays(site, period)).before;
  const chosen = agents.map((id) => agentOf(site, id));
  const nameOf = namesApart(site.agents);
  return (
    <div className="compare-choice">
      {chosen.length > 0 && (
        <ul className="chips" aria-label="Compared agents">
          {chosen.map((agent) => (
            <li key={agent.id} className="chip">
              <span>
                <b>
                  <AgentName agent={{ ...agent, name: nameOf(agent) }} />
                </b>
              </span>
              <button
                type="button"
                className="drop"
                aria-label={`Leave out ${nameOf(agent)}`}
                onClick={() => go({ agents: agents.filter((each) => each !== agent.id), period })}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {agents.length < MOST_COMPARED && <Others site={site} wanted={wanted} go={go} />}
      {agents.length === 1 && before && !against && (
        <a href={compareHref({ agents, period, against: before })}>
          {`or with the period before, ${span(before.from, before.to, locale)}`}
        </a>
      )}
      {!isComparable(wanted) && (
        <p className="compare-few">
          {agents.length === 0
            ? 'Choose two to four agents here, or tick them on the '
            : 'One agent alone is compared with nobody: choose another one here, or tick two to four on the '}
          <a href="/agents/">agents page</a>.
        </p>
      )}
    </div>
  );
}

/** The agents who are not compared yet, by name. */
function Others({ site, wanted: { agents, period }, go }: Props) {
  const field = useId();
  const { compare } = new Intl.Collator(site.site.locale, { numeric: true });
  const others = Object.entries(site.agents)
    .filter(([id]) => !agents.includes(id))
    .sort(([a, one], [b, other]) => compare(one.name, other.name) || compare(a, b));
  if (others.length === 0) return null;
  const nameOf = namesApart(site.agents);
  return (
    <form
      className="compare-add"
      onSubmit={(event) => {
        event.preventDefault();
        const id = new FormData(event.currentTarget).get('agent');
        if (typeof id === 'string' && id !== '') go({ agents: [...agents, id], period });
      }}
    >
      <label htmlFor={field}>{agents.length === 0 ? 'Agent' : 'Compare with'}</label>{' '}
      <select id={field} name="agent" required defaultValue="" key={agents.join(' ')}>
        <option value="">Choose an agent</option>
        {others.map(([id, agent]) => (
          <option key={id} value={id}>
            {nameOf(agent)}
          </option>
        ))}
      </select>{' '}
      <button type="submit" className="button">
        Add
      </button>
    </form>
  );
}
