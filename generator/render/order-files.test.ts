import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, daysBetween } from '#shared/calendar/days.ts';
import { countParties, cubeOf } from '#shared/counts/cube.ts';
import type { Call } from '#shared/model.ts';
import { emptyState, type State } from '../days/state.ts';
import { sha256, stableJson } from '../lib/bytes.ts';
import { orderFiles } from './order-files.ts';

const FIRST = '2026-02-20';
const DAYS = daysBetween(FIRST, addDays(FIRST, 19));

const calls = fc.array(
  fc.record({
    day: fc.constantFrom(...DAYS),
    hour: fc.integer({ min: 10, max: 23 }),
    agent: fc.constantFrom('ann', 'ben', '__proto__', null),
    from: fc.constantFrom('+441632960001', '+441632960002', '+441632960003'),
  }),
  { maxLength: 25 },
);
type Drawn = typeof calls extends fc.Arbitrary<(infer Each)[]> ? Each : never;

const callOf = ({ day, hour, agent, from }: Drawn, i: number): Call => ({
  id: `c${i}`,
  day,
  started: `${day}T${hour}:00:00Z`,
  agent,
  from,
  direction: 'inbound',
  qa: 'not evaluated',
  rules: [],
  insights: [],
  metadata: [],
  transcript: 'absent',
});

/** Each file with its content, of a site of some calls. */
async function filesOf(drawn: readonly Drawn[]): Promise<Map<string, { input: string; value: string }>> {
  const byDay = Map.groupBy(drawn.map(callOf), ({ day }) => day as string);
  const days = new Map(
    [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, own]) => [day, cubeOf(own, new Set(), 'UTC')]),
  );
  const hash = (day: string) => sha256(stableJson(byDay.get(day)));
  const state: State = {
    ...emptyState('same code'),
    days: Object.fromEntries([...days.keys()].map((day) => [day, { blob: day, sha256: hash(day) }])),
  };
  const files = new Map<string, { input: string; value: string }>();
  const readDay = async (day: string) => byDay.get(day) ?? [];
  for (const { path, input, value } of orderFiles(state, days, readDay, async (day) =>
    countParties(await readDay(day)),
  ))
    files.set(path, { input, value: stableJson(await value()) });
  return files;
}

it('makes a file again wherever its content is another, after whatever has come and gone', async () => {
  await fc.assert(
    fc.asyncProperty(calls, calls, fc.nat(), async (before, come, gone) => {
      const after = [...before.slice(gone % (before.length + 1)), ...come];
      const [old, now] = [await filesOf(before), await filesOf(after)];
      for (const [path, { input, value }] of now)
        if (old.get(path)?.input === input) expect(old.get(path)?.value).toBe(value);
    }),
    { numRuns: Number(process.env.CCI_RUNS ?? 200) },
  );
});

it('leaves files of days alone that are a week or more from what has changed', async () => {
  const on = (at: number): Drawn => ({ day: DAYS[at] as string, hour: 10, agent: 'ann', from: '+441632960001' });
  const before = [on(0), on(6), on(7), on(8), on(13), on(14), on(19)];
  const [old, now] = [await filesOf(before), await filesOf([...before, { ...on(13), hour: 11 }])];
  const again = [...now].filter(([path, { input }]) => old.get(path)?.input !== input).map(([path]) => path);
  expect(again).toEqual([7, 8, 13, 14, 19].map((at) => `/data/order/${DAYS[at]}.json`));
});
