/** What pages say and how they rank, against raw calls: by functions that share nothing with those that they judge. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '#shared/calendar/days.ts';
import { rankAttention } from '#shared/calls/attention.ts';
import { noCalls } from '#shared/figures/agent-calls.ts';
import { dayTotals, overviewPage } from '#shared/figures/overview.ts';
import { qaPage } from '#shared/figures/qa.ts';
import type { Call } from '#shared/model.ts';
import type { Phrase } from '#shared/view.ts';
import { type JudgedWorld, judgedWorld, reportOfWorld, WORLD_RULES } from '../fixtures/judged-worlds.ts';
import { isLong } from '../fixtures/long.ts';
import { faultsOf, hasFailed, hasFailedCritical, pointsOf, tally, usualOf } from '../fixtures/recount.ts';
import { agentIds, agentPage } from './agent.ts';

const RUNS = Number(process.env.CCI_RUNS ?? (isLong ? 1000 : 300));
const textOf = (phrase: Phrase): string => phrase.map((part) => (typeof part === 'string' ? part : part.text)).join('');
const within = ({ calls }: JudgedWorld, span: { from: string; to: string } | undefined): Call[] =>
  span ? calls.filter(({ day }) => day !== null && day >= span.from && day <= span.to) : [];

describe('over generated worlds', () => {
  it('a call that failed stands before every call that passed without a failed critical rule', () => {
    fc.assert(
      fc.property(judgedWorld, (world) => {
        const { attention } = reportOfWorld(world);
        const ranked = rankAttention(world.calls, attention).map(({ call }) => call);
        const usual = usualOf(world.calls);
        const points = new Map(world.calls.map((call) => [call, pointsOf(call, world.passMark, usual)]));
        expect(new Set(ranked)).toEqual(new Set(world.calls.filter((call) => (points.get(call) ?? 0) > 0)));
        for (const [at, call] of ranked.entries()) {
          const next = ranked[at + 1];
          if (!next) break;
          const ahead = (points.get(call) ?? 0) - (points.get(next) ?? 0);
          expect(ahead).toBeGreaterThan(-1e-9);
          if (Math.abs(ahead) < 1e-9)
            expect([call.started, next.id] >= [next.started, call.id], `${call.id} before ${next.id}`).toBe(true);
        }
        const lastFailed = ranked.findLastIndex(hasFailed);
        for (const call of ranked.slice(0, lastFailed + 1))
          expect(hasFailed(call) || hasFailedCritical(call)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('the sentence of a day, of a period and of an agent names the rule that moved, and compares nothing that minimum n forbids', () => {
    fc.assert(
      fc.property(judgedWorld, (world) => {
        const report = reportOfWorld(world);
        const { window } = report;
        if (!window) return;
        const none = { total: 0, calls: [] };
        const day = { from: window.to, to: window.to };
        const weekBefore = { from: addDays(window.to, -7), to: addDays(window.to, -7) };
        const [ofDay, ofDayBefore] = [within(world, day), within(world, weekBefore)];
        expect(
          faultsOf(textOf(overviewPage(report, none, undefined).lead), ofDay, ofDayBefore, world, WORLD_RULES),
        ).toEqual([]);
        const [now, before] = [within(world, window), within(world, window.before)];
        const lead = textOf(qaPage(report).lead);
        if (lead !== '') expect(faultsOf(lead, now, before, world, WORLD_RULES)).toEqual([]);
        for (const id of agentIds(report)) {
          const own = (calls: Call[]) => calls.filter(({ agent }) => agent === id);
          const said = textOf(agentPage(report, id, noCalls()).lead);
          expect(faultsOf(said, own(now), own(before), world, WORLD_RULES), said).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('a window holds only days that there are, is compared only with such days, and its means are of seven of them', () => {
    fc.assert(
      fc.property(judgedWorld, (world) => {
        const report = reportOfWorld(world);
        const { window } = report;
        const first = world.calls.map(({ day }) => day as string).sort()[0] as string;
        if (!window) throw new Error('no window');
        expect(
          window.from >= first &&
            window.to ===
              world.calls
                .map(({ day }) => day as string)
                .sort()
                .at(-1),
        ).toBe(true);
        expect(window.all === true).toBe(window.from === first);
        const wanted = { from: addDays(window.from, -28), to: addDays(window.to, -28) };
        expect(window.before).toEqual(window.days === 28 && wanted.from >= first ? wanted : undefined);
        for (const { date, passedMean } of dayTotals(report, window)) {
          const seven = within(world, { from: addDays(date, -6), to: date });
          const { n, failed } = tally(seven);
          const hasBegun = daysBetween(first, date).length > 7;
          if (hasBegun && n > 0 && report.columns.qa) expect(passedMean).toBeCloseTo((n - failed) / n, 9);
          else expect(passedMean).toBeUndefined();
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a recount of sentences', () => {
  const calls = (passes: number, failures: number): Call[] =>
    Array.from({ length: passes + failures }, (_, i) => ({
      id: `c${i}`,
      day: '2026-03-30',
      direction: 'inbound',
      agent: null,
      qa: 'evaluated',
      passed: i < passes,
      rules: [
        { rule: 'a', name: 'a', pass: i < passes },
        { rule: 'b', name: 'b', pass: i >= 2 },
      ],
      insights: [],
      metadata: [],
      transcript: 'absent',
    }));
  const judge = (text: string, minimumN: number) => faultsOf(text, calls(5, 5), calls(8, 2), { minimumN }, ['a', 'b']);

  it.each([
    [
      '5 of 10 evaluated calls passed (50.0%), 30 points below X. Failures rose most for a: failed on 5 of its 10 calls (50.0%, up from 20.0%).',
      5,
      0,
    ],
    [
      '5 of 10 evaluated calls passed (50.0%), 30 points below X. Failures rose most for a: failed on 5 of its 10 calls (50.0%, up from 20.0%).',
      11,
      4,
    ],
    [
      '5 of 10 evaluated calls passed (50.0%), 30 points above X. The weakest rule is a: failed on 5 of its 10 calls (50.0%).',
      5,
      2,
    ],
    [
      '5 of 10 evaluated calls passed (50.0%), 30 points below X. Failures rose most for b: failed on 2 of its 10 calls (20.0%, up from 20.0%).',
      5,
      2,
    ],
    ['6 of 10 evaluated calls passed.', 11, 2],
  ])('finds what is wrong with %j at minimum n %i', (text, minimumN, faults) => {
    expect(judge(text, minimumN)).toHaveLength(faults);
  });
});
