/** Queries over the published files of sites: what a look at every page finds, the index finds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsAt, openSearch } from '#shared/search/find-calls.ts';
import type { IndexFiles } from '#shared/search/lexicon.ts';
import { type Query, readQuery } from '#shared/search/query.ts';
import { isWithin } from '#shared/search/segment-days.ts';
import { isLong } from './fixtures/long.ts';
import { CONFIG } from './fixtures/objects.ts';
import { build, tenant } from './fixtures/world.ts';
import { decodeText } from './lib/bytes.ts';
import { readManifest, readPointer, readSiteFile } from './publish/read.ts';
import type { Store } from './store/store.ts';
import { hasWord, type IndexedCall, readIndex } from './testing/search-index.ts';
import { SAID, spokenCalls } from './testing/spoken.ts';

const ORG = 'org_1';

async function filesOf(reports: Store): Promise<IndexFiles> {
  const current = await readPointer(reports, ORG);
  if (!current) throw new Error('unpublished');
  const { files } = await readManifest(reports, ORG, current.pointer);
  const bytes = async (path: string) => {
    const file = await files.get(path);
    if (!file) throw new Error(`missing file: ${path}`);
    return readSiteFile(reports, ORG, file, path);
  };
  return { bytes, json: async <T>(path: string) => JSON.parse(decodeText(await bytes(path))) as T };
}

/** By a look at what each call has. @param stems of all words of the site */
function lookAt(calls: readonly IndexedCall[], stems: ReadonlyMap<string, string>, query: Query): string[] {
  return calls
    .filter(
      ({ day, terms }) =>
        isWithin(day, query) &&
        query.words.every((word) => hasWord(terms, stems, word)) &&
        !query.without.words.some((word) => hasWord(terms, stems, word)) &&
        query.filters.every((group) => group.some((term) => terms.has(term))),
    )
    .map(({ path }) => path);
}

describe.each(Object.entries(SAID))('queries in %s', (language, words) => {
  it.each([false, true])('find what every page has, masking: %s', async (masking) => {
    const world = await tenant(spokenCalls(words), { ...CONFIG, masking, ...(language !== 'th' && { language }) });
    await build({ ...world, maskingKey: 'k'.repeat(32) }, ORG);
    const { root, calls, stems } = await readIndex(world.reports, ORG);
    const files = await filesOf(world.reports);
    const word = fc.constantFrom(...words).chain((each) => fc.constantFrom(each, each.slice(0, 3), each.toUpperCase()));
    const part = fc
      .tuple(fc.constantFrom('', '', '-', '"'), word)
      .map(([mark, each]) => `${mark}${each}${mark === '"' ? '"' : ''}`);
    const filter = fc.constantFrom('!agent:ann@agents.example', '!qa:passed', '!qa:failed', '!transcript:absent');
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', ' '),
        fc.array(fc.array(filter, { minLength: 1, maxLength: 2 }), { maxLength: 1 }),
        fc.constantFrom(undefined, '2026-03-20'),
        async (parts, end, filters, from) => {
          const query = { ...readQuery(parts.join(' ') + end), filters, from };
          const { hits, meant } = await openSearch(query, root, files)(Number.POSITIVE_INFINITY);
          const found = (await callsAt(hits, root, files)).map(({ path }) => path);
          if (meant.size === 0) expect(found).toEqual(lookAt(calls, stems, query));
        },
      ),
      { numRuns: isLong ? 125 : 5 },
    );
  });
});
