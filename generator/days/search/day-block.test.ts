import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '#shared/model.ts';
import { entriesOf } from '#shared/search/block.ts';
import { mergedEntries } from '../../report/search/merged.ts';
import { placed, updateBlock } from './day-block.ts';
import { openStems } from './stems.ts';

const callOf = (id: string, hour: number): Call =>
  ({ id, day: '2026-03-30', started: `2026-03-30T${10 + hour}:00:00.000Z` }) as Call;

const stemOf = openStems('en');
const terms = fc.uniqueArray(
  fc.constantFrom('!agent:ann', 'a', 'call', 'called', 'calls', 'parcel', 'parcels', 'é', '😀', '東京', '__proto__'),
  { minLength: 1, maxLength: 8 },
);
/** What becomes of some of a day's calls in one run: others, or gone. */
const change = fc.array(
  fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), hour: fc.nat({ max: 3 }), terms: fc.option(terms) }),
  { minLength: 1, maxLength: 4 },
);

describe('the block of a day', () => {
  it('is what a day makes that was read at once, whatever came, changed, moved and went before', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (runs) => {
        let calls = new Map<string, Call>();
        const all = new Map<string, string[]>();
        let block: Uint8Array | undefined;
        for (const changes of runs) {
          const before = [...calls.values()];
          const fresh = new Map<string, string[]>();
          calls = new Map(calls);
          for (const { id, hour, terms: own } of changes) {
            fresh.delete(id);
            calls.delete(id);
            all.delete(id);
            if (!own) continue;
            calls.set(id, callOf(id, hour));
            for (const map of [fresh, all]) map.set(id, own);
          }
          block = updateBlock(block && { calls: before, block }, [...calls.values()], fresh, stemOf);
          expect(block).toEqual(updateBlock(undefined, [...calls.values()].reverse(), all, stemOf));
        }
        const order = placed([...calls.values()]);
        const found = order.map(() => new Set<string>());
        for (const { term, places } of block ? entriesOf(block) : [])
          for (const place of places ?? []) found[place]?.add(term);
        expect(found).toEqual(order.map(({ id }) => new Set(all.get(id))));
      }),
      { numRuns: 40 },
    );
  });

  it('makes one of several days without a look at their words', () => {
    fc.assert(
      fc.property(fc.array(fc.array(terms, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), (days) => {
        const made = days.map((lists) => {
          const calls = lists.map((_, i) => callOf(`c${i}`, 0));
          const own = new Map(lists.map((list, i) => [`c${i}`, list]));
          return { calls: calls.length, block: updateBlock(undefined, calls, own, stemOf) };
        });
        const found = days.flat().map(() => new Set<string>());
        const order: string[] = [];
        for (const { term, stem, places, count } of mergedEntries(made)) {
          order.push(term);
          expect(stem).toBe(term.startsWith('!') ? term : stemOf(term));
          expect([...new Set(places)].sort((a, b) => a - b)).toEqual(places);
          expect(places).toHaveLength(count);
          for (const place of places) found[place]?.add(term);
        }
        expect(found).toEqual(days.flat().map((list) => new Set(list)));
        expect(order).toEqual([...new Set(days.flat(2))].sort());
      }),
      { numRuns: 40 },
    );
  });
});

describe('stems', () => {
  it.each([
    ['en', ['cancel', 'cancelled', 'cancelling', 'cancellation'], 'cancel'],
    ['de', ['kundigung', 'kundigungen'], 'kundig'],
    ['fr', ['abonnement', 'abonnements'], 'abon'],
    ['ru', ['заказ', 'заказы', 'заказов'], 'заказ'],
  ])('of %s are the same in all forms', (language, words, stem) => {
    expect(words.map(openStems(language))).toEqual(words.map(() => stem));
  });

  it('are the words themselves where the language is not known, of numbers, and where a stem begins otherwise', () => {
    expect(['running', 'parcels'].map(openStems('ja'))).toEqual(['running', 'parcels']);
    expect(['4711s', 'dying', 'constructor'].map(openStems('en'))).toEqual(['4711s', 'dying', 'constructor']);
  });
});
