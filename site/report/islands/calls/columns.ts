import { csvOf } from '#lib/csv.ts';
import { QA_WORDS } from '#lib/filter-words.ts';
import { agentOf } from '../../../../generator/report/counted.ts';
import type { SiteData } from '../../../../generator/report/site-data.ts';
import type { ListedCall } from './load.ts';

export type SortKey = 'started' | 'agent' | 'seconds' | 'sentiment' | 'score';

const VALUES: { [key in SortKey]: (call: ListedCall, site: SiteData) => string | number | undefined } = {
  started: ({ row }) => row.started,
  agent: ({ row }, site) => agentOf(site, row.agent ?? '').name,
  seconds: ({ row }) => row.durationSeconds,
  sentiment: ({ row }) => row.sentiment,
  score: ({ row }) => row.score,
};

/** In order of one column; calls without its value are last, whichever way. */
export function sortedBy(
  calls: readonly ListedCall[],
  key: SortKey,
  isRising: boolean,
  site: SiteData,
): readonly ListedCall[] {
  if (key === 'started' && !isRising) return calls;
  const value = VALUES[key];
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'string' ? a.localeCompare(String(b), site.site.locale) : a - Number(b);
  return calls
    .map((call) => ({ call, value: value(call, site) }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined)
        return Number(a.value === undefined) - Number(b.value === undefined);
      return isRising ? compare(a.value, b.value) : compare(b.value, a.value);
    })
    .map(({ call }) => call);
}

/** The calls as a spreadsheet has them, each with its address. */
export function csvOfCalls(calls: readonly ListedCall[], site: SiteData, origin: string): string {
  const labels = [...new Set(calls.flatMap(({ row }) => row.metadata?.map(({ label }) => label) ?? []))];
  const nameOf = (rule: string) => site.rules[rule]?.name ?? rule;
  const head = ['Call', 'Address', 'Started', 'Day', 'Agent', 'Agent id', 'Team', 'Direction', 'From', 'To', 'Seconds'];
  head.push('Sentiment', 'Sentiment score', 'QA', 'Score', 'Grade', 'Rules failed', ...labels);
  return csvOf(
    head,
    calls.map(({ row, facts }) => {
      const agent = agentOf(site, row.agent ?? '');
      return [
        row.id,
        new URL(row.path, origin).href,
        row.started,
        row.day ?? undefined,
        agent.name,
        row.agent ?? undefined,
        agent.team,
        row.direction,
        row.from,
        row.to,
        row.durationSeconds,
        row.sentimentLabel,
        row.sentiment,
        QA_WORDS[facts.qa],
        row.score,
        row.grade,
        facts.failed.map(nameOf).join('; '),
        ...labels.map((label) => row.metadata?.find((each) => each.label === label)?.value),
      ];
    }),
  );
}
