import type { AttentionRules } from '#shared/calls/attention.ts';
import { failedRules } from '#shared/calls/failed-rules.ts';
import { attentionRules, type SiteData } from '#shared/figures/site-data.ts';
import { dimensionName, dimensionValue, isInsightId } from '#shared/filter/dimension-id.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { type Cell, csvOf } from '#shared/format/csv.ts';
import { shownScore, time } from '#shared/format/format.ts';
import { DIRECTIONS, QA_RESULTS, SENTIMENTS } from '#shared/format/labels.ts';
import { fileName } from '../data/file-name.ts';
import { partsOf } from './filters/filter-words.ts';
import type { ListedCall } from './listed-calls.ts';

interface CsvColumn {
  name: string;
  cell: (call: ListedCall) => Cell;
}

/**
 * The calls as a CSV file, one row each, in the order given. The words about them must have been fetched.
 * @param origin of the site, e.g., "https://reports.example": links are absolute
 */
export function callsCsv(calls: readonly ListedCall[], site: SiteData, origin: string): string {
  const columns = columnsOf(calls, site, origin);
  return csvOf([columns.map(({ name }) => name), ...calls.map((call) => columns.map(({ cell }) => cell(call)))]);
}

/** What a file of these calls is called, without its ending: the organization, the period and each filter. */
export function csvName(filter: CallFilter, site: SiteData): string {
  const { from, to, party, ...others } = filter;
  const parts = partsOf(others, site).map(({ label, value }) => `${label} ${value}`);
  // A number is no part of a name that goes through mails.
  return fileName(['calls', from, to, ...parts, party && 'other party'], site.site.name);
}

/** What the data does not have is no column. */
function columnsOf(calls: readonly ListedCall[], site: SiteData, origin: string): CsvColumn[] {
  const { timeZone, hasQa, hasSentiment, passMark } = site.site;
  const rules = attentionRules(site);
  const hasTeams = Object.values(site.agents).some(({ team }) => team !== undefined);
  const labels = [...new Set(calls.flatMap(({ row }) => (row.metadata ?? []).map(({ label }) => label)))].sort();
  const when =
    (part: (instant: string) => string) =>
    ({ row }: ListedCall) =>
      row.started && part(row.started);
  return [
    { name: 'Call', cell: ({ row }) => row.id },
    { name: 'Link', cell: ({ row }) => `${origin}${encodeURI(row.path)}` },
    { name: `Date (${timeZone})`, cell: ({ row }) => row.day ?? undefined },
    { name: `Time (${timeZone})`, cell: when((instant) => time(instant, { locale: 'en-GB', timeZone }, true)) },
    { name: 'Started (UTC)', cell: when((instant) => instant) },
    { name: 'Agent', cell: ({ who }) => who.name },
    { name: 'Agent id', cell: ({ row }) => row.agent ?? undefined },
    ...(hasTeams ? [{ name: 'Team', cell: ({ team }: ListedCall) => team }] : []),
    { name: 'Direction', cell: ({ direction }) => DIRECTIONS[direction] },
    { name: 'From', cell: ({ row }) => row.from },
    { name: 'To', cell: ({ row }) => row.to },
    { name: 'Seconds', cell: ({ durationSeconds }) => durationSeconds },
    ...(hasSentiment
      ? [
          { name: 'Sentiment', cell: ({ label }: ListedCall) => (label ? SENTIMENTS[label] : undefined) },
          {
            name: 'Sentiment score',
            cell: ({ sentiment }: ListedCall) => sentiment && Math.round(sentiment * 100) / 100,
          },
        ]
      : []),
    ...(hasQa
      ? [
          { name: 'QA result', cell: ({ qa }: ListedCall) => QA_RESULTS[qa] },
          { name: 'Score', cell: ({ score }: ListedCall) => score && shownScore(score, passMark) },
          { name: 'Grade', cell: ({ grade }: ListedCall) => grade },
          { name: 'Rules checked', cell: ({ failed, passed }: ListedCall) => failed.length + passed.length },
          { name: 'Rules failed', cell: ({ failed }: ListedCall) => failed.length },
          { name: 'Names of failed rules', cell: (call: ListedCall) => namesOf(call, rules) },
          ...(site.critical.length > 0
            ? [{ name: 'Critical rule failed', cell: (call: ListedCall) => criticalFailed(call, site) }]
            : []),
        ]
      : []),
    ...labels.map((label) => ({
      name: label,
      cell: ({ row }: ListedCall) => row.metadata?.find((each) => each.label === label)?.value,
    })),
    ...site.dimensions
      .filter(({ id }) => isInsightId(id))
      .map(({ id }) => ({
        name: dimensionName(id),
        cell: ({ insights = {} }: ListedCall) =>
          Object.hasOwn(insights, id) ? dimensionValue(id, insights[id] as string) : undefined,
      })),
    ...(site.dimensions.some(({ id }) => id === 'phrase')
      ? [{ name: 'Phrases', cell: ({ phrases }: ListedCall) => phrases?.join('; ') }]
      : []),
    ...WORDS.filter(({ cell }) => calls.some((call) => cell(call) !== undefined)),
  ];
}

const WORDS: CsvColumn[] = [
  { name: 'Topic', cell: ({ topic }) => topic },
  { name: 'Summary', cell: ({ words }) => words?.summary },
];

/** Empty where no critical rule was evaluated. */
const criticalFailed = ({ criticalFailed, passed }: ListedCall, { critical }: SiteData): string | undefined =>
  criticalFailed ? 'Yes' : passed.some((rule) => critical.includes(rule)) ? 'No' : undefined;

const namesOf = ({ failed }: ListedCall, rules: AttentionRules): string | undefined =>
  failed.length > 0
    ? failedRules(failed, rules)
        .map(({ name }) => name)
        .join('; ')
    : undefined;
