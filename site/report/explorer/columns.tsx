import type { ReactNode } from 'react';
import type { AttentionRules } from '#shared/calls/attention.ts';
import { failedRules } from '#shared/calls/failed-rules.ts';
import { attentionRules, type SiteData } from '#shared/figures/site-data.ts';
import { dimensionName, dimensionValue, isInsightId } from '#shared/filter/dimension-id.ts';
import { count, duration, score, sentiment, whenStarted } from '#shared/format/format.ts';
import { DIRECTIONS, SENTIMENTS, shortId } from '#shared/format/labels.ts';
import { otherEnd } from '#shared/format/party-name.ts';
import AgentName from '../components/ui/AgentName.tsx';
import Icon from '../components/ui/Icon.tsx';
import Party from '../components/ui/Party.tsx';
import Status from '../components/ui/Status.tsx';
import { OWN } from './column-choice.ts';
import type { ListedCall } from './listed-calls.ts';
import ModelText from './ModelText.tsx';
import type { SortKey } from './sorting.ts';

/** A column of the list. */
export interface CallColumn {
  id: string;
  name: string;
  sort?: SortKey;
  className?: string;
  /** Shown where nobody has chosen. */
  usual?: true;
  cell: (call: ListedCall) => ReactNode;
}

/** What the data has at all, of which a column can be made, and what is asked for. */
export interface Has {
  teams: boolean;
  labels: readonly string[];
  /** Rules that are asked for: of a call's failed rules they are told first. */
  requested?: readonly string[] | undefined;
  /** The query of the list: whoever opens a call from it can go on through it. */
  list: string;
}

export function callColumns(site: SiteData, { teams, labels, requested, list }: Has): CallColumn[] {
  const { locale, passMark, hasQa, hasSentiment } = site.site;
  const rules = attentionRules(site);
  const columns: (CallColumn | false)[] = [
    {
      id: 'started',
      name: 'Started',
      sort: 'started',
      usual: true,
      cell: ({ row }) => (
        <a href={`${row.path}${list}`} title={row.day === null ? row.id : undefined}>
          {whenStarted(row, site.site) ?? shortId(row.id)}
        </a>
      ),
    },
    {
      id: 'agent',
      name: 'Agent',
      sort: 'agent',
      usual: true,
      className: 'agent',
      cell: ({ who }) => <AgentName agent={who} />,
    },
    teams && { id: 'team', name: 'Team', className: 'drop-2', cell: ({ team }) => team },
    {
      id: 'number',
      name: 'Other party',
      sort: 'number',
      usual: true,
      className: 'party drop-1',
      cell: ({ row, direction }) => <Party number={otherEnd(row)} direction={direction} />,
    },
    { id: 'direction', name: 'Direction', className: 'drop-2', cell: ({ direction }) => DIRECTIONS[direction] },
    {
      id: 'length',
      name: 'Length',
      sort: 'length',
      usual: true,
      className: 'n drop-3',
      cell: ({ durationSeconds }) => durationSeconds !== undefined && duration(durationSeconds),
    },
    hasSentiment && {
      id: 'sentiment',
      name: 'Sentiment',
      sort: 'sentiment',
      usual: true,
      className: 'nowrap',
      cell: (call) => <Mood call={call} locale={locale} />,
    },
    hasQa && {
      id: 'score',
      name: 'Score',
      sort: 'score',
      usual: true,
      className: 'n',
      cell: (call) =>
        call.score !== undefined && (
          <span className={call.row.passed === false ? 'status-fail' : undefined}>
            <b>{score(call.score, passMark, locale)}</b> <span className="quiet">{call.grade}</span>
          </span>
        ),
    },
    hasQa && {
      id: 'qa',
      name: 'QA',
      usual: true,
      className: 'drop-3',
      cell: ({ qa }) => <Status result={qa} />,
    },
    hasQa && {
      id: 'rules',
      name: 'Rules failed',
      usual: true,
      className: 'rules drop-3',
      cell: (call) => <FailedRules call={call} rules={rules} requested={requested} locale={locale} />,
    },
    {
      id: 'summary',
      name: 'Summary',
      usual: true,
      className: 'cut drop-3',
      cell: ({ row, words }) => words && <ModelText text={[row.topic, words.summary].filter(Boolean).join(': ')} />,
    },
    site.dimensions.some(({ id }) => id === 'topic') && {
      id: 'topic',
      name: 'Topic',
      className: 'agent drop-1',
      cell: ({ topic }) => topic && <ModelText text={topic} />,
    },
    site.dimensions.some(({ id }) => id === 'phrase') && {
      id: 'phrases',
      name: 'Phrases',
      className: 'agent drop-1',
      cell: ({ phrases }) => phrases?.join(', '),
    },
    { id: 'id', name: 'Call', className: 'drop-1 nowrap', cell: ({ row }) => row.id },
    ...labels.map((label) => ({
      id: `${OWN}${label}`,
      name: label,
      className: 'agent drop-1',
      cell: ({ row }: ListedCall) => row.metadata?.find((each) => each.label === label)?.value,
    })),
    ...site.dimensions
      .filter(({ id }) => isInsightId(id))
      .map(({ id }) => ({
        id: `${OWN}${id}`,
        name: dimensionName(id),
        className: 'agent drop-1',
        cell: ({ insights = {} }: ListedCall) =>
          Object.hasOwn(insights, id) && dimensionValue(id, insights[id] as string),
      })),
  ];
  return columns.filter((column) => column !== false);
}

function Mood({ call: { label, sentiment: figure }, locale }: { call: ListedCall; locale: string }) {
  if (label === undefined && figure === undefined) return <span className="quiet">{SENTIMENTS.none}</span>;
  return (
    <>
      {label && (
        <>
          <Icon name={label} /> <span className="visually-hidden">{SENTIMENTS[label]} </span>
        </>
      )}
      {figure === undefined ? label && SENTIMENTS[label] : sentiment(figure, locale)}
    </>
  );
}

interface FailedProps {
  call: ListedCall;
  rules: AttentionRules;
  requested: readonly string[] | undefined;
  locale: string;
}

function FailedRules({ call, rules, requested, locale }: FailedProps) {
  const [first, ...more] = failedRules(call.failed, rules, requested);
  if (!first) return null;
  return (
    <>
      {first.critical && (
        <>
          <Icon name="critical" /> <span className="visually-hidden">Critical: </span>
        </>
      )}
      {first.name}
      {more.length > 0 && (
        <span className="quiet">
          {' + '}
          {count(more.length, locale)} <span className="visually-hidden">more</span>
        </span>
      )}
    </>
  );
}
