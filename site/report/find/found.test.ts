import { describe, expect, it } from 'vitest';
import { readQuery } from '#shared/search/query.ts';
import { type TinyCall, tinyIndex } from '#shared/search/testing/tiny-index.ts';
import { type Found, findIn } from './found.ts';
import type { Said } from './search-request.ts';
import { wordsIn } from './words-in.ts';

const call = (n: number, said: string): TinyCall => ({ id: `c${n}`, day: '2026-03-05', said });

/** A search of calls in which the customer says all; what is told of it, and which pages are read. */
function openFound(calls: readonly TinyCall[], text: string, by?: Said, broken: readonly string[] = []) {
  const index = tinyIndex([calls], { list: 99 });
  const read: string[] = [];
  const told: Found[] = [];
  const files = {
    ...index,
    async turns(path: string) {
      read.push(path);
      if (broken.includes(path)) throw new Error('gone');
      const { said = '' } = calls.find(({ id }) => path === `/calls/${id}/`) ?? {};
      return [
        { id: 't-1', who: said.startsWith('voice') ? 'First voice' : 'Customer', text: said, words: wordsIn(said) },
      ];
    },
  };
  const query = { ...readQuery(text), filters: [] };
  const search = findIn({ query, by }, index.root, files, (found) => told.push(found));
  return { search, read, told, last: () => told.at(-1) as Found };
}

const many = (count: number, said: (n: number) => string) => Array.from({ length: count }, (_, n) => call(n, said(n)));

describe('what a search finds', () => {
  it('is all counted, and some of it shown and read', async () => {
    const { search, read, told, last } = openFound(
      many(25, () => 'my refund is late'),
      'refund ',
    );
    await search.more();
    expect(last()).toMatchObject({ count: 25, atLeast: false, waiting: 15, isBusy: false });
    expect(read).toHaveLength(10);
    expect(last().hits.every(({ snippet }) => snippet?.pieces[1]?.text === 'refund')).toBe(true);
    // The list stands before any page has been read.
    expect(told.find(({ hits }) => hits.length === 10)?.hits[0]?.snippet).toBeUndefined();
    await search.more();
    await search.more();
    expect(last()).toMatchObject({ waiting: 0, isAll: true });
    expect(last().hits.map(({ call: { id } }) => id)).toEqual(many(25, String).map(({ id }) => id));
    expect(await search.all()).toHaveLength(25);
  });

  it('is at least as many as were read where a phrase decides', async () => {
    const said = (n: number) => (n % 2 === 0 ? 'next week' : 'week after next');
    const { search, last } = openFound(many(30, said), '"next week"');
    await search.more();
    expect(last()).toMatchObject({ count: 10, atLeast: true });
    await search.more();
    expect(last()).toMatchObject({ count: 15, atLeast: false, waiting: 0 });
    expect(last().hits.every(({ snippet }) => snippet?.pieces[0]?.text === 'next week')).toBe(true);
    expect((await search.all()).map(({ path }) => path)).toContain('/calls/c28/');
  });

  it('does not read all calls at once for a phrase that hardly any has', async () => {
    const { search, read, last } = openFound(
      many(90, () => 'week after next'),
      '"next week"',
    );
    await search.more();
    expect([read.length, last().count, last().atLeast, last().taken]).toEqual([60, 0, true, 60]);
    await search.more();
    expect([read.length, last().count, last().atLeast]).toEqual([90, 0, false]);
  });

  it('tells of calls of which nobody knows who said what', async () => {
    const { search, last } = openFound([call(1, 'voice of a refund'), call(2, 'a refund')], 'refund ', 'customer');
    await search.more();
    expect(last()).toMatchObject({ count: 1, unknown: 1 });
  });

  it('says of a call that it could not be read, and shows it', async () => {
    const { search, last } = openFound([call(1, 'a refund')], 'refund ', undefined, ['/calls/c1/']);
    await search.more();
    expect(last().hits[0]?.unread).toMatch(/^This call could not be read: gone\./);
  });
});
