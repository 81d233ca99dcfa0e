import { useId } from 'react';
import { windowOf } from '#shared/calendar/window.ts';
import { MOST_COMPARED } from '#shared/figures/compare/compared.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { span } from '#shared/format/format.ts';
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
  return (
    <div className="compare-choice">
      {chosen.length > 0 && (
        <ul className="chips" aria-label="Compared agents">
          {chosen.map(({ id, name, href }) => (
            <li key={id} className="chip">
              <span>
                <b>{href ? <a href={href}>{name}</a> : name}</b>
              </span>
              <button
                type="button"
                className="drop"
                aria-label={`Leave out ${name}`}
                onClick={() => go({ agents: agents.filter((each) => each !== id), period })}
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
  /** Names that several have are told with their ids. */
  const known = new Map<string, number>();
  for (const [, { name }] of others) known.set(name, (known.get(name) ?? 0) + 1);
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
        {others.map(([id, { name }]) => (
          <option key={id} value={id}>
            {(known.get(name) ?? 0) > 1 ? `${name} (${id})` : name}
          </option>
        ))}
      </select>{' '}
      <button type="submit" className="button">
        Add
      </button>
    </form>
  );
}
