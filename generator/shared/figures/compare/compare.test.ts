/** What a comparison says in words, from counts: shares and differences from minimum n on, below it how many of how many. */
import { describe, expect, it } from 'vitest';
import { type Cell, emptyCounts } from '#shared/counts/cube.ts';
import { sumsOf } from '#shared/counts/sums.ts';
import type { Dataset } from '../dataset.ts';
import { comparison } from './compare.ts';
import type { Comparison } from './compared.ts';
import { farthest } from './farthest.ts';

/** Calls that passed, of all; and of them those that failed a rule, which was checked on all. */
type Did = [passed: number, evaluated: number, failed?: { [rule: string]: number }];

const cellOf = ([passed, evaluated, failed = {}]: Did): Cell => ({
  counts: { ...emptyCounts(), calls: evaluated, qaEvaluated: evaluated, qaPassed: passed },
  rules: Object.fromEntries(
    Object.entries(failed).map(([rule, calls]) => [rule, { evaluated, passed: evaluated - calls }]),
  ),
});

const SPANS = { now: '2026-03-20', past: '2026-03-05' };

/** @param name every agent's, or none: their ids */
function datasetOf(did: { [id: string]: Did }, day = SPANS.now, hasQa = true, name?: string): Dataset {
  const agents = Object.fromEntries(
    Object.keys(did).map((id) => [id, { id, name: name ?? id, href: `/agents/${id}/` }]),
  );
  const cells = Object.fromEntries(Object.entries(did).map(([id, each]) => [id, cellOf(each)]));
  return {
    site: { locale: 'en-GB', timeZone: 'UTC', minimumN: 5, hasQa, hasSentiment: false, year: '2026' },
    columns: { duration: false, sentiment: false, qa: hasQa, critical: false },
    agents,
    teams: [],
    rules: { greet: { name: 'Greets' }, close: { name: 'Closes' } },
    critical: new Set(),
    first: '2026-03-01',
    sums: sumsOf(new Map([[day, { agents: cells }]])),
    window: { from: day, to: day, days: 1 },
    trust: {},
  } as unknown as Dataset;
}

const text = ({ lead }: Comparison): string =>
  lead.map((part) => (typeof part === 'string' ? part : part.text)).join('');
const agentsText = (did: { [id: string]: Did }, hasQa = true, name?: string): string => {
  const dataset = datasetOf(did, SPANS.now, hasQa, name);
  return text(
    comparison(
      'agents',
      Object.keys(did).map((id) => ({ dataset, id })),
    ),
  );
};
const periodsText = (now: Did, past: Did, hasQa = true): string =>
  text(
    comparison('periods', [
      { dataset: datasetOf({ Ann: now }, SPANS.now, hasQa), id: 'Ann' },
      { dataset: datasetOf({ Ann: past }, SPANS.past, hasQa), id: 'Ann' },
    ]),
  );

describe('agents side by side', () => {
  it('are told by their shares, and by the rule on which they differ most', () => {
    expect(
      agentsText({
        Ann: [8, 10, { greet: 1, close: 2 }],
        Bob: [3, 6, { greet: 3, close: 1 }],
        Cid: [1, 2, { greet: 2 }],
        Dee: [0, 0],
      }),
    ).toBe(
      'Ann passed 80.0% of 10 evaluated calls, Bob 50.0% of 6, Cid 1 of 2, Dee no call. They differ most on Greets: Bob failed it on 50.0%; Ann failed it on 10.0%.',
    );
  });

  it('are not told apart by few calls, nor by little', () => {
    expect(agentsText({ Ann: [8, 10, { greet: 9 }], Bob: [0, 4, { greet: 0 }] })).toBe(
      'Ann passed 80.0% of 10 evaluated calls, Bob 0 of 4. No rule was checked often enough to compare them.',
    );
    expect(agentsText({ Ann: [35, 40, { greet: 2 }], Bob: [40, 40, { greet: 1 }] })).toContain(
      'No rule sets them 3 points apart.',
    );
  });

  it('have their calls where nothing is evaluated, and no sentence of shares', () => {
    expect(agentsText({ Ann: [0, 3], Bob: [0, 1] }, false)).toBe('Ann had 3 calls, Bob 1.');
    expect(agentsText({ Ann: [0, 0], Bob: [0, 0] })).toBe('No calls of these agents in this period.');
  });

  it('have their ids where they have one name', () => {
    expect(agentsText({ ann: [8, 10], bob: [3, 6] }, true, 'Kim')).toContain(
      'Kim (ann) passed 80.0% of 10 evaluated calls, Kim (bob) 50.0% of 6.',
    );
  });

  it('have the rule first that failed most often in any column with enough calls, and those with too few last', () => {
    const did: { [id: string]: Did } = { Ann: [8, 10, { greet: 1, close: 4 }], Bob: [1, 2, { greet: 2, odd: 2 }] };
    const dataset = datasetOf(did);
    const { rules } = comparison(
      'agents',
      Object.keys(did).map((id) => ({ dataset, id })),
    );
    expect(rules.map(({ id, checks }) => [id, ...checks.map(({ evaluated }) => evaluated)])).toEqual([
      ['close', 10, 0],
      ['greet', 10, 2],
      ['odd', 0, 2],
    ]);
  });
});

describe('two periods of an agent', () => {
  it('are told by the change of the share, and the rule behind it', () => {
    expect(periodsText([8, 10, { greet: 4 }], [9, 10, { greet: 1 }])).toBe(
      'Passed 80.0% of 10 evaluated calls, 10 points below 5 Mar (90.0% of 10). Failures rose most for Greets: failed on 4 of its 10 calls (40.0%, up from 10.0%).',
    );
  });

  it('are not compared with few calls, or none', () => {
    expect(periodsText([8, 10], [2, 4])).toBe(
      'Passed 80.0% of 10 evaluated calls; 2 of 4 on 5 Mar, too few to compare.',
    );
    expect(periodsText([0, 0], [2, 4])).toBe('No evaluated call, 2 of 4 on 5 Mar.');
    expect(periodsText([0, 0], [0, 0])).toBe('No calls of this agent in either period.');
    expect(periodsText([0, 3], [0, 1], false)).toBe('3 calls, 1 on 5 Mar.');
  });
});

it('takes for the ends only figures of enough calls', () => {
  const of = (...figures: [value: number | undefined, n: number][]) =>
    farthest(
      figures.map(([value, n]) => ({ value, n })),
      5,
    );
  expect(of([0.2, 5], [0.9, 4], [0.5, 5], [0.1, 4])).toEqual({ high: 2, low: 0 });
  expect(of([0.2, 5], [0.9, 4])).toBeUndefined();
  expect(of([undefined, 9], [0.9, 9])).toBeUndefined();
  expect(of([0.5, 5], [0.5, 5])).toEqual({ high: 0, low: 0 });
});
