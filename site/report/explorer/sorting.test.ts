import { expect, it } from 'vitest';
import type { ListedCall } from './listed-calls.ts';
import { sortCalls } from './sorting.ts';

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
  const sorted = (down: boolean) => sortCalls(calls, { by: 'started', down }, 'en-GB').map(({ row }) => row.id);
  expect(sorted(false)).toEqual(['before', 'evening', 'day', 'noon', 'none']);
  expect(sorted(true)).toEqual(['noon', 'day', 'evening', 'before', 'none']);
});
