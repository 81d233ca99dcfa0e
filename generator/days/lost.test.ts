import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSpool } from '../lib/spool.ts';
import { openBlobs } from '../publish/blobs.ts';
import { compareIds } from '../source/call-order.ts';
import type { Etags } from '../source/listing.ts';
import { memoryStore } from '../store/memory.ts';
import { lostObjects } from './lost.ts';
import { emptyState, type State } from './state.ts';
import { openStateFiles } from './state-files.ts';
import { openRangeFiles, updateRanges } from './write-ranges.ts';

const ORG = 'org_1';
const etags = fc.record<Etags>(
  { calls: fc.constantFrom('1', '2'), qa: fc.constant('1'), row: fc.constantFrom('r', 's') },
  { requiredKeys: [] },
);
const calls = fc.dictionary(fc.constantFrom(...'abcdefghij'), etags, { maxKeys: 8 });

/** A state of these calls, in ranges of two or three. */
async function stateOf(
  store: ReturnType<typeof memoryStore>,
  generation: number,
  of: { [id: string]: Etags },
): Promise<State> {
  await using spool = await openSpool();
  const blobs = openBlobs(store, ORG, generation, async () => true);
  const files = openRangeFiles(openStateFiles(store, ORG, spool, blobs));
  const known = Object.entries(of).map(([id, own]) => ({ id, known: { etags: own, kind: 'call' as const } }));
  async function* blocks() {
    yield known.sort((a, b) => compareIds(a.id, b.id));
  }
  const ranges = await updateRanges(files, [], blocks(), (id) => 'cfi'.includes(id));
  return { ...emptyState('x'), ranges };
}

it('tells whether a call, or one of its objects, is there no more', async () => {
  await fc.assert(
    fc.asyncProperty(calls, calls, async (before, after) => {
      const store = memoryStore();
      const [old, now] = [await stateOf(store, 1, before), await stateOf(store, 2, after)];
      const isLost = Object.entries(before).some(([id, own]) =>
        Object.keys(own).some((part) => after[id]?.[part as keyof Etags] === undefined),
      );
      expect(await lostObjects(store, ORG, old, now)).toBe(isLost);
      expect(await lostObjects(store, ORG, old, old)).toBe(false);
    }),
  );
});

it('takes what it cannot read for lost, and reads nothing where the ranges are the same', async () => {
  const store = memoryStore();
  const old = await stateOf(store, 1, { a: { calls: '1' }, d: { calls: '1' } });
  const now = await stateOf(store, 2, { a: { calls: '2' }, d: { calls: '1' } });
  expect(await lostObjects(store, ORG, old, now)).toBe(false);
  await store.remove(`${ORG}/${old.ranges[0]?.blob}`);
  expect(await lostObjects(store, ORG, old, now)).toBe(true);
  expect(await lostObjects(store, ORG, old, old)).toBe(false);
});
