import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSpool } from '../lib/spool.ts';
import { openBlobs } from '../publish/blobs.ts';
import { compareIds } from '../source/call-order.ts';
import { memoryStore } from '../store/memory.ts';
import { collect } from '../store/ranges.ts';
import type { KnownCall } from './known-call.ts';
import { callsAmong, callsOf, countsOf, notesOf, rangeReader, type StateRange } from './ranges.ts';
import { openStateFiles } from './state-files.ts';
import { type CallUpdate, isCut, openRangeFiles, updateRanges } from './write-ranges.ts';

const ORG = 'org_1';
/** Cuts as they are in large, in small. */
const cut = (id: string, before: number) => {
  const first = (id.codePointAt(id.length - 1) ?? 0) + id.length;
  return first % 5 === 0 || (before >= 6 && first % 3 === 0);
};

const known = fc.record<KnownCall>(
  {
    etags: fc.record({ calls: fc.constantFrom('1', '2'), row: fc.constant('r') }, { requiredKeys: [] }),
    kind: fc.constantFrom('call', 'transcribed', 'nothing'),
    refused: fc.constant([{ key: 'k', code: 'empty' as const }]),
    remarks: fc.constant([]),
  },
  { requiredKeys: ['etags', 'kind'] },
);
/** Id → what it becomes; null: nothing is left of it. */
const change = fc.dictionary(
  fc.array(fc.constantFrom(...'abc-.💣é0123456789'), { minLength: 1, maxLength: 3 }).map((letters) => letters.join('')),
  fc.option(known),
  { maxKeys: 25 },
);

/** A store with the ranges of one run after the other. */
async function openHistory() {
  const store = memoryStore();
  const spool = await openSpool();
  let generation = 0;
  return {
    store,
    async update(old: readonly StateRange[], updates: readonly CallUpdate[]) {
      const blobs = openBlobs(store, ORG, ++generation, async () => true);
      const files = openRangeFiles(openStateFiles(store, ORG, spool, blobs));
      const sorted = updates.toSorted((a, b) => compareIds(a.id, b.id));
      async function* blocks() {
        for (let at = 0; at < sorted.length; at += 3) yield sorted.slice(at, at + 3);
      }
      const ranges = await updateRanges(files, old, blocks(), cut);
      expect(await collect(callsOf(files.read, ranges))).toEqual(
        await collect(callsOf(rangeReader(store, ORG), ranges)),
      );
      return { ranges, written: blobs.written };
    },
    [Symbol.asyncDispose]: () => spool[Symbol.asyncDispose](),
  };
}

const contentOf = (ranges: readonly StateRange[]) =>
  ranges.map(({ blob: _, notes, ...range }) => ({ ...range, notes: notes?.sha256 }));

it('holds the same ranges whatever happened before, and writes only those that changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
      await using history = await openHistory();
      const calls = new Map<string, KnownCall>();
      let ranges: StateRange[] = [];
      for (const each of changes) {
        const updates = Object.entries(each).map(([id, to]): CallUpdate => (to ? { id, known: to } : { id }));
        for (const { id, known: to } of updates) to ? calls.set(id, to) : calls.delete(id);
        const before = ranges;
        const { ranges: after, written } = await history.update(before, updates);
        ranges = after;
        const cold = await history.update(
          [],
          [...calls].map(([id, to]) => ({ id, known: to })),
        );
        expect(contentOf(ranges)).toEqual(contentOf(cold.ranges));
        for (const { blob, sha256 } of before)
          if (ranges.some((range) => range.sha256 === sha256)) {
            expect(ranges.map((range) => range.blob)).toContain(blob);
            expect([...written].map(([, hash]) => hash)).not.toContain(sha256);
          }
      }
      const all = (await collect(callsOf(rangeReader(history.store, ORG), ranges))).flat();
      const sorted = [...calls].sort(([a], [b]) => compareIds(a, b));
      expect(all.map(({ id, known: is }) => [id, is])).toEqual(JSON.parse(JSON.stringify(sorted)));
      const noted = (await collect(notesOf(rangeReader(history.store, ORG), ranges))).flat();
      expect(noted.map(({ id }) => id)).toEqual(
        sorted.filter(([, { refused, remarks }]) => refused || remarks).map(([id]) => id),
      );
      const some = new Set(sorted.filter((_, i) => i % 4 === 0).map(([id]) => id));
      const among = await collect(callsAmong(rangeReader(history.store, ORG), ranges, new Set([...some, 'zz'])));
      expect(among.map(({ id }) => id)).toEqual([...some]);
      const { entries, kinds, rows, objects, refused } = countsOf(ranges);
      const is = [...calls.values()];
      expect({ entries, call: kinds.call ?? 0, rows, objects, refused }).toEqual({
        entries: is.length,
        call: is.filter(({ kind }) => kind === 'call').length,
        rows: is.filter(({ kind, etags }) => kind === 'call' && etags.row !== undefined).length,
        objects: is.filter(({ etags }) => etags.row === undefined).length,
        refused: is.filter((each) => each.refused).length,
      });
    }),
    { numRuns: 60 },
  );
});

it('cuts calls into ranges of some hundred to some thousand', () => {
  const sizes: number[] = [];
  let size = 0;
  for (let i = 0; i < 60_000; i++) {
    if (size > 0 && isCut(`call-${i}`, size)) {
      sizes.push(size);
      size = 0;
    }
    size++;
  }
  expect(sizes.length).toBeGreaterThan(40);
  expect(sizes.length).toBeLessThan(90);
  expect(Math.max(...sizes)).toBeLessThan(5000);
});

it('tells a range that is damaged', async () => {
  await using history = await openHistory();
  const { ranges } = await history.update([], [{ id: 'a', known: { etags: {}, kind: 'nothing' } }]);
  const [range] = ranges as [StateRange];
  await history.store.put(`${ORG}/${range.blob}`, 'x');
  await expect(collect(callsOf(rangeReader(history.store, ORG), ranges))).rejects.toThrow(
    `damaged state: ${ORG}/${range.blob}`,
  );
});
