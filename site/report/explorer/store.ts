import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { inWords } from '../browser/reader-error.ts';
import type { Fetch } from '../data/fetch-cache.ts';
import type { ListedCall } from './listed-calls.ts';
import { fetchCalls, fetchWords, neededMonths } from './months.ts';

/** What has been fetched so far of what a filter needs. */
export interface Loaded {
  calls: ListedCall[];
  /** Calls in the filter's period: fetched, and in all. */
  read: number;
  total: number;
  /** What went wrong, in words. */
  failed?: string;
}

interface Month {
  calls: ListedCall[];
  stamp: string;
  told?: true;
}

/** The months of a site, each fetched once, the newest that are needed first. */
export interface CallStore {
  /** What is there of what a filter needs. The same object until something has been added. */
  loaded(filter: CallFilter, withWords: boolean): Loaded;
  /** Fetch what a filter needs and is not there; tells `onChange` after each month. A later call takes the place of this one. */
  load(filter: CallFilter, withWords: boolean): Promise<void>;
  /** Fetch the words about the calls of some months that are there. */
  tell(months: readonly string[]): Promise<void>;
}

export function openCalls(site: SiteData, fetch: Fetch, onChange: () => void): CallStore {
  const months = new Map<string, Month>();
  const telling = new Set<string>();
  let turn = 0;
  let version = 0;
  let failed: string | undefined;
  let last: { key: string; loaded: Loaded } | undefined;

  const isThere = (month: string, withWords: boolean): boolean => {
    const known = months.get(month);
    return known !== undefined && (!withWords || known.told === true);
  };
  const changed = () => {
    version++;
    onChange();
  };

  async function loadMonth(month: string, withWords: boolean): Promise<void> {
    const known: Month = months.get(month) ?? (await fetchCalls(month, site, fetch));
    months.set(month, known);
    if (!withWords || known.told) return;
    await fetchWords(month, known.calls, known.stamp, fetch);
    known.told = true;
  }

  return {
    loaded(filter, withWords) {
      const needed = neededMonths(filter, site);
      const there = needed.filter(({ month }) => isThere(month, withWords));
      const key = JSON.stringify([version, there.map(({ month }) => month), needed.length, failed]);
      if (last?.key === key) return last.loaded;
      const sum = (list: readonly { calls: number }[]) => list.reduce((n, { calls }) => n + calls, 0);
      const loaded: Loaded = {
        calls: there.flatMap(({ month }) => months.get(month)?.calls ?? []),
        read: sum(there),
        total: sum(needed),
        ...(failed !== undefined && { failed }),
      };
      last = { key, loaded };
      return loaded;
    },
    async tell(wanted) {
      for (const month of wanted) {
        const known = months.get(month);
        if (!known || known.told || telling.has(month)) continue;
        telling.add(month);
        try {
          await loadMonth(month, true);
        } catch (error) {
          failed = inWords(error, 'Some calls could not be read');
        }
        telling.delete(month);
        changed();
      }
    },
    async load(filter, withWords) {
      const own = ++turn;
      if (failed !== undefined) {
        failed = undefined;
        changed();
      }
      for (const { month } of neededMonths(filter, site)) {
        if (isThere(month, withWords)) continue;
        try {
          await loadMonth(month, withWords);
        } catch (error) {
          if (own !== turn) return;
          failed = inWords(error, 'Some calls could not be read');
          return changed();
        }
        if (own !== turn) return;
        changed();
        await breath();
      }
    },
  };
}

/** Let what has come be painted, and keys be heard, before the next month is unpacked. */
const breath = (): Promise<void> => new Promise((done) => setTimeout(done));
