import type { ReactNode } from 'react';
import { countDifference, pointsChange } from '#shared/format/change.ts';
import { count, duration, fixed, sentiment, share } from '#shared/format/format.ts';
import { failedOf, qaChecks, ratio } from '#shared/format/rate.ts';
import type { AgentLine, AgentsPage } from '#shared/view.ts';
import { fileName } from '../../data/file-name.ts';
import AgentName from '../ui/AgentName.tsx';
import ChangeWords from '../ui/ChangeWords.tsx';
import Context from '../ui/Context.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import SectionHead from '../ui/SectionHead.tsx';

/** One column: what stands in it, and what it is sorted by. */
interface Column {
  head: string;
  /** Where there is little room it goes: 1 first, 3 last. */
  drop?: 1 | 2 | 3;
  words?: true;
  quiet?: true;
  cell: (line: AgentLine) => ReactNode;
  by: (line: AgentLine) => number | string | undefined;
  /** Rates are of note only for agents who are ranked. */
  key?: (line: AgentLine) => boolean;
}

/** The figures of the agents page. */
export default function AgentsBody({ view }: { view: AgentsPage }) {
  const { site, agents, window, trust } = view;
  const { locale, minimumN } = site;
  const known = agents.filter((line) => line.agent.id !== null).length;
  const everyone: AgentLine = { agent: { id: null, name: 'Everyone' }, ...view.everyone, ranked: true };
  const columns = columnsOf(view, everyone);
  const hasQa = agents.some((line) => line.totals.qaPassRate !== undefined);
  const classOf = ({ words, drop, quiet }: Column) =>
    [!words && 'n', drop && `drop-${drop}`, quiet && 'quiet'].filter(Boolean).join(' ') || undefined;
  return (
    <>
      <Context site={site} window={window} trust={trust} />
      <Sentence view={view} />
      <section className="section" aria-labelledby="all-agents">
        <SectionHead
          id="all-agents"
          title={known === 1 ? 'One agent' : `${count(known, locale)} agents`}
          note={`figures of the period${hasQa ? `; agents with fewer than ${minimumN} evaluated calls are not ranked` : ''}`}
        />
        {agents.length === 0 ? (
          <div className="message">
            <b>No agent is known yet.</b>
            <p>
              An agent is identified by the call’s agent field, or by an address in one of the organization’s agent
              domains. No call in this period has either.
            </p>
          </div>
        ) : (
          <>
            <p className="find-agent" hidden>
              <label htmlFor="find-agent">Find an agent</label>
              <input id="find-agent" autoComplete="off" placeholder="Name, id or team" type="search" />
              <span id="find-result" className="note" role="status" />
              <button id="agents-csv" type="button" className="button">
                CSV of this table
              </button>
            </p>
            <table
              className="table"
              data-sortable=""
              data-file={fileName(['agents', window?.from, window?.to], site.name)}
            >
              <thead>
                <tr>
                  <th scope="col">Agent</th>
                  {columns.map((column) => (
                    <th
                      scope="col"
                      className={classOf(column)}
                      aria-sort={column.head === 'Calls' ? 'descending' : undefined}
                      key={column.head}
                    >
                      {column.head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {agents.map((line) => (
                  <tr key={line.agent.id ?? ''} className={hasQa && !line.ranked ? 'unranked' : undefined}>
                    <th scope="row" data-by={line.agent.name} data-find={line.agent.id ?? undefined}>
                      <AgentName agent={line.agent} />
                    </th>
                    {columns.map((column) => (
                      <td
                        className={
                          [classOf(column), column.key?.(line) && 'key'].filter(Boolean).join(' ') || undefined
                        }
                        data-by={column.by(line)}
                        key={column.head}
                      >
                        {column.cell(line)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
              {agents.length > 1 && (
                <tfoot>
                  <tr className="everyone">
                    <th scope="row">Everyone</th>
                    {columns.map((column) => (
                      <td className={classOf(column)} data-by={column.by(everyone)} key={column.head}>
                        {column.cell(everyone)}
                      </td>
                    ))}
                  </tr>
                </tfoot>
              )}
            </table>
          </>
        )}
      </section>
    </>
  );
}

/** Between which figures the agents lie, and where all together are. */
function Sentence({ view: { agents, everyone, site } }: { view: AgentsPage }) {
  const { locale } = site;
  const rate = ({ totals: t }: Pick<AgentLine, 'totals'>) => t.qaPassRate ?? 0;
  const ranked = agents.filter((line) => line.ranked && line.totals.qaPassRate !== undefined);
  const [worst, best] = [
    ranked.toSorted((a, b) => rate(a) - rate(b))[0],
    ranked.toSorted((a, b) => rate(b) - rate(a))[0],
  ];
  if (!worst || !best || worst === best || everyone.totals.qaPassRate === undefined) return null;
  return (
    <p className="lead">
      QA passed on <b>{share(rate(everyone), locale)}</b> of all evaluated calls: from{' '}
      <b>{share(rate(worst), locale)}</b> ({worst.agent.name}) to <b>{share(rate(best), locale)}</b> ({best.agent.name}
      ).
    </p>
  );
}

/** The columns that the period's calls support. */
function columnsOf({ agents, site, window }: AgentsPage, everyone: AgentLine): Column[] {
  const { locale, minimumN } = site;
  const span = { from: window?.from, to: window?.to };
  const some = (has: (line: AgentLine) => boolean): boolean => agents.some(has);
  const own = (line: AgentLine) => (line === everyone ? span : { ...span, agent: [line.agent.id ?? ''] });
  const before = some((line) => line.before.calls > 0);
  const qa = some((line) => line.totals.qaPassRate !== undefined);
  const passed = (line: AgentLine) => ({ ...own(line), qa: ['passed' as const, 'failed' as const] });
  const failed = ({ totals: t }: AgentLine) => failedOf(qaChecks(t));
  const positiveOf = ({ totals: t }: AgentLine) => ratio(t.positive, t.sentimentAnalysed);
  const moved = ({ ranked, totals: t, before: b }: AgentLine) =>
    ranked && t.qaPassRate !== undefined && b.qaPassRate !== undefined && (b.qaEvaluated ?? 0) >= minimumN
      ? t.qaPassRate - b.qaPassRate
      : undefined;
  const columns: (Column | false)[] = [
    some((line) => line.agent.team !== undefined) && {
      head: 'Team',
      drop: 2,
      words: true,
      quiet: true,
      cell: ({ agent }) => agent.team,
      by: ({ agent }) => agent.team,
    },
    {
      head: 'Calls',
      cell: (line) => (
        <FigureLink figure="calls" to={own(line)}>
          {count(line.totals.calls, locale)}
        </FigureLink>
      ),
      by: ({ totals: t }) => t.calls,
    },
    before && {
      head: 'Change',
      drop: 3,
      cell: ({ totals: t, before: b }) => (
        <ChangeWords change={countDifference(t.calls, b.calls, locale, window)} short />
      ),
      by: ({ totals: t, before: b }) => t.calls - b.calls,
    },
    some((line) => line.totals.averageDurationSeconds !== undefined) && {
      head: 'Average call',
      drop: 3,
      cell: (line) =>
        line.totals.averageDurationSeconds !== undefined && (
          <FigureLink figure="average length" to={{ ...own(line), with: ['duration'] }}>
            {duration(line.totals.averageDurationSeconds)}
          </FigureLink>
        ),
      by: ({ totals: t }) => t.averageDurationSeconds,
    },
    some((line) => line.totals.averageSentiment !== undefined) && {
      head: 'Sentiment',
      cell: (line) =>
        line.totals.averageSentiment !== undefined && (
          <FigureLink figure="average sentiment" to={{ ...own(line), with: ['sentiment'] }}>
            {sentiment(line.totals.averageSentiment, locale)}
          </FigureLink>
        ),
      by: ({ totals: t }) => t.averageSentiment,
    },
    some((line) => line.totals.positive !== undefined) && {
      head: 'Positive',
      drop: 2,
      cell: (line) => {
        const positive = positiveOf(line);
        return (
          positive !== undefined && (
            <FigureLink figure="positive share" to={{ ...own(line), with: ['sentiment'] }}>
              {share(positive, locale, 0)}
            </FigureLink>
          )
        );
      },
      by: positiveOf,
    },
    qa && {
      head: 'QA passed',
      cell: (line) =>
        line.totals.qaPassRate !== undefined && (
          <FigureLink figure="QA passed" to={passed(line)}>
            {share(line.totals.qaPassRate, locale)}
          </FigureLink>
        ),
      by: ({ totals: t }) => t.qaPassRate,
      key: ({ ranked }) => ranked,
    },
    qa &&
      before && {
        head: 'Change, pts',
        drop: 2,
        cell: (line) =>
          moved(line) !== undefined && (
            <ChangeWords
              change={pointsChange(line.totals.qaPassRate ?? 0, line.before.qaPassRate ?? 0, locale, '')}
              short
            />
          ),
        by: moved,
      },
    qa && {
      head: 'Failed',
      drop: 3,
      cell: (line) =>
        line.totals.qaEvaluated ? (
          <FigureLink figure="failed" to={{ ...own(line), qa: ['failed'] }} open={failed(line) > 0}>
            {count(failed(line), locale)}
          </FigureLink>
        ) : (
          ''
        ),
      by: failed,
    },
    qa && {
      head: 'n',
      drop: 3,
      quiet: true,
      cell: (line) => (
        <FigureLink figure="evaluated" to={passed(line)} open={(line.totals.qaEvaluated ?? 0) > 0}>
          {count(line.totals.qaEvaluated ?? 0, locale)}
        </FigureLink>
      ),
      by: ({ totals: t }) => t.qaEvaluated,
    },
    some((line) => line.totals.qaAverageScore !== undefined) && {
      head: 'Average score',
      drop: 1,
      cell: (line) =>
        line.totals.qaAverageScore !== undefined && (
          <FigureLink figure="average score" to={passed(line)}>
            {fixed(line.totals.qaAverageScore, locale)}
          </FigureLink>
        ),
      by: ({ totals: t }) => t.qaAverageScore,
    },
    some((line) => (line.totals.criticalFailed ?? 0) > 0) && {
      head: 'Critical failed',
      drop: 1,
      cell: (line) => (
        <FigureLink
          figure="critical failed"
          to={{ ...own(line), critical: true }}
          open={(line.totals.criticalFailed ?? 0) > 0}
        >
          {count(line.totals.criticalFailed ?? 0, locale)}
        </FigureLink>
      ),
      by: ({ totals: t }) => t.criticalFailed,
    },
  ];
  return columns.filter((column): column is Column => column !== false);
}
