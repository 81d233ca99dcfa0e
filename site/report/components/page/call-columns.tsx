import { qaResultOf } from '#shared/calls/filterable.ts';
import { duration, score, sentiment, whenStarted } from '#shared/format/format.ts';
import { DIRECTIONS, SENTIMENTS, shortId } from '#shared/format/labels.ts';
import type { CallLine, SiteView } from '#shared/view.ts';
import AgentName from '../ui/AgentName.tsx';
import Icon from '../ui/Icon.tsx';
import Party from '../ui/Party.tsx';
import Status from '../ui/Status.tsx';
import type { Column } from './CallTable.tsx';

/** Columns of the list of all calls: those that the explorer shows where nobody has chosen others, in the same widths, so that nothing moves when it comes. */
export function listColumns(site: SiteView): Column[] {
  const { hasQa, hasSentiment } = site;
  const columns: (Column | false)[] = [
    {
      head: 'Started',
      className: 'c-started',
      sorted: 'descending',
      cell(call) {
        const when = whenStarted(call, site);
        return (
          <a href={call.href} title={when ? undefined : call.id}>
            {when ?? shortId(call.id)}
          </a>
        );
      },
    },
    { head: 'Agent', className: 'c-agent agent', cell: ({ agent }) => <AgentName agent={agent} /> },
    {
      head: 'Other party',
      className: 'c-number party drop-1',
      cell: ({ party, direction }) => <Party number={party} direction={direction} />,
    },
    { head: 'Length', className: 'c-length n drop-3', cell: length },
    hasSentiment && { head: 'Sentiment', className: 'c-sentiment nowrap', cell: (call) => listedMood(call, site) },
    hasQa && {
      head: 'Score',
      className: 'c-score n',
      cellClass: (call) => ifFailed('c-score n', call),
      cell: (call) =>
        call.score !== undefined && (
          <span>
            <b>{score(call.score, site.passMark, site.locale)}</b> <span className="quiet">{call.grade}</span>
          </span>
        ),
    },
    hasQa && { head: 'QA', className: 'c-qa drop-3', cell: status },
    hasQa && { head: 'Rules failed', className: 'c-rules rules drop-3', cell: firstFailed },
    {
      head: 'Summary',
      className: 'c-summary cut drop-3',
      cell: ({ topic, summary }) => [topic, summary].filter(Boolean).join(': '),
    },
  ];
  return columns.filter((column) => column !== false);
}

/**
 * Columns of an agent's own calls: the whole id to talk about, and every rule that failed. What none of the calls has is no column.
 * @param list query of the list that these are the first calls of
 * @param agents whether they are of several agents
 */
export function agentColumns(calls: readonly CallLine[], site: SiteView, list: string, agents: boolean): Column[] {
  const { hasQa, hasSentiment } = site;
  const columns: (Column | false)[] = [
    {
      head: 'Started',
      cell: (call) => <a href={`${call.href}${list}`}>{whenStarted(call, site) ?? 'Unknown start time'}</a>,
    },
    agents && { head: 'Agent', cell: ({ agent }) => <AgentName agent={agent} /> },
    { head: 'Call', className: 'drop-2', cellClass: () => 'drop-2 quiet call-id', cell: ({ id }) => id },
    calls.some(({ direction }) => direction !== 'unknown') && {
      head: 'Direction',
      className: 'drop-2',
      cell: ({ direction }) => (
        <>
          <Icon name={direction} /> {DIRECTIONS[direction]}
        </>
      ),
    },
    calls.some(({ durationSeconds }) => durationSeconds !== undefined) && {
      head: 'Length',
      className: 'n',
      cell: length,
    },
    hasSentiment && { head: 'Sentiment', cellClass: () => 'nowrap', cell: (call) => mood(call, site) },
    hasQa && {
      head: 'Score',
      className: 'n',
      cellClass: (call) => ifFailed('n', call),
      cell: (call) => (
        <>
          {call.score === undefined ? <Icon name="none" /> : <b>{score(call.score, site.passMark, site.locale)}</b>}{' '}
          <span className="quiet">{call.grade}</span>
        </>
      ),
    },
    hasQa && { head: 'QA', className: 'drop-3', cell: status },
    hasQa && { head: 'Rules failed', className: 'drop-2', cellClass: () => 'rules drop-2', cell: allFailed },
    calls.some(({ topic, summary }) => topic || summary) && {
      head: 'Topic',
      className: 'drop-3',
      cellClass: () => 'cut drop-3',
      cell: ({ topic, summary }) => topic ?? summary,
    },
  ];
  return columns.filter((column) => column !== false);
}

const length = ({ durationSeconds }: CallLine) => durationSeconds !== undefined && duration(durationSeconds);
const status = (call: CallLine) => <Status result={qaResultOf(call)} />;
const ifFailed = (className: string, { passed }: CallLine) =>
  passed === false ? `${className} status-fail` : className;

const mood = ({ sentiment: own }: CallLine, { locale }: SiteView) => (
  <>
    {own?.label && <Icon name={own.label} />}{' '}
    {own?.label && <span className="visually-hidden">{SENTIMENTS[own.label]}</span>}{' '}
    {own?.score !== undefined && sentiment(own.score, locale)}
  </>
);

const listedMood = (call: CallLine, site: SiteView) =>
  call.sentiment ? <span>{mood(call, site)}</span> : <span className="quiet">{SENTIMENTS.none}</span>;

/** The first rule that failed, and how many more there are. */
const firstFailed = ({ failedRules: [first, ...more] }: CallLine) =>
  first && (
    <span>
      {first.critical && <Icon name="critical" />} {first.name}{' '}
      {more.length > 0 && <span className="quiet">+ {more.length}</span>}
    </span>
  );

const allFailed = ({ failedRules }: CallLine) =>
  failedRules.map(({ name, critical }, index) => (
    <span key={name} className={critical ? 'name' : undefined}>{`${index > 0 ? ', ' : ''}${name}`}</span>
  ));
