import fc from 'fast-check';
import { expect, it } from 'vitest';
import { namesOf } from '../calls/attention.ts';
import { filterableOf } from '../calls/filterable.ts';
import { type CallFilter, readFilter } from '../filter/filter.ts';
import { matches } from '../filter/match.ts';
import type { Call } from '../model.ts';
import { countAbout } from './about.ts';
import { aboutCalls } from './about-calls.ts';
import { packMonth, unpackMonth } from './month.ts';
import { sumsOf } from './sums.ts';

const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03'];
const TOPICS = ['Bills', '__proto__', 'constructor', '7', 'a=b&c', 'rare'];
const DIMENSIONS = [
  { id: 'topic' as const, values: TOPICS.slice(0, 5) },
  { id: 'phrase' as const, values: ['Leaving', '__proto__', 'true'] },
  { id: 'field.Queue' as const, values: ['North', 'South'] },
  { id: 'insight.solved' as const, values: ['true', 'false'] },
];

const call: fc.Arbitrary<Call> = fc
  .record({
    day: fc.constantFrom(...DAYS),
    topic: fc.option(fc.constantFrom(...TOPICS)),
    phrases: fc.option(fc.subarray(['Leaving', '__proto__', 'true', 'rare']), { nil: undefined }),
    queue: fc.option(fc.constantFrom('North', 'South')),
    solved: fc.option(fc.boolean()),
    mood: fc.constantFrom('positive' as const, 'negative' as const, undefined),
    score: fc.option(fc.constantFrom(-0.5, 0.5), { nil: undefined }),
    qa: fc.constantFrom('evaluated' as const, 'evaluated' as const, 'not evaluated' as const),
    passed: fc.constantFrom(true, false, undefined),
    rules: fc.dictionary(fc.constantFrom('greets', 'constructor', '9'), fc.constantFrom(true, false, undefined)),
    tooShort: fc.constantFrom(undefined, undefined, true as const),
  })
  .map(({ topic, queue, solved, mood, score, rules, ...drawn }) => ({
    ...drawn,
    id: 'x',
    direction: 'inbound',
    agent: null,
    sentiment: mood || score ? { label: mood, score } : undefined,
    rules: Object.entries(rules).map(([rule, pass]) => ({ rule, name: rule, pass })),
    insights: [
      ...(topic === null ? [] : [{ key: 'topic', value: [topic] }]),
      ...(solved === null ? [] : [{ key: 'solved', value: solved }]),
    ],
    metadata: queue === null ? [] : [{ label: 'Queue', value: queue }],
    transcript: 'absent',
  }));

it('counts of each value exactly the calls that the address of its figure lists, in any span of days', () => {
  const attention = { passMark: 70, critical: new Set<string>(), names: namesOf({}) };
  fc.assert(
    fc.property(fc.array(call, { maxLength: 40 }), fc.subarray(DAYS, { minLength: 1 }), (calls, span) => {
      const cubes = DAYS.map((day) => {
        const about = countAbout(
          calls.filter((each) => each.day === day),
          DIMENSIONS,
        );
        return [day, { agents: {}, ...(about && { about }) }] as const;
      });
      const sent = JSON.parse(JSON.stringify(packMonth(cubes))) as ReturnType<typeof packMonth>;
      const range = { from: span[0] as string, to: span.at(-1) as string };
      const rows = calls.map(({ insights, ...each }) => {
        const text = insights.find(({ key }) => key === 'topic')?.value as string[] | undefined;
        const solved = insights.find(({ key }) => key === 'solved')?.value;
        const own: { [id: string]: string } = solved === undefined ? {} : { 'insight.solved': String(solved) };
        return { ...each, ...(text?.[0] !== undefined && { topic: text[0] }), insights: own };
      });
      const filterable = rows.map((row) => filterableOf(row, attention, undefined, 'UTC', row.insights));
      const ofRows = { about: aboutCalls(rows, DIMENSIONS) };
      for (const sums of [sumsOf(new Map(cubes)), sumsOf(new Map(unpackMonth(sent))), ofRows])
        for (const { id, values } of DIMENSIONS) {
          const byValue = sums.about(range, id);
          for (const value of values) {
            const listed = (filter: CallFilter): number => {
              const query = new URLSearchParams([[id, value]]).toString();
              const whole = { ...readFilter(`?${query}`).filter, ...filter, ...range };
              return filterable.filter((each) => matches(whole, each)).length;
            };
            const counts = byValue.get(value);
            expect(counts?.calls ?? 0).toBe(listed({}));
            expect(counts?.negative ?? 0).toBe(listed({ sentiment: ['negative'] }));
            expect(counts?.analysed ?? 0).toBe(listed({ sentiment: ['positive', 'neutral', 'negative', 'mixed'] }));
            expect(counts?.passed ?? 0).toBe(listed({ qa: ['passed'] }));
            expect(counts?.evaluated ?? 0).toBe(listed({ qa: ['passed', 'failed'] }));
            if (id === 'phrase')
              expect(byValue.get('')?.calls ?? 0).toBe(
                calls.filter(({ day, phrases }) => phrases && day && day >= range.from && day <= range.to).length,
              );
            for (const rule of ['greets', 'constructor', '9']) {
              const own = counts && Object.hasOwn(counts.rules, rule) ? counts.rules[rule] : undefined;
              expect(own?.evaluated ?? 0).toBe(listed({ rule: [rule], result: 'evaluated' }));
              expect(own?.passed ?? 0).toBe(listed({ rule: [rule], result: 'passed' }));
            }
          }
        }
    }),
  );
});
