import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsAt, ENOUGH, openSearch } from './find-calls.ts';
import { type Query, readQuery } from './query.ts';
import { filterTerm } from './terms.ts';
import { bruteForce, type TinyCall, tinyIndex } from './testing/tiny-index.ts';

const query = (text: string, change: Partial<Query> = {}): Query => ({ ...readQuery(text), filters: [], ...change });
const ALL = Number.POSITIVE_INFINITY;

async function idsOf(segments: readonly (readonly TinyCall[])[], asked: Query, limits = {}) {
  const index = tinyIndex(segments, limits);
  const found = await openSearch(asked, index.root, index)(ALL);
  return { ...found, ids: (await callsAt(found.hits, index.root, index)).map(({ id }) => id), asked: index.asked };
}

const CALLS: TinyCall[] = [
  { id: 'c5', day: '2026-03-05', said: 'I want a refund', filters: [filterTerm('agent', 'ann')] },
  {
    id: 'c4',
    day: '2026-03-04',
    said: 'You refunded me, and the parcel is late',
    filters: [filterTerm('agent', 'bob')],
  },
  { id: 'c3', day: '2026-03-04', said: 'The café is late' },
  { id: 'c2', day: '2026-03-02', said: 'refunds by cheque', filters: [filterTerm('agent', 'ann')] },
  { id: 'c1', day: null, said: 'a refund of no day' },
];

describe('a search', () => {
  it.each([
    ['refund ', ['c5', 'c4', 'c2', 'c1']],
    ['"refund"', ['c5', 'c1']],
    ['ref', ['c5', 'c4', 'c2', 'c1']],
    ['r', []],
    ['late parcel', ['c4']],
    ['CAFE ', ['c3']],
    ['refund -cheque', ['c5', 'c4', 'c1']],
    ['-refund', ['c3']],
    ['"parcel is"', ['c4']],
    ['nobody', []],
  ])('for %j', async (text, ids) => expect((await idsOf([CALLS], query(text))).ids).toEqual(ids));

  it('is narrowed by filters and days', async () => {
    const [ann, bob] = ['ann', 'bob'].map((id) => filterTerm('agent', id)) as [string, string];
    expect((await idsOf([CALLS], query('refund ', { filters: [[ann]] }))).ids).toEqual(['c5', 'c2']);
    expect((await idsOf([CALLS], query('refund ', { filters: [[ann, bob]] }))).ids).toEqual(['c5', 'c4', 'c2']);
    expect((await idsOf([CALLS], query('refund ', { filters: [[ann], ['!qa:failed']] }))).ids).toEqual([]);
    const days = query('refund ', { from: '2026-03-02', to: '2026-03-04' });
    expect((await idsOf([CALLS], days)).ids).toEqual(['c4', 'c2']);
    expect((await idsOf([CALLS], query('refund ', { from: '2026-04-01' }))).asked).toEqual([]);
  });

  it('says what it looked for instead where no call has a word', async () => {
    const { ids, meant } = await idsOf([CALLS], query('parcle '));
    expect([ids, [...meant]]).toEqual([['c4'], [['parcle', 'parcel']]]);
    expect((await idsOf([CALLS], query('"parcle"'))).ids).toEqual([]);
    expect((await idsOf([CALLS], query('lat x'))).meant.size).toBe(0);
    // A word that others do not stand beside stays as it is.
    expect((await idsOf([CALLS], query('parcle cafe '))).ids).toEqual([]);
  });

  it('has the terms that were found, for whoever marks them', async () => {
    const { terms } = await idsOf([CALLS], query('refunds par'));
    expect(terms.map((each) => [...each].sort())).toEqual([['refund', 'refunded', 'refunds'], ['parcel']]);
  });
});

describe('older calls', () => {
  const many = (from: number, count: number, said = 'late'): TinyCall[] =>
    Array.from({ length: count }, (_, i) => ({
      id: `c${from - i}`,
      day: `2026-03-${String(31 - Math.floor(i / 2)).padStart(2, '0')}`,
      said,
    }));

  it('are looked at only once somebody asks, and the days say how far it has looked', async () => {
    const index = tinyIndex([many(200, 30), many(150, 30), many(90, 2, 'nothing')], { list: 99 });
    const search = openSearch(query('late '), index.root, index);
    const first = await search();
    expect(first).toMatchObject({ isAll: false, since: '2026-03-17' });
    expect(first.hits).toHaveLength(30);
    expect(index.asked.some((path) => path.startsWith('/search/s1/'))).toBe(false);
    const second = await search();
    expect(second.hits).toHaveLength(60);
    expect(second.isAll).toBe(false);
    expect(await search()).toMatchObject({ isAll: true, since: '2026-03-31' });
  });

  it('of a long list are read piece by piece', async () => {
    const index = tinyIndex([many(3000, 2500)], { list: 1 });
    const search = openSearch(query('late '), index.root, index);
    const first = await search();
    expect([first.isAll, first.hits.length]).toEqual([false, 2048]);
    expect(index.asked).toEqual(['/search/s0/0', '/search/s0/p0']);
    expect((await search(3000)).hits).toHaveLength(2500);
  });

  it('is all there is where there is nothing', async () => {
    const index = tinyIndex([]);
    expect(await openSearch(query('late '), index.root, index)()).toMatchObject({ hits: [], isAll: true });
    expect(ENOUGH).toBeGreaterThan(0);
  });
});

it('finds what a look at every call finds, in the same order', async () => {
  const words = [
    'late',
    'lates',
    'lated',
    'last',
    'refund',
    'refunds',
    'refunding',
    'café',
    'a',
    '返金',
    '12',
    '__proto__',
    '\ud800x',
  ];
  const word = fc.constantFrom(...words);
  const filter = fc.constantFrom('!agent:ann', '!agent:', '!qa:failed');
  const calls = fc.array(fc.record({ said: fc.array(word, { maxLength: 5 }), filters: fc.uniqueArray(filter) }), {
    maxLength: 24,
  });
  const texts = fc.array(fc.tuple(fc.constantFrom('', '', '-', '"'), word), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      calls,
      texts,
      fc.constantFrom('', ' '),
      fc.array(fc.array(filter, { minLength: 1, maxLength: 2 }), { maxLength: 1 }),
      fc.constantFrom(undefined, '2026-03-04'),
      fc.integer({ min: 1, max: 9 }),
      async (made, parts, end, filters, from, limit) => {
        const all = made.map(({ said, filters: own }, i): TinyCall => {
          const day = i > 20 ? null : `2026-03-${String(20 - Math.floor(i / 3)).padStart(2, '0')}`;
          return { id: `c${i}`, day, said: said.join(' '), filters: own };
        });
        const text = parts.map(([mark, each]) => `${mark}${each}${mark === '"' ? '"' : ''}`).join(' ') + end;
        const asked = query(text, { filters, from });
        // In one segment: what other forms a word has is known where the word itself was said.
        const { ids, meant } = await idsOf([all], asked, { terms: limit, list: limit });
        if (meant.size === 0) expect(ids).toEqual(bruteForce(all, asked).map(({ id }) => id));
      },
    ),
    { numRuns: 40 },
  );
});
