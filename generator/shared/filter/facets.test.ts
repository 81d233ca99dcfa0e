import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCalls, FACETS } from './facets.ts';
import type { CallFilter } from './filter.ts';
import { type FilterableCall, type FilterPart, matches, testsOf } from './match.ts';

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const call: fc.Arbitrary<FilterableCall> = fc.record(
  {
    day: some(null, '2026-03-30', '2026-03-31'),
    agent: some('', 'ann', 'bob'),
    team: some('North', 'South'),
    direction: some('inbound' as const, 'outbound' as const),
    durationSeconds: some(10, 60),
    label: some('positive' as const, 'negative' as const),
    qa: some('passed' as const, 'failed' as const, 'too-short' as const, 'not-evaluated' as const),
    score: some(50, 90),
    grade: some('A', 'E'),
    failed: fc.subarray(['greets', 'verifies']),
    passed: fc.subarray(['says goodbye']),
    criticalFailed: fc.boolean(),
    topic: some('Bills', 'Meters'),
    insights: fc.dictionary(some('insight.solved'), some('true', 'false')),
    metadata: some([{ label: 'Queue', value: 'North' }], [{ label: 'Other', value: 'North' }]),
  },
  { requiredKeys: ['day', 'agent', 'direction', 'qa', 'failed', 'passed', 'criticalFailed'] },
);

const filter: fc.Arbitrary<CallFilter> = fc.record(
  {
    from: some('2026-03-31'),
    undated: some(true as const),
    agent: fc.subarray(['', 'ann', 'nobody']),
    team: fc.subarray(['North']),
    direction: fc.subarray(['inbound' as const]),
    sentiment: fc.subarray(['positive' as const, 'none' as const]),
    qa: fc.subarray(['failed' as const, 'too-short' as const]),
    grade: fc.subarray(['A']),
    rule: fc.subarray(['greets', 'says goodbye']),
    result: some('failed' as const, 'passed' as const, 'evaluated' as const),
    critical: some(true as const),
    score: some({ least: 60 }),
    seconds: some({ most: 30 }),
    topic: fc.subarray(['Bills', 'nothing']),
    'insight.solved': fc.subarray(['true']),
    'field.Queue': fc.subarray(['North']),
  },
  { requiredKeys: [] },
);

const DIMENSIONS = ['topic', 'insight.solved', 'field.Queue'] as const;

/** A filter without one of its parts, told in another way than the code does. */
const dropped = (all: CallFilter, part: FilterPart): CallFilter => {
  const { from, to, result, ...rest } = structuredClone(all);
  const kept: CallFilter = { ...rest, ...(part !== 'period' && { from, to }), ...(part !== 'rule' && { result }) };
  if (part !== 'period') delete kept[part];
  return kept;
};

describe('the counts of a filter', () => {
  it('are those of asking for each of them alone', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), filter, (calls, wanted) => {
        const counted = countCalls(calls, testsOf(wanted), wanted.result, DIMENSIONS);
        expect(counted.wanted).toEqual(calls.filter((each) => matches(wanted, each)));
        for (const [part, n] of counted.without)
          expect([part, n]).toEqual([part, calls.filter((each) => matches(dropped(wanted, part), each)).length]);
        for (const facet of [...FACETS, ...DIMENSIONS])
          for (const [value, n] of counted.facets[facet] ?? []) {
            const alone: CallFilter = { ...wanted, [facet]: [value] };
            expect([facet, value, n]).toEqual([facet, value, calls.filter((each) => matches(alone, each)).length]);
          }
      }),
    );
  });

  it('leave out no value that any call would give', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 20 }), filter, (calls, wanted) => {
        const { facets } = countCalls(calls, testsOf(wanted), wanted.result, DIMENSIONS);
        for (const queue of ['North', 'South'])
          expect(facets['field.Queue']?.get(queue) ?? 0).toBe(
            calls.filter((each) => matches({ ...wanted, 'field.Queue': [queue] }, each)).length,
          );
        for (const agent of ['', 'ann', 'bob'])
          expect(facets.agent.get(agent) ?? 0).toBe(
            calls.filter((each) => matches({ ...wanted, agent: [agent] }, each)).length,
          );
      }),
    );
  });
});
