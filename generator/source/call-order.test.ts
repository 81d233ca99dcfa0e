import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collect } from '../store/ranges.ts';
import { compareIds, inCallOrder } from './call-order.ts';

/** Ids of pieces that keys are put in order by in odd ways: below and above ".", the endings themselves, and beyond the first plane. */
const ids = fc.uniqueArray(
  fc
    .array(fc.constantFrom('a', 'b', '-', '.', '!', 'json', 'l', '.json', '.jsonl', 'ﬀ', '💣', 'é'), {
      minLength: 1,
      maxLength: 5,
    })
    .map((pieces) => pieces.join('')),
  { maxLength: 40 },
);
const byKey = (ending: string) => (a: string, b: string) =>
  Buffer.compare(Buffer.from(a + ending), Buffer.from(b + ending));

it('is the order in which a store lists the keys of calls/ and qa/', () => {
  expect(['a', 'a-1', 'a.json', 'b'].toSorted(compareIds)).toEqual(['a-1', 'a.json', 'a', 'b']);
  fc.assert(
    fc.property(ids, (all) => {
      expect(all.toSorted(compareIds)).toEqual(all.toSorted(byKey('.jsonl')));
    }),
  );
});

it('is made of the order in which a store lists keys that end in .json', async () => {
  await fc.assert(
    fc.asyncProperty(ids, fc.integer({ min: 1, max: 5 }), async (all, size) => {
      const listed = all.toSorted(byKey('.json'));
      async function* blocks() {
        for (let at = 0; at < listed.length; at += size) yield listed.slice(at, at + size);
      }
      const sorted = (await collect(inCallOrder(blocks(), (id) => id))).flat();
      expect(sorted).toEqual(all.toSorted(compareIds));
    }),
  );
});
