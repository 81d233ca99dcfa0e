import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../calendar/days.ts';
import { busiestDays, repeatCallers } from './repeat-callers.ts';

type Days = { [day: string]: { [party: string]: number } };
const on = (days: Days) => (day: string) => days[day];

describe('repeat callers', () => {
  it('have three calls or more in the seven days that end with the last', () => {
    const days: Days = {
      '2026-03-02': { early: 3, ends: 1 },
      '2026-03-03': { first: 1, twice: 2 },
      '2026-03-09': { first: 2, ends: 2, busy: 4 },
      '2026-03-10': { later: 3 },
    };
    expect(repeatCallers(on(days), '2026-03-09')).toEqual({
      from: '2026-03-03',
      to: '2026-03-09',
      total: 2,
      callers: [
        { party: 'busy', calls: 4, days: 1, last: '2026-03-09' },
        { party: 'first', calls: 3, days: 2, last: '2026-03-09' },
      ],
    });
  });

  it('are none where nobody called so often, and not spoken of where nobody is known', () => {
    expect(repeatCallers(on({ '2026-03-09': { a: 2 } }), '2026-03-09')).toMatchObject({ total: 0, callers: [] });
    expect(repeatCallers(on({ '2026-03-09': {} }), '2026-03-09')).toBeUndefined();
  });
});

describe('the busiest seven days of a party around a day', () => {
  it('hold the day and as many of its calls as any seven days do', () => {
    const month = daysBetween('2026-03-01', '2026-03-31');
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 31, maxLength: 31 }),
        fc.integer({ min: 8, max: 22 }),
        (calls, at) => {
          const days = Object.fromEntries(
            month.map((day, i) => [day, { constructor: calls[i] ?? 0, once: i === at ? 1 : 0 }]),
          );
          const day = month[at] as string;
          const within = (from: string) =>
            month.reduce((sum, each, i) => sum + (each >= from && each <= addDays(from, 6) ? (calls[i] ?? 0) : 0), 0);
          const most = Math.max(...daysBetween(addDays(day, -6), day).map(within));
          const found = busiestDays(on(days), day);
          expect(Object.keys(found)).toEqual(most > 1 ? ['constructor'] : []);
          if (most <= 1) return;
          const [n, from, to] = Object.values(found)[0] as [number, string, string];
          expect([n, within(from)]).toEqual([most, most]);
          expect([from <= day, to >= day, to]).toEqual([true, true, addDays(from, 6)]);
        },
      ),
    );
  });
});
