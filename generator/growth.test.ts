/**
 * What a call costs as it grows. Time is this thread's own, as a ratio of eightfold input to what it was before: 8 where it is in
 * proportion to the input, 64 where it is the square; below a floor nothing can be told.
 */
import { describe, expect, it } from 'vitest';
import type { Call, Utterance } from '#shared/model.ts';
import { lanesOf } from '../site/report/call/transcript/lanes.ts';
import { transcriptOf } from '../site/report/call/transcript/transcript.ts';
import { isLong } from './fixtures/long.ts';
import { CONFIG, DEFAULT_CALL, DEFAULT_ROW, rule } from './fixtures/world.ts';
import { encodeText } from './lib/bytes.ts';
import { mailboxProblem } from './lib/mail-address.ts';
import { zoneProblem } from './lib/time-zones.ts';
import { maskNames } from './masking/names.ts';
import { normalizeCall } from './normalize/call.ts';
import { maskWith } from './normalize/mask.ts';
import { readLines, readObject } from './source/json.ts';
import { holdsLoneCr, oddLineEnds } from './source/line-ends.ts';
import { type RawCall, unread } from './source/read.ts';
import { tenantConfig } from './tenants/config.ts';

const FLOOR_MS = 4;
const MOST = 24;

/** Two rounds, of which the least counts: what else the machine does only adds to it. */
function cost(work: () => unknown): number {
  const rounds = [1, 2].map(() => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...rounds);
}

/** @param workOn what is done with an input of a size */
function growth(size: number, workOn: (size: number) => () => unknown): number {
  const before = Math.max(cost(workOn(size)), FLOOR_MS);
  return cost(workOn(8 * size)) / before;
}

const config = tenantConfig({ ...CONFIG, metadata: { Note: 'note' } }, undefined, true, {
  json_output_schema: { next: [] },
});
const mask = maskWith('k'.repeat(32), 'org_1', config.agentDomains);

/** Pieces that patterns begin again at, fail late at, or take for two things. */
// biome-ignore format: a list of pieces
const PIECES = [
  '@', '@:1', '(', '"', ' ', '\r', '%25', '&amp;', '```', '[', '{a=b, ', '0', '441632960777', ...(isLong ? [
  '7 ', 'A b ',
  ')', '“" ', '\t', '\n', '\r\n', '.', ', ', '!', '%', '&', '\\', '`', '{', ']', '=', '<', '<a', '>', ':', ':1', ';', '/0', '00 ', '7',
  '0163296 ', '1-', '•', 'a', 'a.', 'é', '\u0301', 'ﷺ', '…', 'at ', 'dot ', '[a, ', "Rule 'a': ", 'x'] : []),
];

/** One text in every field of a call. */
const callOf = (text: string, party: string): RawCall => ({
  ...unread('c1'),
  calls: {
    ...DEFAULT_CALL,
    direction: 'inbound',
    from_number: party,
    summary: text,
    next: [text, { a: text }],
    start_timestamp: text,
    duration_seconds: text,
  },
  qa: [rule('a', { category: text, evidence: text, coach_note: text, pass: text, score: text }), rule(text)],
  enriched: {
    transcript: [
      { speaker: text, text },
      { speaker: 'agent', text },
    ],
    pipeline: { language: text, not_evaluated: text },
  },
  metadata: { raw: { metadata: { note: text } } },
});
const rowOf = (text: string): RawCall => ({
  ...unread('c1'),
  row: {
    ...DEFAULT_ROW,
    calling_party: text,
    agent_id: text,
    summary: text,
    next: text,
    started_at: text,
    duration_seconds: text,
    overall_score: text,
    qa_overall_pass: text,
    qa_rule_1_description: text,
    direction: text,
  },
});

describe('a text of eight times the length', () => {
  it.each(PIECES)('takes eight times as long, and not its square: %j', (piece) => {
    const text = (size: number) => `${piece.repeat(Math.ceil(size / piece.length))}\u0000`;
    const ratio = growth(isLong ? 2000 : 400, (size) => {
      const long = text(size);
      const calls = [callOf(long, '+441632960777'), callOf(long, long), rowOf(long)];
      return () => {
        for (const call of calls) {
          normalizeCall(call, config);
          normalizeCall(call, config, mask);
        }
        for (const read of [oddLineEnds, holdsLoneCr, maskNames, mailboxProblem, zoneProblem]) read(long);
        for (const read of [readObject, readLines]) read(encodeText(`{"a":${long}`));
      };
    });
    expect(ratio).toBeLessThan(MOST);
  });
});

describe('eight times as many', () => {
  const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  const normalized = (spec: Partial<RawCall>) => () =>
    normalizeCall({ ...unread('c1'), calls: DEFAULT_CALL, ...spec }, config, mask);
  const said = (size: number, of = 'word'): Utterance[] =>
    many(size, (i) => ({ speaker: `s${i}`, start: i, end: i + 1, text: `${of} ${of} ${of} number ${i % 1000}` }));
  const page = (rules: Call['rules'], turns: Utterance[]) => () => {
    const call = { direction: 'inbound' as const };
    const { voices, rules: quoted } = transcriptOf(
      rules.map((each) => ({ critical: false, ...each })),
      turns,
      call,
    );
    return lanesOf(turns, voices, quoted);
  };
  const quoting = (count: number, evidence: (i: number) => string) =>
    many(count, (i) => ({ rule: `r${i}`, name: `r${i}`, pass: true, evidence: evidence(i) }));

  /** Rules times turns as long as there are few of both, and no more than a page's own budget. */
  const budgeted: [string, number, (size: number) => () => unknown][] = [
    [
      'quotes in pieces',
      60,
      (size) =>
        page(
          quoting(size, () => 'word word … '.repeat(20)),
          said(16 * size),
        ),
    ],
  ];
  it.each<[string, number, (size: number) => () => unknown]>([
    ['turns', 500, (size) => normalized({ enriched: { transcript: said(size) } })],
    ['turns of numbers', 200, (size) => normalized({ enriched: { transcript: said(size, '0163296') } })],
    [
      'rules',
      120,
      (size) =>
        normalized({ qa: many(size, (i) => rule(`r${i}`, { pass: 'MAYBE', score: 'x', evidence: 'e '.repeat(50) })) }),
    ],
    ['rules of one name', 100, (size) => normalized({ qa: many(size, () => rule('r', { pass: 'x' })) })],
    ['insights', 100, (size) => normalized({ calls: Object.fromEntries(many(size, (i) => [`k${i}`, `v${i}`])) })],
    ['values of an insight', 500, (size) => normalized({ calls: { list: many(size, (i) => ({ a: [i, `${i}`] })) } })],
    ['voices', 1000, (size) => page([], said(size))],
    [
      'quotes',
      120,
      (size) =>
        page(
          quoting(size, (i) => `word word word number ${i}`),
          said(16 * size),
        ),
    ],
    [
      'quotes of the same words',
      60,
      (size) =>
        page(
          quoting(size, () => 'word word nothing'),
          said(16 * size),
        ),
    ],
    [
      'quotes of one long turn',
      60,
      (size) =>
        page(
          quoting(size, (i) => `number ${i} word`),
          [
            {
              speaker: 'a',
              text: said(16 * size)
                .map(({ text }) => text)
                .join(' '),
            },
          ],
        ),
    ],
    ...(isLong ? budgeted : []),
  ])('take eight times as long, and not its square: %s', (_what, size, workOn) => {
    expect(growth(isLong ? size : Math.ceil(size / 6), workOn)).toBeLessThan(MOST);
  });
});
