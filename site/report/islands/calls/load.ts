import { type CallColumns, type CallRow, decodeCalls } from '#lib/call-columns.ts';
import { type CallFilter, type FilterableCall, isWanted } from '#lib/call-filter.ts';
import { decodeWords, type WordColumns } from '#lib/word-columns.ts';
import { monthOf } from '../../../../generator/days/month.ts';
import { agentOf } from '../../../../generator/report/counted.ts';
import { filterableOf } from '../../../../generator/report/filterable.ts';
import type { SiteData } from '../../../../generator/report/site-data.ts';
import type { Fetch } from '../count.ts';

/** A call with what filters look at. */
export interface ListedCall {
  row: CallRow;
  facts: FilterableCall;
}

/** Names of the files of calls that a filter can need, newest first; calls without a start are last. */
export function filesFor({ from, to, undated }: CallFilter, site: SiteData): string[] {
  const inRange = site.days.map(([day]) => day).filter((day) => day >= (from ?? '') && day <= (to ?? '9999'));
  const months = undated ? [] : [...new Set(inRange.map(monthOf))].reverse();
  return from || to || site.trust.undated === 0 ? months : [...months, 'undated'];
}

/** The calls of one file, newest first. */
export async function loadCalls(file: string, site: SiteData, fetch: Fetch): Promise<ListedCall[]> {
  const critical = new Set(site.critical);
  const rows = decodeCalls(await fetch<CallColumns>(`/data/calls/${file}.json`));
  return rows
    .sort((a, b) => ((a.started ?? '') < (b.started ?? '') ? 1 : -1))
    .map((row) => ({
      row,
      facts: filterableOf(
        {
          ...row,
          sentiment: { label: row.sentimentLabel, score: row.sentiment },
          rules: Object.entries(row.rules).map(([rule, pass]) => ({ rule, pass })),
        },
        critical,
        agentOf(site, row.agent ?? '').team,
        site.site.timeZone,
      ),
    }));
}

/** Id → the words of one file's calls in lower case. @throws where the site was published anew between two files */
export async function loadWords(file: string, fetch: Fetch): Promise<Map<string, string>> {
  const [calls, words] = await Promise.all([
    fetch<CallColumns>(`/data/calls/${file}.json`),
    fetch<WordColumns>(`/data/words/${file}.json`),
  ]);
  if (calls.stamp !== words.stamp) throw new Error('The reports have just been renewed. Load the page again.');
  const told = decodeWords(words);
  return new Map(
    decodeCalls(calls).map(({ id }, i) => [id, `${told[i]?.topic ?? ''}\n${told[i]?.summary ?? ''}`.toLowerCase()]),
  );
}

/** @param words what `loadWords` gave; only needed where the filter has a text */
export function wantedOf(
  calls: readonly ListedCall[],
  filter: CallFilter,
  words: ReadonlyMap<string, string>,
): ListedCall[] {
  const text = filter.text?.trim().toLowerCase();
  return calls.filter(({ row, facts }) => isWanted(filter, facts) && (!text || holds(row, text, words)));
}

function holds({ id, from, to }: CallRow, text: string, words: ReadonlyMap<string, string>): boolean {
  return [id, from, to, words.get(id)].some((each) => each?.toLowerCase().includes(text));
}
