import pLimit from 'p-limit';
import type { IndexFiles } from '#shared/search/lexicon.ts';
import { answered } from '../data/answered.ts';
import { browserSession } from '../data/ask.ts';
import { cachedFetch, fetchOnce } from '../data/fetch-cache.ts';
import { fetchPage } from '../data/fetch-page.ts';
import { turnsOf } from './call-turns.ts';
import type { SpokenTurn } from './snippet.ts';

/** What a search reads of the site. */
export interface SearchFiles extends IndexFiles {
  /** What was said in a call. @param path of its page */
  turns(path: string): Promise<SpokenTurn[]>;
}

/** Files at once: the gate looks at the session for each of them. */
const AT_ONCE = 6;

/** The files of the index and the pages of calls, each fetched once. */
export function searchFiles(): SearchFiles {
  const atOnce = pLimit(AT_ONCE);
  const file = (path: string) => atOnce(() => answered(path, browserSession, 'The search'));
  return {
    json: cachedFetch(async (path) => (await file(path)).json()),
    bytes: fetchOnce(async (path) => new Uint8Array(await (await file(path)).arrayBuffer())),
    turns: fetchOnce(async (path) => turnsOf(await atOnce(() => fetchPage(path)))),
  };
}
