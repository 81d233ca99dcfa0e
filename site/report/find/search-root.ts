import { openSearch } from '#shared/search/find-calls.ts';
import { ROOT_PATH, type SearchRoot } from '#shared/search/root.ts';
import { filterTerm } from '#shared/search/terms.ts';
import type { SearchFiles } from './fetch-index.ts';

/** What there is to search. @throws where it cannot be had; what it says can be shown */
export const rootOf = (files: SearchFiles): Promise<SearchRoot> => files.json<SearchRoot>(ROOT_PATH);

/** Whether any call has a transcript: where none has, no word finds one. */
export async function hasTranscripts(root: SearchRoot, files: SearchFiles): Promise<boolean> {
  const words = { words: [], phrases: [], without: { words: [], phrases: [] } };
  const { hits } = await openSearch({ ...words, filters: [[filterTerm('transcript', 'present')]] }, root, files)(1);
  return hits.length > 0;
}
