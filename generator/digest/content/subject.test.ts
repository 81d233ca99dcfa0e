import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#shared/calendar/days.ts';
import { dayLead } from '#shared/figures/lead.ts';
import type { Call } from '#shared/model.ts';
import { judgedWorld, reportOfWorld } from '../../fixtures/judged-worlds.ts';
import { tally } from '../../fixtures/recount.ts';
import { BOB, callOn, DAY, reportFrom, ruleResult, WEEK_BEFORE } from '../fixtures/report.ts';
import { dayFactsOf } from './day-facts.ts';
import { subjectOf } from './subject.ts';

const subject = (all: readonly Call[], spec: object = {}, scope: 'all' | { agent: string } = 'all'): string => {
  return subjectOf(dayFactsOf(reportFrom(all, spec).report, DAY, scope));
};
const some = (n: number, day: string, over: Partial<Call> = {}) => Array.from({ length: n }, () => callOn(day, over));
const FAILED = { score: 40 };
const CRITICAL = {
  score: 90,
  rules: [ruleResult('Identity verified', false), ruleResult('Offers further help', true)],
};
const MIN = { minimumN: 5 };
/** Calls of the six days before the digest's, one a day from the newest back. */
const daily = (overs: Partial<Call>[]) => overs.map((over, at) => callOn(addDays(DAY, -1 - at), over));
const EARLIER = callOn('2025-11-01');

describe('a subject', () => {
  it.each<[name: string, calls: Call[], wanted: string]>([
    [
      'gives the share of a day with enough calls, the change, and the rule that rose',
      [...some(4, DAY), ...some(2, DAY, FAILED), ...some(6, WEEK_BEFORE)],
      '66.7% passed on Tue 9 Dec, down 33.3 points: Offers further help failed on 2 calls',
    ],
    [
      'gives no change where the day that is compared with has too few calls',
      [...some(4, DAY), ...some(2, DAY, FAILED), ...some(4, WEEK_BEFORE)],
      '66.7% passed on Tue 9 Dec: Offers further help is weakest',
    ],
    [
      'gives the seven days’ share where the day has too few calls, never that of one',
      [EARLIER, callOn(DAY), ...daily([{}, {}, FAILED, FAILED])],
      '60% passed in 7 days to Tue 9 Dec: Offers further help is weakest',
    ],
    [
      'compares seven days with the seven before them',
      [EARLIER, callOn(DAY), ...daily([{}, {}, FAILED, FAILED]), ...some(5, addDays(DAY, -8))],
      '60% passed in 7 days to Tue 9 Dec, down 40 points: Offers further help failed on 2 calls',
    ],
    [
      'compares them not with days before the data begins',
      [callOn(DAY), ...daily([{}, {}, FAILED, FAILED]), ...some(5, addDays(DAY, -8))],
      '60% passed in 7 days to Tue 9 Dec: Offers further help is weakest',
    ],
    [
      'says how many days there are where there are no seven',
      [callOn(DAY), ...daily([{}, {}, FAILED, FAILED])],
      '60% passed in 5 days to Tue 9 Dec: Offers further help is weakest',
    ],
    [
      'counts the calls where the seven days have too few too',
      [EARLIER, callOn(DAY), callOn(DAY, FAILED)],
      '2 calls on Tue 9 Dec',
    ],
    ['counts one call', [EARLIER, callOn(DAY)], '1 call on Tue 9 Dec'],
    [
      'names a failed critical rule with its count, however few the calls',
      [EARLIER, callOn(DAY, CRITICAL)],
      '1 call on Tue 9 Dec: critical rule failed on 1 call',
    ],
    [
      'names a failed critical rule of the day beside the share of seven',
      [EARLIER, callOn(DAY, CRITICAL), ...daily([{}, {}, FAILED, FAILED])],
      '60% passed in 7 days to Tue 9 Dec: critical rule failed on 1 call that day',
    ],
    [
      'says since when nothing has come',
      [callOn('2024-12-09'), callOn('2024-12-10')],
      'No calls on Tue 9 Dec, none since Tue 10 Dec 2024',
    ],
  ])('%s', (_name, calls, wanted) => {
    expect(subject(calls, MIN)).toBe(wanted);
  });

  it('makes no share of one call even where the tenant ranks from one', () => {
    expect(subject([EARLIER, callOn(DAY), callOn(WEEK_BEFORE, FAILED)], { minimumN: 1 })).toBe('1 call on Tue 9 Dec');
  });

  it('says whose calls it is about', () => {
    const calls = [EARLIER, callOn(DAY, { agent: BOB })];
    expect(subject(calls, MIN, { agent: BOB })).toBe('1 call on Tue 9 Dec (Bob Ray)');
  });

  it('writes weekdays and months in English, and numbers as the locale has them', () => {
    const calls = [...some(4, DAY), ...some(2, DAY, FAILED), ...some(6, WEEK_BEFORE)];
    expect(subject(calls, { ...MIN, locale: 'de-DE' })).toBe(
      '66,7 % passed on Tue 9 Dec, down 33,3 points: Offers further help failed on 2 calls',
    );
    expect(subject(calls, { ...MIN, locale: 'en-US' })).toContain('passed on Tue, Dec 9');
  });
});

/** What one call was, in the oracle's own terms. */
interface Fact {
  day: string;
  passed: boolean;
  /** Of each rule: whether it failed; absent: not evaluated. */
  failed: (boolean | undefined)[];
}

const NAMES = ['Asks before advising', 'Branded greeting', 'Confirms next step'];
const DAYS = [DAY, ...Array.from({ length: 13 }, (_, i) => addDays(DAY, -1 - i)), '2025-11-20'];

const fact = fc.record({
  day: fc.oneof(fc.constantFrom(DAY, WEEK_BEFORE), fc.constantFrom(...DAYS)),
  passed: fc.boolean(),
  failed: fc.tuple(...NAMES.map(() => fc.option(fc.boolean(), { nil: undefined }))),
});

const callOf = ({ day, passed, failed }: Fact): Call =>
  callOn(day, {
    score: passed ? 90 : 40,
    rules: NAMES.flatMap((name, at) => (failed[at] === undefined ? [] : [ruleResult(name, !failed[at])])),
  });

/** Counted from the calls themselves, without cubes, folds or rule lines. */
function expected(facts: readonly Fact[], minimumN: number): string {
  const fewest = Math.max(2, minimumN);
  const on = (from: string, to: string) => facts.filter(({ day }) => day >= from && day <= to);
  const of = (calls: readonly Fact[]) => ({
    n: calls.length,
    rate: calls.filter(({ passed }) => passed).length / calls.length,
    rules: NAMES.map((_name, at) => {
      const own = calls.filter(({ failed }) => failed[at] !== undefined);
      return { n: own.length, failed: own.filter(({ failed }) => failed[at]).length };
    }),
  });
  const first = facts.map(({ day }) => day).sort()[0] as string;
  const day = of(on(DAY, DAY));
  if (day.n === 0) return '';
  const weekFrom = [first, addDays(DAY, -6)].sort()[1] as string;
  const week = of(on(weekFrom, DAY));
  const isDay = day.n >= fewest;
  if (!isDay && week.n < fewest) return `${day.n} ${day.n === 1 ? 'call' : 'calls'} on Tue 9 Dec`;
  const now = isDay ? day : week;
  const before = isDay
    ? of(on(WEEK_BEFORE, WEEK_BEFORE))
    : of(first <= addDays(DAY, -13) ? on(addDays(DAY, -13), addDays(DAY, -7)) : []);
  const tenths = (one: number, two: number) => (Math.sign(one - two) * Math.round(Math.abs(one - two) * 1000)) / 10;
  const moved = before.n >= fewest ? tenths(now.rate, before.rate) : undefined;
  const days = Math.round((Date.parse(DAY) - Date.parse(weekFrom)) / 86_400_000) + 1;
  const when = isDay ? 'on Tue 9 Dec' : `in ${days} ${days === 1 ? 'day' : 'days'} to Tue 9 Dec`;
  const change =
    moved === undefined
      ? ''
      : moved === 0
        ? `, level with ${isDay ? 'Tue 2 Dec' : 'the 7 days before'}`
        : `, ${moved < 0 ? 'down' : 'up'} ${Math.abs(moved)} ${Math.abs(moved) === 1 ? 'point' : 'points'}`;
  return `${percentOf(now.rate)}% passed ${when}${change}${named(now.rules, before.rules, moved, fewest)}`;
}

/** "66.7", "60": whole ones without a decimal. */
const percentOf = (rate: number): string =>
  String(Number((rate * 100).toFixed(9))).replace(/\.\d+$/, () => (rate * 100).toFixed(1).slice(-2));

type Counted = { n: number; failed: number };

function named(now: Counted[], before: Counted[], moved: number | undefined, fewest: number): string {
  const share = ({ n, failed }: Counted) => failed / n;
  const all = NAMES.map((name, at) => {
    const [own, was] = [now[at] as Counted, before[at] as Counted];
    const enough = own.n >= fewest && was.n >= fewest;
    return { name, own, rose: enough ? share(own) - share(was) : 0 };
  });
  const worse = (a: (typeof all)[number], b: (typeof all)[number]) =>
    share(b.own) - share(a.own) || b.own.n - a.own.n || (a.name < b.name ? -1 : 1);
  const way = moved ? -Math.sign(moved) : 0;
  const movers = all.filter(({ rose }) => way !== 0 && Math.round(rose * 1000) * way > 0);
  const most = Math.max(...movers.map(({ rose }) => rose * way));
  const [rule] = movers.filter(({ rose }) => Math.abs(rose * way - most) < 1e-9).sort(worse);
  if (rule && way > 0) return `: ${rule.name} failed on ${rule.own.failed} ${rule.own.failed === 1 ? 'call' : 'calls'}`;
  if (rule) return `: ${rule.name} failed less often`;
  const [weakest] = all.filter(({ own }) => own.n >= fewest && own.failed > 0).sort(worse);
  return weakest ? `: ${weakest.name} is weakest` : '';
}

it('compares what minimum n allows, and names the rule that moved, whatever the calls are', () => {
  const shapes = new Set<string>();
  fc.assert(
    fc.property(fc.array(fact, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 8 }), (facts, minimumN) => {
      const wanted = expected(facts, minimumN);
      if (wanted === '') return;
      shapes.add(wanted.replace(/\d+(\.\d+)?/g, '#').replace(/: .* (failed|is)/, ': $1'));
      expect(subject(facts.map(callOf), { minimumN, criticalRules: [] })).toBe(wanted);
    }),
    { numRuns: 1000 },
  );
  // All kinds of subject have been met.
  for (const kind of ['passed on', 'to Tue', 'calls on', ', down', ', up', 'less often', 'is weakest', 'failed on'])
    expect(
      [...shapes].some((shape) => shape.includes(kind)),
      kind,
    ).toBe(true);
});

it('agrees with the sentence of its mail, over worlds of every kind', () => {
  fc.assert(
    fc.property(judgedWorld, (world) => {
      const facts = dayFactsOf(reportOfWorld(world), world.date, 'all');
      const subject = subjectOf(facts);
      const lead = dayLead(facts.site, facts.date, facts.now, facts.before, facts.rules)
        .map((part) => (typeof part === 'string' ? part : part.text))
        .join('');
      const fewest = Math.max(2, world.minimumN);
      const on = (from: number, to: number) =>
        tally(
          world.calls.filter(
            ({ day }) => day !== null && day >= addDays(world.date, from) && day <= addDays(world.date, to),
          ),
        );
      const [day, past, week] = [on(0, 0), on(-7, -7), on(-6, 0)];
      const isOfDay = / passed on /.test(subject);
      expect([isOfDay, / passed in \d days? to /.test(subject)]).toEqual([
        day.n >= fewest,
        day.n < fewest && week.n >= fewest && facts.now.calls > 0,
      ]);
      if (isOfDay) expect(/, (down|up|level)/.test(subject)).toBe(past.n >= fewest);
      const named = /: (.+?) (?:is weakest|failed)/.exec(subject)?.[1];
      if (isOfDay && named !== 'critical rule' && named !== undefined && world.minimumN > 1)
        expect(lead).toContain(named);
    }),
    { numRuns: 1000 },
  );
});
