import { filterQuery } from '#shared/filter/filter.ts';
import { hearListQuery } from '#shared/filter/hear-list.ts';
import { count } from '#shared/format/format.ts';
import type { AgentPage, AgentRef } from '#shared/view.ts';
import CompareWith from '../compare/CompareWith.tsx';
import Context from '../components/ui/Context.tsx';
import Figure from '../components/ui/Figure.tsx';
import Lead from '../components/ui/Lead.tsx';
import SectionHead from '../components/ui/SectionHead.tsx';
import AgentAttention from './AgentAttention.tsx';
import AgentCallList from './AgentCallList.tsx';
import AgentRules from './AgentRules.tsx';
import AgentTrends from './AgentTrends.tsx';
import AgentWeeks from './AgentWeeks.tsx';
import { agentFigures } from './agent-figures.ts';
import { agentFilters } from './agent-filters.ts';
import BestAndWorst from './BestAndWorst.tsx';
import LeftOut from './LeftOut.tsx';
import WorkOn from './WorkOn.tsx';

/** The figures of one agent: the sheet for a one-to-one. */
export default function AgentBody({ view }: { view: AgentPage }) {
  const { agent, site, totals, team, weeks, workOn, bestAndWorst, trust, window } = view;
  const evaluated = (totals.qaEvaluated ?? 0) > 0;
  const isTeam = agent.members !== undefined;
  const about = [agent.team && `${agent.team} team`, agent.id !== agent.name && agent.id].filter(Boolean).join(' · ');
  const { own, now, all, teamName } = agentFilters(view);
  const first = isTeam ? 'the team' : (agent.name.split(/\s+/)[0] ?? agent.name);
  return (
    <>
      <Context site={site} window={window} trust={trust} about={about || undefined} />
      <CompareWith view={view} />
      {isTeam && <TeamLinks team={agent} locale={site.locale} />}
      {view.lead.length > 0 && <Lead phrase={view.lead} />}
      <dl className="figures">
        {agentFigures(view, now, teamName).map((figure) => figure && <Figure key={figure.name} {...figure} />)}
      </dl>
      <LeftOut totals={totals} of={now} site={site} />
      {workOn.length > 0 && <WorkOn view={view} />}
      {evaluated && workOn.length === 0 && (totals.qaEvaluated ?? 0) < site.minimumN && (
        <p className="note left-out">
          n = {totals.qaEvaluated}: too few evaluated calls to say what to work on. Rules are ranked from{' '}
          {site.minimumN} calls.
        </p>
      )}
      {weeks.length > 1 && window && (
        <AgentTrends
          weeks={weeks}
          totals={totals}
          site={site}
          names={{ own: isTeam ? agent.name : first, ...(team && { team: teamName }) }}
          own={own}
          group={all}
          period={{ from: window.from, to: window.to }}
        />
      )}
      {evaluated && <AgentWeeks rules={view.rules} site={site} own={own} />}
      {(evaluated || bestAndWorst) && (
        <div className="row">
          {evaluated && (
            <section className="section w6" aria-labelledby="rules">
              <SectionHead
                id="rules"
                title="All rules"
                note={`why calls failed, weakest first${team ? `; ${teamName} includes ${first}` : ''}`}
              />
              <AgentRules view={view} />
            </section>
          )}
          <div className={evaluated ? 'w6' : undefined}>
            {bestAndWorst && <BestAndWorst {...bestAndWorst} site={site} agents={isTeam} />}
            {!isTeam && <Agreed />}
          </div>
        </div>
      )}
      <AgentAttention attention={view.attention} list={hearListQuery(now)} site={site} agents={isTeam} />
      <AgentCallList view={view} now={now} own={own} first={first} />
    </>
  );
}

/** Whose calls a team's page counts, and the other pages of the team alone. */
function TeamLinks({ team: { name, members = 0 }, locale }: { team: AgentRef; locale: string }) {
  const query = filterQuery({ team: [name] });
  return (
    <p className="only">
      {'All calls of its '}
      <a href={`/agents/${query}`}>{`${count(members, locale)} ${members === 1 ? 'agent' : 'agents'}`}</a>
      {', as the team is configured now · '}
      <a href={`/${query}`}>overview of the team</a>
      {' · '}
      <a href={`/qa/${query}`}>QA of the team</a>
    </p>
  );
}

/** Lines to write on, on paper. */
const Agreed = () => (
  <section className="section agreed" aria-labelledby="agreed">
    <h2 id="agreed">Agreed in this conversation</h2>
    <p />
    <p />
    <p />
  </section>
);
