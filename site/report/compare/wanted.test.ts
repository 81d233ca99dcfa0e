/** What an address asks to compare, and what of it cannot be shown: that is always told. */
import { describe, expect, it } from 'vitest';
import type { Calendar } from '#shared/calendar/range.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { compareHref } from './address.ts';
import { isComparable, readWanted } from './wanted.ts';

const agents = Object.fromEntries(
  ['ann', 'bob', 'cid', 'dee', 'eve', '"><b>&'].map((id) => [
    id,
    { id, name: `${id} of South`, href: `/agents/${id}/` },
  ]),
);
const site = { agents, site: { locale: 'en-GB' } } as unknown as SiteData;
const calendar: Calendar = {
  days: [
    ['2026-01-01', 3],
    ['2026-03-28', 4],
  ],
  window: { from: '2026-03-01', to: '2026-03-28' },
};
const read = (search: string) => readWanted(search, site, calendar);

describe('the address of a comparison', () => {
  it.each([
    { agents: ['ann', '"><b>&'], period: { from: '2026-03-02', to: '2026-03-08' } },
    { agents: ['dee', 'ann', 'bob', 'cid'], period: calendar.window },
    { agents: ['ann'], period: calendar.window, against: { from: '2026-02-01', to: '2026-02-28' } },
  ])('says all of $agents', (of) => {
    const wanted = read(compareHref(of).replace(/^.*\?/, '?'));
    expect(wanted).toEqual({ ...of, notes: [] });
    expect(isComparable(wanted)).toBe(true);
  });

  it('has the period of the site where it names none, and that of the data where one end is missing', () => {
    expect(read('?agent=ann&agent=bob').period).toEqual({ from: '2026-03-01', to: '2026-03-28' });
    expect(read('?agent=ann&from=2026-03-20').period).toEqual({ from: '2026-03-20', to: '2026-03-28' });
  });

  it.each([
    ['', [], []],
    ['?agent=ann', ['ann'], []],
    ['?agent=nobody&agent=__proto__', [], ['No agent is called “nobody” or “__proto__”.']],
    ['?agent=ann&agent=', ['ann'], ['No agent is called “”.']],
    ['?agent=ann&agent=ann', ['ann'], ['ann of South is named twice: shown once.']],
  ])('is nothing to compare, in words: %s', (search, found, notes) => {
    const wanted = read(search);
    expect([wanted.agents, wanted.notes]).toEqual([found, notes]);
    expect(isComparable(wanted)).toBe(false);
  });

  it.each([
    [
      '?agent=ann&agent=bob&agent=cid&agent=dee&agent=eve',
      'At most 4 agents can be compared: eve of South is left out.',
    ],
    ['?agent=ann&agent=bob&against=2026-02-01..2026-02-28', 'A second period is shown for one agent alone'],
    ['?agent=ann&against=2026-02-30..tomorrow', 'The second period in this address has no days with calls'],
    ['?agent=ann&against=2026-03-01..2026-03-28', 'Both periods in this address are the same'],
    ['?agent=ann&agent=bob&from=1999-01-01&to=1999-01-31', 'There are no calls on the days in this address.'],
  ])('tells what is left out: %s', (search, note) => {
    const { notes, period, against } = read(search);
    expect(notes).toEqual([expect.stringContaining(note)]);
    expect([period, against]).toEqual([calendar.window, undefined]);
  });
});
