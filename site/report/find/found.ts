import type { FoundCall } from '#shared/search/calls.ts';
import { callsAt, ENOUGH, type Hit, openSearch, type Search } from '#shared/search/find-calls.ts';
import type { Query } from '#shared/search/query.ts';
import type { SearchRoot } from '#shared/search/root.ts';
import { inWords } from '../browser/reader-error.ts';
import type { SearchFiles } from './fetch-index.ts';
import type { Said } from './search-request.ts';
import { judge, type Snippet, type Wanted } from './snippet.ts';

/** A call that was found. */
export interface FoundHit {
  call: FoundCall & Pick<Hit, 'day'>;
  /** What of it is shown; absent while its page is read, and where no turn has the words. */
  snippet?: Snippet | undefined;
  /** Why its page could not be read, in words. */
  unread?: string;
}

/** What has been found so far. */
export interface Found {
  /** Those that are shown, newest first. */
  hits: FoundHit[];
  /** How many calls there are, as far as was looked. */
  count: number;
  /** Whether there may be more of them than that: not every call that has the words has been read. */
  atLeast: boolean;
  /** Calls that were looked at: what they hold decided, or they are shown. */
  taken: number;
  /** Calls that were found, or may be, and are not shown yet. */
  waiting: number;
  since?: string | null | undefined;
  /** Whether the index has been looked through to its end. */
  isAll: boolean;
  meant: ReadonlyMap<string, string>;
  /** No call has a transcript at all. */
  isSilent?: true;
  /** Calls of which nobody can say who said what. */
  unknown: number;
  isBusy: boolean;
  failed?: string | undefined;
}

/** Before anything has been found. */
export const NOTHING_YET: Found = {
  hits: [],
  count: 0,
  atLeast: false,
  taken: 0,
  waiting: 0,
  isAll: false,
  meant: new Map(),
  unknown: 0,
  isBusy: true,
};

/** Calls that are shown at once, and then each time that more are asked for. */
const SHOWN = 10;
/** Pages that are read for them at most, where what they hold decides. */
const READ = 60;

/** A search that shows what it finds bit by bit. */
export interface FoundCalls {
  /** Show some more calls; where none are left, look at older ones. */
  more(): Promise<void>;
  /** Paths of all calls that were found so far, and their days. */
  all(): Promise<{ path: string; day: string | null }[]>;
}

/** @param tell told what there is, whenever that is something else */
export function findIn(
  { query, by }: { query: Query; by?: Said | undefined },
  root: SearchRoot,
  files: SearchFiles,
  tell: (found: Found) => void,
): FoundCalls {
  const search = openSearch(query, root, files);
  const isJudged = by !== undefined || query.phrases.length > 0 || query.without.phrases.length > 0;
  let looked: Search = { hits: [], isAll: false, meant: new Map(), terms: [] };
  let taken = 0;
  let found = NOTHING_YET;

  function say(change: Partial<Found>): void {
    const waiting = looked.hits.length - taken;
    const { since, isAll, meant } = looked;
    found = { ...found, since, isAll, meant, taken, waiting, ...change };
    const count = isJudged ? found.hits.length : looked.hits.length;
    found = { ...found, count, atLeast: isJudged && waiting > 0 };
    tell(found);
  }

  async function more(): Promise<void> {
    say({ isBusy: true, failed: undefined });
    try {
      if (taken === looked.hits.length && !looked.isAll) looked = await search(ENOUGH);
      await (isJudged ? showJudged() : show());
      say({ isBusy: false });
    } catch (error) {
      say({ isBusy: false, failed: inWords(error, 'The search failed') });
    }
  }

  /** The index alone decides: the calls stand at once, and what was said comes in. */
  async function show(): Promise<void> {
    const calls = await callsAt(looked.hits.slice(taken, taken + SHOWN), root, files);
    taken += calls.length;
    const first = found.hits.length;
    say({ hits: [...found.hits, ...calls.map((call) => ({ call }))] });
    await Promise.all(
      calls.map(async (call, i) => {
        const hit = await read(call);
        say({ hits: found.hits.with(first + i, { call, ...hit }) });
      }),
    );
  }

  /** What was said decides: calls are read until enough of them stand. */
  async function showJudged(): Promise<void> {
    const enough = found.hits.length + SHOWN;
    for (let pages = 0; pages < READ && found.hits.length < enough; ) {
      if (taken === looked.hits.length) {
        if (looked.isAll) return;
        looked = await search(ENOUGH);
        continue;
      }
      const calls = await callsAt(looked.hits.slice(taken, taken + enough - found.hits.length), root, files);
      const judged = await Promise.all(calls.map(async (call) => ({ call, ...(await read(call)) })));
      taken += calls.length;
      pages += calls.length;
      const fits = judged.filter(({ fits }) => fits);
      say({
        hits: [...found.hits, ...fits],
        unknown: found.unknown + judged.filter(({ unknown }) => unknown).length,
      });
    }
  }

  async function read({
    path,
  }: FoundCall): Promise<Pick<FoundHit, 'snippet' | 'unread'> & { fits: boolean; unknown?: true }> {
    try {
      return judge(await files.turns(path), wantedOf(query, looked.terms, by));
    } catch (error) {
      // What was said in it is not known: it is shown, and says so.
      return { fits: true, unread: inWords(error, 'This call could not be read') };
    }
  }

  return {
    more,
    all: async () =>
      isJudged
        ? found.hits.map(({ call: { path, day } }) => ({ path, day }))
        : (await callsAt(looked.hits, root, files)).map(({ path, day }) => ({ path, day })),
  };
}

function wantedOf({ words, phrases, without }: Query, terms: Search['terms'], by: Said | undefined): Wanted {
  const own = words.flatMap(({ as }, i) => (as === 'part' ? [] : [terms[i] ?? new Set<string>()]));
  return { words: own.map((known) => (term) => known.has(term)), phrases, without: without.phrases, by };
}
