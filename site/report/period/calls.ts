import { monthOf } from '#shared/calendar/calendar.ts';
import type { Range } from '#shared/calendar/range.ts';
import { type CallColumns, type CallRow, decodeCalls } from '#shared/columns/calls.ts';
import { type CallWords, decodeWords, type WordColumns } from '#shared/columns/words.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import type { Fetch } from '../data/fetch-cache.ts';

/** Where the words about a call are. */
export interface Placed {
  month: string;
  /** In its month's files, from 0. */
  place: number;
  stamp: string;
}

/** A call, and where the words about it are. */
export type PlacedCall = CallRow & Placed;

/** The calls of some days, oldest first. */
export async function callsIn({ days }: SiteData, { from, to }: Range, fetch: Fetch): Promise<PlacedCall[]> {
  const months = new Set(days.flatMap(([day]) => (day >= from && day <= to ? [monthOf(day)] : [])));
  const files = await Promise.all(
    [...months].map(async (month) => {
      const columns = await fetch<CallColumns>(`/data/calls/${month}.json`);
      return decodeCalls(columns).map((row, place) => Object.assign(row, { month, place, stamp: columns.stamp }));
    }),
  );
  return files.flat().filter(({ day }) => day !== null && day >= from && day <= to);
}

/** What tells the words about some calls: the files of their months are fetched. Words of another build than the calls are none. */
export async function wordsAbout(
  calls: readonly Placed[],
  fetch: Fetch,
): Promise<(call: Placed) => CallWords | undefined> {
  const months = [...new Set(calls.map(({ month }) => month))];
  const files = await Promise.all(
    months.map(async (month) => {
      const columns = await fetch<WordColumns>(`/data/words/${month}.json`);
      return [month, { stamp: columns.stamp, words: decodeWords(columns) }] as const;
    }),
  );
  const known = new Map(files);
  return ({ month, place, stamp }) => {
    const file = known.get(month);
    return file?.stamp === stamp ? file.words[place] : undefined;
  };
}
