import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Answer } from '../commands/command.ts';
import { HOSTILE_LINES, obeyedIn } from '../fixtures/hostile-lines.ts';
import { type Log, print, silentLog } from './console.ts';
import { UserError } from './errors.ts';
import { jsonLine, oneLine, type Printable, printable, quoted, say, shownJson } from './printable.ts';

const ways: [string, (text: string) => Printable][] = [
  ['a value of a sentence', (text) => say`before ${text} after`],
  ['a value at the start of a sentence', (text) => say`${text}`],
  ['several values that only together are a command', (text) => say`:${text.slice(0, 1)}${text.slice(1)}:#${text}#`],
  ['a list', (text) => say`${['a', text]}`],
  ['a word in quotes', quoted],
  ['JSON in a sentence', shownJson],
  ['JSON as a key in a sentence', (text) => shownJson({ [text]: 1 })],
  ['a line of JSON', (text) => jsonLine({ [text]: text })],
  ['sentences put together', (text) => oneLine([say`${text}`, say`:`, say`:x`], '')],
  ['a line as it came', printable],
];

it.each(ways)('shows hostile text as text: %s', (_way, shown) => {
  for (const text of HOSTILE_LINES) {
    expect(obeyedIn(`${shown(text)}\n`)).toEqual([]);
    expect(shown(text).isWellFormed()).toBe(true);
    // What is harmless stays as it is, however often it is put into another sentence.
    expect(printable(shown(text), Number.POSITIVE_INFINITY)).toBe(shown(text));
  }
});

it('leaves plain text alone', () => {
  const text =
    'acme: "Überprüfung" → 12 of 14 (86 %), s3://bucket/prefix?endpoint=http://127.0.0.1:9000, 你好 👋, [::1]:4321';
  expect(say`${text}`).toBe(text);
});

it('cuts what is too long, and keeps the longest key whole', () => {
  const key = `${'k'.repeat(1000)}.json`;
  expect(say`${key}`).toBe(key);
  for (const [, shown] of ways.filter(([name]) => name !== 'a line of JSON'))
    expect(shown('x'.repeat(1_000_000)).length).toBeLessThan(21_000);
});

it('gives machines the very value', () => {
  const value = { texts: HOSTILE_LINES.filter((text) => text.isWellFormed()), [HOSTILE_LINES[0]]: [1.5, null, true] };
  expect(JSON.parse(jsonLine(value))).toEqual(value);
});

it('is the only text that compiles where something is printed', () => {
  const text: string = 'from outside';
  const result = (value: string) => value;
  const calls = (log: Log): unknown[] => [
    // @ts-expect-error a plain string
    () => print(text),
    // @ts-expect-error a plain string
    () => log.say(text),
    // @ts-expect-error a literal that was made with one
    () => log.say(`a ${text}` as const),
    // @ts-expect-error a changed one
    () => log.say(say`a`.slice(1)),
    // @ts-expect-error a name of a step
    () => log.step(text, async () => 1),
    // @ts-expect-error its result
    () => log.step(say`a`, async () => text, result),
    // @ts-expect-error a problem
    () => new UserError([text]),
    // @ts-expect-error a line of an answer
    (): Answer => ({ json: {}, text: [text], failed: false }),
  ];
  expect(calls(silentLog)).toHaveLength(8);
});

it('is printed in one place, and made in one', () => {
  // The summary of a job is made of what the commands have read.
  const files = ['generator/**/*', 'site/gate/**/*', 'scripts/summary'].flatMap((path) =>
    globSync(`${path}.{ts,js,mjs,astro}`, {
      exclude: ['**/*.test.ts', '**/fixtures/**', '**/testing/**', '**/gate/scripts/**'],
    }),
  );
  expect(files).toContain('scripts/summary.ts');
  const matching = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(file, 'utf8')));
  // The entry says one sentence of its own where a Node is too old to read anything else; a question is put by Node's own reader of lines.
  expect(matching(/\bconsole(?!\.ts')\s*[.[]|\bprocess\.std(?:out|err)\b/).sort()).toEqual([
    'generator/lib/command-line/ask.ts',
    'generator/lib/console.ts',
    'generator/reports.mjs',
  ]);
  expect(matching(/\bas (?:unknown as )?Printable\b/)).toEqual(['generator/lib/printable.ts']);
});
