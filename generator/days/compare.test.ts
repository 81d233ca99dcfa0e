import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSpool } from '../lib/spool.ts';
import { compareIds } from '../source/call-order.ts';
import type { Etags } from '../source/listing.ts';
import { listCalls } from '../source/listing.ts';
import { memoryStore } from '../store/memory.ts';
import { collect } from '../store/ranges.ts';
import { compareCalls } from './compare.ts';
import type { KnownCall } from './known-call.ts';

const KEYS = {
  enriched: (id: string) => `enriched/${id}.json`,
  metadata: (id: string) => `final/v1.0/${id}.json`,
  calls: (id: string) => `final/v2.0-flat/calls/${id}.jsonl`,
  qa: (id: string) => `final/v2.0-flat/qa/${id}.jsonl`,
};
type ListedPart = keyof typeof KEYS;
const part = fc.constantFrom<ListedPart>('enriched', 'metadata', 'calls', 'qa');
const id = fc.constantFrom('a', 'a-1', 'a.json', 'a.jsonl', 'a.json.b', 'b', '💣', 'ﬀ', 'é', '10', '9');
const etag = fc.constantFrom('m1', 'm2', 'm3');

it('finds what a comparison of all objects at once finds, in the order of calls', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(part, id), { selector: ([of, each]) => `${of} ${each}`, maxLength: 25 }),
      fc.dictionary(id, fc.constantFrom('r1', 'r2'), { maxKeys: 4 }),
      fc.dictionary(
        id,
        fc.record(
          { calls: etag, qa: etag, enriched: etag, metadata: etag, row: fc.constantFrom('r1', 'r2') },
          { requiredKeys: [] },
        ),
        { maxKeys: 8 },
      ),
      async (objects, rows, remembered) => {
        const results = memoryStore(() => 7);
        const there = new Map<string, Etags>();
        for (const [of, each] of objects) {
          const tag = await results.put(`org_1/${KEYS[of](each)}`, 'x');
          there.set(each, { ...there.get(each), [of]: tag });
        }
        for (const [each, tag] of Object.entries(rows))
          if (there.get(each)?.calls === undefined) there.set(each, { ...there.get(each), row: tag });
        const known = Object.entries(remembered)
          .map(([each, etags]) => ({ id: each, known: { etags, kind: 'call', modified: 3 } satisfies KnownCall }))
          .sort((a, b) => compareIds(a.id, b.id));

        await using spool = await openSpool();
        const listing = await listCalls(results, 'org_1', true, spool);
        const placed = Object.entries(rows)
          .map(([each, tag]) => ({ id: each, etag: tag }))
          .sort((a, b) => compareIds(a.id, b.id));
        const { calls, toRead } = await compareCalls({ listing, rows: placed, known: [known] }, spool);
        const found = await collect(calls);

        const isSame = (each: string) =>
          ['calls', 'qa', 'enriched', 'metadata', 'row'].every(
            (of) => there.get(each)?.[of as ListedPart] === remembered[each]?.[of as ListedPart],
          );
        const wanted = [...new Set([...there.keys(), ...Object.keys(remembered)])]
          .filter((each) => !isSame(each) || !there.has(each) || !Object.hasOwn(remembered, each))
          .sort(compareIds);
        expect(found.map((each) => each.id)).toEqual(wanted);
        expect(toRead).toBe(wanted.filter((each) => there.has(each)).length);
        for (const { id: each, objects: own, before } of found) {
          const tags = own && Object.fromEntries(Object.entries(own).map(([of, { etag: tag }]) => [of, tag]));
          expect(tags).toEqual(there.get(each));
          expect(before?.etags).toEqual(remembered[each]);
          if (own?.calls) expect(own.calls.modified).toBe(before?.etags.calls === own.calls.etag ? 3 : 7);
        }
      },
    ),
  );
});

it('chooses other calls where it is asked to', async () => {
  const results = memoryStore();
  for (const each of ['a', 'b', 'c']) await results.put(`org_1/${KEYS.calls(each)}`, 'x');
  await using spool = await openSpool();
  const listing = await listCalls(results, 'org_1', false, spool);
  const { calls } = await compareCalls({ listing, rows: [], known: [] }, spool, (each) => each === 'b');
  expect((await collect(calls)).map((each) => each.id)).toEqual(['b']);
});
