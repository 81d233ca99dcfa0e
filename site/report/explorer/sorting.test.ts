import { expect, it } from 'vitest';
import type { CallRow } from '#shared/columns/calls.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import type { ListedCall } from './listed-calls.ts';
import { sortCalls, WORST_FIRST } from './sorting.ts';

const SITE = { site: { locale: 'en-GB', passMark: 70 }, critical: ['verifies'], rules: {} } as unknown as SiteData;

it('sorts by day and then by instant: a call without an hour is the first of its day, one without a start is last', () => {
  // Chicago's 7 March still runs when UTC has 8 March.
  const rows: [id: string, day: string | null, started?: string][] = [
    ['none', null],
    ['evening', '2026-03-07', '2026-03-08T03:00:00.000Z'],
    ['day', '2026-03-08'],
    ['noon', '2026-03-08', '2026-03-08T18:00:00.000Z'],
    ['before', '2026-03-07'],
  ];
  const calls = rows.map(([id, day, started]) => ({ row: { id, day, started } }) as ListedCall);
  const sorted = (down: boolean) => sortCalls(calls, { by: 'started', down }, SITE).map(({ row }) => row.id);
  expect(sorted(false)).toEqual(['before', 'evening', 'day', 'noon', 'none']);
  expect(sorted(true)).toEqual(['noon', 'day', 'evening', 'before', 'none']);
});

it('sorts by what needs attention as the overview ranks it, and puts what needs none last', () => {
  const rows: Partial<CallRow>[] = [
    { id: 'fine', rules: {} },
    { id: 'negative', sentiment: -0.6, rules: {} },
    { id: 'failed', score: 60, passed: false, rules: {} },
    { id: 'worse', score: 20, passed: false, rules: {} },
    { id: 'critical', score: 90, passed: true, rules: { verifies: false } },
  ];
  const calls = rows.map((row) => ({ row: { qa: 'evaluated', day: null, path: `/${row.id}/`, ...row } }) as ListedCall);
  const ids = (down: boolean) => sortCalls(calls, { ...WORST_FIRST, down }, SITE).map(({ row }) => row.id);
  expect(ids(true)).toEqual(['critical', 'worse', 'failed', 'negative', 'fine']);
  expect(ids(false)).toEqual(['negative', 'failed', 'worse', 'critical', 'fine']);
});
