import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, daysBetween } from '../calendar/days.ts';
import { type Cell, type Cube, emptyCounts } from './cube.ts';
import { UNDATED } from './fold.ts';
import { EVER, sumsOf } from './sums.ts';

const FIRST = '2026-02-20';
const DAYS = daysBetween(FIRST, addDays(FIRST, 29));

const n = fc.integer({ min: 0, max: 2 ** 40 });
const tally = (keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), n);
const cell: fc.Arbitrary<Cell> = fc.record({
  counts: fc.record({
    ...(Object.fromEntries(Object.keys(emptyCounts()).map((name) => [name, n])) as { [name: string]: typeof n }),
    grades: tally(['A', 'B', 'E']),
    scores: tally(['0', '70', '90']),
    failedScores: tally(['0', '60']),
    hours: tally(['0', '9', '23']),
  }) as unknown as fc.Arbitrary<Cell['counts']>,
  rules: fc.dictionary(
    fc.constantFrom('greets', 'constructor', '__proto__', '7'),
    fc.record({ evaluated: n, passed: n }),
  ),
});
const agents = fc.dictionary(fc.constantFrom('ann', 'ben', '', '__proto__', 'toString', '3'), cell);
const cubes = fc
  .dictionary(fc.constantFrom(...DAYS, UNDATED), fc.record({ agents }), { maxKeys: 12 })
  .map((each) => new Map(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))));
const day = fc.constantFrom(...DAYS);
const span = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(day, day).map(([from, to]) => ({ from, to })) },
  fc.constant(EVER),
  fc.constant(undefined),
);

type Days = ReadonlyMap<string, Pick<Cube, 'agents'>>;

/** Every field of every wanted cell, one after another: no sum is kept, and none is of other sums. */
function plainly(days: Days, isWanted: (day: string, agent: string) => boolean) {
  const sums = new Map<string, number>();
  const add = (field: string, value: number) => sums.set(field, (sums.get(field) ?? 0) + value);
  for (const [each, { agents: cells }] of days)
    for (const [agent, { counts, rules }] of Object.entries(cells)) {
      if (!isWanted(each, agent)) continue;
      for (const [name, value] of Object.entries(counts))
        for (const [key, calls] of Object.entries(typeof value === 'number' ? { '': value } : value))
          add(`${name} ${key}`, calls as number);
      for (const [rule, { evaluated, passed }] of Object.entries(rules)) {
        add(`evaluated ${rule}`, evaluated);
        add(`passed ${rule}`, passed);
      }
    }
  return Object.fromEntries([...sums].filter(([, value]) => value !== 0).sort());
}

const fieldsOf = (sum: Cell | undefined) => plainly(new Map(sum && [['', { agents: { '': sum } }]]), () => true);

it('sums every span, day and agent as one plain walk over all cells does, however often and in whatever order they are asked for', () => {
  fc.assert(
    fc.property(cubes, fc.array(span, { minLength: 1, maxLength: 5 }), (days, spans) => {
      const undated = days.get(UNDATED);
      const dated = new Map([...days].filter(([each]) => each !== UNDATED));
      const sums = sumsOf(dated, undated);
      expect(sums.days).toEqual([...dated.keys()]);
      for (const asked of [...spans, ...spans]) {
        const isIn = (each: string) =>
          asked !== undefined && (asked === EVER || (each >= asked.from && each <= asked.to && each !== UNDATED));
        expect(fieldsOf(sums.all(asked))).toEqual(plainly(days, isIn));
        const names = [...days].flatMap(([each, cube]) => (isIn(each) ? Object.keys(cube.agents) : []));
        expect([...sums.agents(asked).keys()]).toEqual([...new Set(names)]);
        for (const [name, sum] of sums.agents(asked))
          expect(fieldsOf(sum)).toEqual(plainly(days, (each, agent) => isIn(each) && agent === name));
      }
      for (const each of [FIRST, ...days.keys()])
        expect(fieldsOf(sums.day(each))).toEqual(plainly(days, (other) => other === each));
    }),
    { numRuns: Number(process.env.CCI_RUNS ?? 30) },
  );
});

it('counts what a cell of an older version lacks as nothing', () => {
  const { tooShort: _tooShort, hours: _hours, ...older } = { ...emptyCounts(), calls: 2 };
  const days = new Map([[FIRST, { agents: { ann: { counts: older as Cell['counts'], rules: {} } } }]]);
  expect(sumsOf(days).day(FIRST).counts).toEqual({ ...emptyCounts(), calls: 2 });
});
