import { type CallFilter, filterQuery } from '#shared/filter/filter.ts';
import { count } from '#shared/format/format.ts';
import type { AgentPage } from '#shared/view.ts';
import CallTable from '../components/page/CallTable.tsx';
import { agentColumns } from '../components/page/call-columns.tsx';
import FigureLink from '../components/ui/FigureLink.tsx';

interface Props {
  view: AgentPage;
  /** The agent's calls of the period, and of any day. */
  now: CallFilter;
  own: CallFilter;
  /** How the agent is called in a sentence. */
  first: string;
}

/** Calls that fit on two sheets; the style sheet hides the others. */
const PRINTED = 6;

/** The agent's newest calls of the period, with where all of them are listed. */
export default function AgentCallList({ view, now, own, first }: Props) {
  const { calls, totals, site, agent, callCount } = view;
  const { locale } = site;
  return (
    <section className="section agent-calls" aria-labelledby="calls">
      <div className="section-head">
        <h2 id="calls">Calls</h2>
        <span className="note">
          {calls.length < totals.calls
            ? `the newest ${count(calls.length, locale)} of ${count(totals.calls, locale)} in this period`
            : `all ${count(totals.calls, locale)} of this period`}{' '}
          {calls.length > PRINTED && <span className="printed">({PRINTED} are printed)</span>}
        </span>
        <span className="action">
          {totals.calls > 0 && (
            <FigureLink figure="list all of the period" to={now}>
              {`list all ${count(totals.calls, locale)}`}
            </FigureLink>
          )}{' '}
          · of any day{' '}
          <FigureLink figure="calls" to={own}>
            {count(callCount, locale)}
          </FigureLink>
        </span>
      </div>
      {calls.length > 0 ? (
        <CallTable
          calls={calls}
          columns={agentColumns(calls, site, filterQuery(now), agent.members !== undefined)}
          caption={`Calls of ${agent.name}, newest first`}
        />
      ) : (
        <p className="note">No call of {first} in this period.</p>
      )}
    </section>
  );
}
