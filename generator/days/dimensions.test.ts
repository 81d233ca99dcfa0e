import { expect, it } from 'vitest';
import type { Call, Json } from '#shared/model.ts';
import { countValues, dimensionTally } from './dimensions.ts';

const call = (insights: { [key: string]: Json }, metadata: { [label: string]: string } = {}) =>
  ({
    insights: Object.entries(insights).map(([key, value]) => ({ key, value })),
    metadata: Object.entries(metadata).map(([label, value]) => ({ label, value })),
  }) as unknown as Call;

/** @param months the calls of each */
function dimensionsOf(...months: Call[][]) {
  const tally = dimensionTally();
  for (const calls of months) {
    const values = countValues(calls);
    if (values) tally.add(values);
    tally.endMonth();
  }
  return tally.dimensions();
}

const times = (n: number, make: (i: number) => Call): Call[] => Array.from({ length: n }, (_, i) => make(i));
const idsOf = (...months: Call[][]) => dimensionsOf(...months).map(({ id }) => id);

it('tells calls apart by the topic, the 50 with most calls over all months, equal ones by value', () => {
  const first = times(120, (i) => call({ topic: `t${String(i % 60).padStart(2, '0')}` }));
  const second = times(3, () => call({ topic: ['t59'] }));
  const [{ id, values = [] } = {}, ...others] = dimensionsOf(first, second);
  expect(id).toBe('topic');
  expect(others).toEqual([]);
  expect(values).toEqual(['t59', ...Array.from({ length: 49 }, (_, i) => `t${String(i).padStart(2, '0')}`)]);
});

it('tells calls apart by yes or no and by short texts that nearly all calls with them have, up to 200 in all', () => {
  const of = (value: (i: number) => Json) => idsOf(times(100, (i) => call({ own: value(i) })));
  expect(of((i) => i % 2 === 0)).toEqual(['insight.own']);
  expect(of((i) => [`kind ${i % 3}`])).toEqual(['insight.own']);
  expect(of((i) => (i < 5 ? 'x'.repeat(41) : `kind ${i % 3}`))).toEqual(['insight.own']);
  expect(of((i) => (i < 6 ? 'x'.repeat(41) : `kind ${i % 3}`))).toEqual([]);
  expect(of(() => 'the same on all')).toEqual([]);
  expect(of((i) => ['two', `items ${i % 2}`])).toEqual([]);
  const many = (n: number) =>
    idsOf(
      times(n, (i) => call({ own: `kind ${i}` })),
      times(n, (i) => call({ own: `kind ${i}` })),
    );
  expect(many(200)).toEqual(['insight.own']);
  expect(many(201)).toEqual([]);
});

it('tells calls apart by fields of the metadata, but by no summary and by no measure', () => {
  const fields = (i: number) => ({ Queue: i % 2 ? 'North' : 'South', Seconds: String(i), Level: String(i % 4) });
  expect(idsOf(times(40, (i) => call({ summary: `Short ${i % 2}` }, fields(i))))).toEqual([
    'field.Level',
    'field.Queue',
  ]);
});

it('tells calls apart by a dozen dimensions at most, those that most calls have', () => {
  const wide = (n: number) => times(n * 2, (i) => call({ [`key ${n}`]: i % 2 === 0 }));
  const found = idsOf(Array.from({ length: 20 }, (_, n) => wide(n + 1)).flat());
  expect(found.length).toBe(12);
  expect(found).toContain('insight.key 20');
  expect(found).not.toContain('insight.key 8');
});
