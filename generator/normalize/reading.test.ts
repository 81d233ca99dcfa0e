/** Whatever a model or a sheet writes into a field: it is read as it is meant, or a remark says that it was not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call, Remark } from '#shared/model.ts';
import { CONFIG, DEFAULT_CALL } from '../fixtures/objects.ts';
import { type RawCall, unread } from '../source/read.ts';
import { tenantConfig } from '../tenants/config.ts';
import { normalizeCall } from './call.ts';

const SEED = 20260330;
const config = tenantConfig(CONFIG, undefined, false, { json_output_schema: { next_steps: [], mood: '' } });

/** What was written, and what whoever wrote it meant: a thing, nothing (`absent`), or nobody knows (`odd`). */
interface Written<T> {
  value: unknown;
  meant: { is: T } | 'absent' | 'odd';
}
type Dress<T> = fc.Arbitrary<Written<T>>;
const means = <T>(is: T, ...values: unknown[]): Dress<T> =>
  fc.constantFrom(...values).map((value) => ({ value, meant: { is } }));

/** A word in any case, with space around it. */
const shouted = (word: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(fc.boolean(), { minLength: word.length, maxLength: word.length }), fc.constantFrom('', ' ', '\t'))
    .map(([up, space]) => space + [...word].map((sign, i) => (up[i] ? sign.toUpperCase() : sign)).join('') + space);
const absent = (...more: unknown[]): Dress<never> =>
  fc
    .oneof(
      fc.constantFrom<unknown>(null, '', '  ', '-', '\\N', 'NaN', ...more),
      ...['null', 'none', 'n/a'].map(shouted),
    )
    .map((value) => ({ value, meant: 'absent' as const }));
const odd: Dress<never> = fc
  .oneof(
    fc.constantFrom<unknown>(
      'maybe',
      'see note',
      '8,5',
      '12/',
      '/10',
      '1:2',
      '#N/A',
      '10/29/2020',
      '1774864800',
      '```x```',
    ),
    fc.constantFrom<unknown>([], {}, [true], [1], { a: 1 }, 1e9, -1e9, '1e9', '٣', '２０'),
    fc.string({ maxLength: 8 }).map((text) => `?${text}`),
    fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null && typeof value === 'object'),
  )
  .map((value) => ({ value, meant: 'odd' as const }));

const verdict: Dress<boolean> = fc.oneof(
  ...[true, false].map((is) =>
    fc
      .oneof(
        fc.constantFrom<unknown>(is, Number(is), String(Number(is)), `${Number(is)}.0`),
        ...(is ? ['true', 'yes', 'pass', 'passed', 'met'] : ['false', 'no', 'fail', 'failed', 'not met']).map(shouted),
      )
      .map((value): Written<boolean> => ({ value, meant: { is } })),
  ),
  absent('not applicable', 'Not Applicable'),
  odd,
);
const score: Dress<number> = fc.oneof(
  fc.integer({ min: 0, max: 100 }).chain((n) => {
    const many = [`${n}/100`, `${n} of 100`, `${n} out of 100`, `${n / 10}/10`, `${n * 2} Out Of 200`];
    return means(n, n, `${n}`, ` ${n}.0 `, `${n}%`, `${n} %`, n.toExponential(), ...many);
  }),
  absent('not applicable'),
  fc.constantFrom(101, '101', '-1', '11/10', '150 %').map((value): Written<number> => ({ value, meant: 'odd' })),
  odd,
);
const seconds: Dress<number> = fc.oneof(
  fc.integer({ min: 0, max: 86_399 }).chain((n) => {
    const [h, m, s] = [Math.floor(n / 3600), Math.floor(n / 60) % 60, n % 60].map(String) as [string, string, string];
    const clock = `${h}:${m.padStart(2, '0')}:${s.padStart(2, '0')}`;
    return means(n, `${n}`, `${n}.0`, n.toExponential(), clock, clock.padStart(8, '0'));
  }),
  absent(),
  odd,
);
/** A start: an instant, or a day alone. */
const start: Dress<string> = fc.oneof(
  fc.date({ min: new Date('2001-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }).chain((date) => {
    const at = new Date(Math.floor(date.getTime() / 1000) * 1000);
    const utc = at.toISOString().slice(0, 19);
    // Singapore's clock has stood eight hours ahead all this time.
    const ahead = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);
    const athena = `${utc.replace('T', ' ')}.000 UTC`;
    const zoned = [`${ahead}+08:00`, `${ahead.replace('T', ' ')}.000 Asia/Singapore`, `${ahead}+0800[Asia/Singapore]`];
    return means(`${utc}.000Z`, `${utc}Z`, utc, utc.replace('T', ' '), athena, ...zoned);
  }),
  fc.constantFrom('2026-03-01', '2024-02-29').map((day): Written<string> => ({ value: day, meant: { is: day } })),
  absent(),
  fc
    .constantFrom('2026-02-30', '1970-01-01', '1999-12-31T23:00Z', '9999-12-31')
    .map((value): Written<string> => ({ value, meant: 'odd' })),
  odd,
);
/** Words that must be found wherever they were written. */
const words = fc
  .array(fc.constantFrom('parcel', 'late', 'refund', 'hello', 'Müller', 'call', '<b>', '24/7'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => list.join(' '));
const fence = (text: string) => [`\`\`\`json\n${text}\n\`\`\``, `\`\`\`\n${text}\n\`\`\``];
const text: Dress<string[]> = fc.oneof(
  fc
    .tuple(words, words)
    .chain(([a, b]) =>
      fc.oneof(
        means([a], a, ` ${a}\n`, [a], { quote: a }, JSON.stringify([a]), JSON.stringify({ note: a }), ...fence(a)),
        means(
          [a, b],
          [a, b],
          { quote: a, note: b },
          [{ quote: a }, b],
          JSON.stringify([a, b]),
          ...fence(JSON.stringify([a, b])),
        ),
        means([a], [a, 'N/A', null], { quote: a, note: 'null' }),
      ),
    ),
  absent([], {}, ['n/a'], { quote: null }, '```null```'),
);

/** The words of everything in a value, in order. */
const wordsIn = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : value !== null && typeof value === 'object'
      ? Object.values(value).map(wordsIn).join('\n')
      : '';

type Told = { call: Call; remarks: Remark[] };

function normalized(raw: Partial<RawCall>): Told {
  const result = normalizeCall({ ...unread('c1'), ...raw }, config);
  if (result.kind !== 'call') throw new Error(`not a call: ${result.kind}`);
  return result;
}

/** A form that is known is read as it is meant, nothing else is taken for anything, and what cannot be read is told. */
function judge<T>(told: Told, column: string, { value, meant }: Written<T>, got: unknown, same: (is: T) => boolean) {
  const what = `${column} ${JSON.stringify(value)} was read as ${JSON.stringify(got)}`;
  const isTold = told.remarks.some((remark) => remark.column === column);
  if (meant === 'absent') expect(got, what).toBeUndefined();
  else if (meant === 'odd') expect(got === undefined && isTold, `${what}, in silence`).toBe(true);
  else expect(same(meant.is), what).toBe(true);
}
const all = (got: unknown) => (is: string[]) => is.every((each) => wordsIn(got).includes(each));

const check = (property: fc.IProperty<unknown>) => fc.assert(property as never, { numRuns: 400, seed: SEED });

describe('what is written is read as it is meant, or told', () => {
  it('in a row of qa/', () => {
    check(
      fc.property(verdict, score, text, text, (pass, points, evidence, note) => {
        const row = {
          rule_name: 'R',
          pass: pass.value,
          score: points.value,
          evidence: evidence.value,
          coach_note: note.value,
        };
        const anchor = { rule_name: 'Anchor', pass: true, score: 100, evidence: 'hello' };
        const told = normalized({ calls: { ...DEFAULT_CALL }, qa: [row, anchor] });
        const result = told.call.rules.find(({ rule }) => rule === 'r');
        judge(told, 'pass', pass, result?.pass, (is) => result?.pass === is);
        judge(told, 'score', points, result?.score, (is) => Math.abs((result?.score ?? Number.NaN) - is) < 1e-9);
        judge(told, 'evidence', evidence, result?.evidence, all(result?.evidence));
        judge(told, 'coach_note', note, result?.coachNote, all(result?.coachNote));
      }) as never,
    );
  });

  it('in the cells of a sheet', () => {
    const cell = (value: unknown): string =>
      value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    check(
      fc.property(
        verdict,
        score,
        verdict,
        score,
        seconds,
        start,
        text,
        (pass, points, own, total, length, begun, why) => {
          const cells = {
            qa_r_pass: pass,
            qa_r_score: points,
            qa_r_reason: why,
            qa_overall_pass: own,
            overall_score: total,
            duration_seconds: length,
            started_at: begun,
          };
          const row = Object.fromEntries(Object.entries(cells).map(([column, { value }]) => [column, cell(value)]));
          const told = normalized({ row: { ...row, qa_anchor_pass: 'true' } });
          const { call } = told;
          const result = call.rules.find(({ rule }) => rule === 'r');
          const near = (got: number | undefined) => (is: number) => Math.abs((got ?? Number.NaN) - is) < 1e-9;
          judge(told, 'qa_r_pass', pass, result?.pass, (is) => result?.pass === is);
          judge(told, 'qa_r_score', points, result?.score, near(result?.score));
          if (result) judge(told, 'qa_r_reason', why, result.reason, all(result.reason));
          // With neither, a score would decide.
          if (own.meant !== 'absent' && own.meant !== 'odd')
            judge(told, 'qa_overall_pass', own, call.passed, (is) => call.passed === is);
          judge(told, 'overall_score', total, call.score, near(call.score));
          judge(told, 'duration_seconds', length, call.durationSeconds, near(call.durationSeconds));
          const at = call.started ?? call.day ?? undefined;
          judge(told, 'started_at', begun, at, (is) => at === is);
        },
      ) as never,
    );
  });

  it('in insights of both forms, in Athena’s too', () => {
    const athena: Dress<string[]> = fc
      .tuple(words, words)
      .chain(([a, b]) =>
        fc.oneof(means([a], `[${a}]`, `{note=${a}}`), means([a, b], `[${a}, ${b}]`, `{a=${a}, b=${b}}`)),
      );
    check(
      fc.property(text, fc.oneof(text, athena), (flat, wide) => {
        const insightOf = ({ call }: Told) => call.insights.find(({ key }) => key === 'next_steps')?.value;
        const own = normalized({ calls: { ...DEFAULT_CALL, next_steps: flat.value } });
        judge(own, 'next_steps', flat, insightOf(own), all(insightOf(own)));
        const cell = typeof wide.value === 'string' ? wide.value : JSON.stringify(wide.value);
        const told = normalized({ row: { next_steps: cell } });
        const got = insightOf(told);
        judge(told, 'next_steps', wide, got, all(got));
        if (typeof wide.value === 'string' && /^[[{]/.test(wide.value))
          expect(wordsIn(got), wide.value).not.toMatch(/^[[{]|[\]}]$/);
      }) as never,
    );
  });
});
