import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallRow, decodeCalls, encodeCalls } from './calls.ts';
import { decodeWords, encodeWords } from './words.ts';

const text = fc.string({ unit: 'binary' });
const name = fc.oneof(fc.constantFrom('a', '__proto__', 'constructor', ''), text);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const instant = fc
  .date({ min: new Date(0), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const number = fc
  .oneof(
    fc.nat(100),
    fc.integer({ min: -100, max: 100 }).map((n) => n / 100),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  .map((n) => n + 0);

const row: fc.Arbitrary<CallRow> = fc.record({
  id: fc.oneof(fc.uuid(), text),
  path: fc.oneof(
    fc.constant('/calls/c1/'),
    text.map((id) => `/calls/${id}/`),
  ),
  day: fc.constantFrom(null, '2026-03-30', '2026-03-31'),
  started: maybe(instant),
  ended: maybe(instant),
  durationSeconds: maybe(number.map(Math.abs)),
  direction: fc.constantFrom('inbound', 'outbound', 'internal', 'unknown'),
  directionDerived: maybe(fc.constant(true)),
  from: maybe(text),
  to: maybe(text),
  agent: fc.option(text),
  sentimentLabel: maybe(fc.constantFrom('positive', 'neutral', 'negative', 'mixed')),
  sentiment: maybe(number),
  sentimentGiven: maybe(fc.constant(true)),
  qa: fc.constantFrom('evaluated', 'not evaluated', 'not evaluated yet'),
  score: maybe(number),
  grade: maybe(text),
  passed: maybe(fc.boolean()),
  passedGiven: maybe(fc.constant(true)),
  tooShort: maybe(fc.constant(true)),
  rules: fc.dictionary(name, fc.boolean()),
  metadata: maybe(
    fc.uniqueArray(fc.record({ label: name, value: text }), { selector: ({ label }) => label, minLength: 1 }),
  ),
  topic: maybe(text),
  phrases: maybe(fc.uniqueArray(name).map((names) => names.sort())),
  insights: maybe(
    fc.dictionary(
      name.map((key) => `insight.${key}`),
      text,
      { minKeys: 1 },
    ),
  ),
});

/** Metadata lies in the order of its labels. */
const sorted = (rows: readonly CallRow[]) =>
  rows.map(({ metadata, ...rest }) => ({
    ...rest,
    metadata: metadata?.toSorted((a, b) => (a.label < b.label ? -1 : 1)),
  }));

const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('the columns of calls', () => {
  it('give back the calls that they were made from, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        expect(sorted(decodeCalls(sent(encodeCalls(rows, 'stamp'))))).toEqual(sorted(rows));
      }),
    );
  });

  it('write UUIDs without hyphens, few different texts once, and no end that follows from start and length', () => {
    const ids = ['01234567-89ab-cdef-0123-456789abcdef', 'fedcba98-7654-3210-fedc-ba9876543210'];
    const rows = ids.map(
      (id): CallRow => ({
        id,
        path: `/calls/${id}/`,
        day: '2026-03-30',
        started: '2026-03-30T10:00:00.000Z',
        ended: '2026-03-30T10:01:00.000Z',
        durationSeconds: 60,
        direction: 'inbound',
        agent: 'ann@agents.example',
        qa: 'evaluated',
        rules: { 'says goodbye': true },
      }),
    );
    const columns = sent(encodeCalls(rows, 'stamp'));
    expect(columns).toMatchObject({
      ids: { uuids: ids.join('').replaceAll('-', '') },
      paths: [],
      days: [['2026-03-30', 2]],
      agent: { words: ['ann@agents.example'], at: [0, 0] },
      rules: [{ rule: 'says goodbye', each: '11' }],
    });
    expect(columns).not.toHaveProperty('ended');
    expect(sorted(decodeCalls(columns))).toEqual(sorted(rows));
  });

  it('write a rule that few calls have at those calls only', () => {
    const rows = Array.from(
      { length: 1000 },
      (_, i) => ({ rules: { [`rule ${i}`]: i % 2 === 0 } }) as unknown as CallRow,
    );
    const { rules } = encodeCalls(rows, 'stamp');
    expect(rules.find(({ rule }) => rule === 'rule 7')).toEqual({ rule: 'rule 7', steps: [7], passed: '0' });
  });
});

describe('the columns of words', () => {
  it('give back the words that they were made from', () => {
    const words = fc.record({ summary: maybe(text) });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (list) => {
        expect(decodeWords(sent(encodeWords(list, 'stamp')))).toEqual(list);
      }),
    );
  });
});
