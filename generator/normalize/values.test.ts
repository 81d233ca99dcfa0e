import { describe, expect, it } from 'vitest';
import { agentId, agentName } from '#shared/calls/parties.ts';
import { parseMoment } from '../lib/time.ts';
import { readAthena } from './athena.ts';
import { momentsUpTo } from './moments.ts';
import { partyOf } from './party-value.ts';
import { nameOf, readText, textBudget, textOf } from './texts.ts';
import { callLengthOf, scoreOf, verdictOf } from './values.ts';

const told = (code: string) => ({ told: code });

describe('a verdict', () => {
  it.each<[unknown, object]>([
    ...[true, 1, '1', '1.0', 'true', 'TRUE', ' Yes ', 'pass', 'Passed', 'met', 'MET'].map(
      (value): [unknown, object] => [value, { value: true }],
    ),
    ...[false, 0, '0', 'false', 'No', 'FAIL', 'failed', 'not met', 'Not  Met'].map((value): [unknown, object] => [
      value,
      { value: false },
    ]),
    ...[null, undefined, '', ' ', 'n/a', 'N/A', 'Not applicable', 'null', 'None', '-'].map(
      (value): [unknown, object] => [value, {}],
    ),
    ...['maybe', 85, '85', 'partially', 'yes, mostly', 'no?', 'pass/fail', '✓', [true], { pass: true }].map(
      (value): [unknown, object] => [value, told('not-a-verdict')],
    ),
    ...['Passed.', '**PASS**', '"yes"', '`true`'].map((value): [unknown, object] => [
      value,
      { value: true, ...told('read-as-passed') },
    ]),
    ...['NOT_MET', 'not-met', 'Not met.', 'failed!', '(no)'].map((value): [unknown, object] => [
      value,
      { value: false, ...told('read-as-failed') },
    ]),
  ])('of %j is %j', (value, reading) => expect(verdictOf(value)).toEqual(reading));
});

describe('a score', () => {
  it.each<[unknown, object]>([
    [85, { value: 85 }],
    ['85', { value: 85 }],
    [' 85.5 ', { value: 85.5 }],
    ['8.5e1', { value: 85 }],
    ['85 %', { value: 85 }],
    ['85%', { value: 85 }],
    ['8/10', { value: 80 }],
    ['7 / 10', { value: 70 }],
    ['8 of 10', { value: 80 }],
    ['8 out of 10', { value: 80 }],
    ['3 OUT  OF 4', { value: 75 }],
    ['0', { value: 0 }],
    [null, {}],
    ['n/a', {}],
    ['not applicable', {}],
    [101, told('not-a-score')],
    [-1, told('not-a-score')],
    ['12/10', told('not-a-score')],
    ['8/0', told('not-a-score')],
    ['8,5', told('not-a-score')],
    ['high', told('not-a-score')],
    [true, told('not-a-score')],
    [[85], told('not-a-score')],
  ])('of %j is %j', (value, reading) => expect(scoreOf(value)).toEqual(reading));
});

describe('the length of a call', () => {
  it.each<[unknown, object]>([
    ['60', { value: 60 }],
    ['6E1', { value: 60 }],
    ['00:01:23', { value: 83 }],
    ['1:00:00', { value: 3600 }],
    ['0 days 00:01:23.5', { value: 83.5 }],
    ['24:00:00', { value: 86_400 }],
    ['24:00:01', told('too-long')],
    [90_000, told('too-long')],
    ['1:23', told('not-a-length')],
    ['00:61:00', told('not-a-length')],
    ['5,5', told('not-a-length')],
    ['NULL', told('absent-word')],
    ['', {}],
    // It is no length, and the end takes its place no more than before.
    [-60, { value: -60, told: 'negative' }],
  ])('of %j is %j', (value, reading) => expect(callLengthOf(value)).toEqual(reading));
});

describe('a text', () => {
  it.each<[string, unknown]>([
    ['NULL', null],
    ['\\N', null],
    ['\\n', null],
    ['none', null],
    ['N/A', null],
    ['-', null],
    ['–', null],
    ['NaN', null],
    ['nan', null],
    ['Nan', 'Nan'],
    ['- a list', '- a list'],
    ['{"name":"billing"}', { name: 'billing' }],
    ['["a", "null"]', ['a']],
    ['```json\n{"a": "b"}\n```', { a: 'b' }],
    ['```\r\nHello.\r\n```', 'Hello.'],
    ['```json{"a":1}```', { a: 1 }],
    ['```json\n{"a": "b', '{"a": "b'],
    ['```null```', null],
    ['```\na\n``` and ```\nb\n```', '```\na\n``` and ```\nb\n```'],
    ['[not json', '[not json'],
  ])('of %j is %j', (text, value) => expect(readText(text)).toEqual(value));

  it.each<[unknown, string | undefined]>([
    ['hello', 'hello'],
    [['hello', 'bye'], 'hello\nbye'],
    [{ turn: 3, quote: 'hello' }, 'hello\nturn: 3'],
    [[{ quote: 'hello' }, null, 'N/A'], 'hello'],
    ['["hello", "bye"]', 'hello\nbye'],
    [5, '5'],
    [false, 'false'],
    [null, undefined],
    ['', undefined],
    ['None', undefined],
    [['n/a', ''], undefined],
    [{ quote: null }, undefined],
  ])('as evidence or a note of %j is %j', (value, text) => expect(textOf(value).value).toBe(text));

  it('as a name is one line', () => expect(nameOf([' Identity \u00a0', 'verified']).value).toBe('Identity verified'));
});

describe('Athena’s text', () => {
  it.each<[string, boolean, unknown]>([
    ['[A call about a parcel.]', true, 'A call about a parcel.'],
    ['[Call back, Send form]', false, ['Call back', 'Send form']],
    ['[Call back, null, Send form]', false, ['Call back', 'Send form']],
    ['[First, second]', true, 'First, second'],
    ['{name=billing, score=0.9}', true, { name: 'billing', score: '0.9' }],
    ['{note=late, again, by=Ann}', false, { note: 'late, again', by: 'Ann' }],
    [
      '[{name=a, score=1}, {name=b, score=2}]',
      false,
      [
        { name: 'a', score: '1' },
        { name: 'b', score: '2' },
      ],
    ],
    ['[a [inaudible, b]', false, ['a [inaudible', 'b']],
    ['{name}', true, undefined],
    ['[A] said [B]', true, undefined],
    ['{a=1, a=2}', false, undefined],
    ['{__proto__=1}', false, undefined],
    ['[1e999]', false, undefined],
    ['plain', false, undefined],
  ])('%j is %j', (text, isText, value) => expect(readAthena(text, isText, textBudget())?.value).toEqual(value));
});

describe('a time', () => {
  it.each<[string, string | undefined]>([
    ['2026-03-30T10:00:00Z', '2026-03-30T10:00:00.000Z'],
    ['2026-03-30 10:00:00.000 UTC', '2026-03-30T10:00:00.000Z'],
    ['2026-03-30 10:00:00.000 Europe/London', '2026-03-30T09:00:00.000Z'],
    ['2026-01-30 10:00:00 Europe/London', '2026-01-30T10:00:00.000Z'],
    ['2026-03-30T10:00:00+02:00[Europe/Paris]', '2026-03-30T08:00:00.000Z'],
    ['2026-03-30T10:00 Asia/Kathmandu', '2026-03-30T04:15:00.000Z'],
    ['2026-10-25 01:30 Europe/London', '2026-10-25T00:30:00.000Z'],
    ['20260330T100000Z', '2026-03-30T10:00:00.000Z'],
    ['20260330T1000+0200', '2026-03-30T08:00:00.000Z'],
    ['2026-03-30T10:00:00.1234567-0330', '2026-03-30T13:30:00.123Z'],
    ['2026-03-30 10:00 Europe/Nowhere', undefined],
    ['2026-03-30 10:00 PM', undefined],
    ['2026-03-30 10:00 BST', undefined],
    ['2026-02-30T10:00:00Z', undefined],
    ['2026-03-30T10:00:00+25:00', undefined],
    ['2026-03-30T25:00:00Z', undefined],
    ['10/29/2020', undefined],
    ['2020/05/04 10:53:43', undefined],
    ['1774864800', undefined],
  ])('%j is %j', (text, instant) => {
    const moment = parseMoment(text);
    expect(moment && 'at' in moment ? new Date(moment.at).toISOString() : undefined).toBe(instant);
  });

  it('without an hour is a day, wherever it is', () => {
    expect(parseMoment('2026-03-01')).toEqual({ day: '2026-03-01' });
    expect(parseMoment('2026-02-29')).toBeUndefined();
    expect(parseMoment('2024-02-29')).toEqual({ day: '2024-02-29' });
  });

  it('that cannot be true is told: before 2000, or later than a day after its object came', () => {
    const modified = Date.parse('2026-04-02T12:00:00Z');
    const of = momentsUpTo(modified, 'America/Chicago');
    expect(of('1999-12-31T23:59:59Z')).toEqual(told('too-early'));
    expect(of('0001-01-01')).toEqual(told('too-early'));
    expect(of('2000-01-01')).toEqual({ value: { day: '2000-01-01' } });
    expect(of('2026-04-03T12:00:00Z').value).toBeDefined();
    expect(of('2026-04-03T12:00:00.001Z')).toEqual(told('too-late'));
    expect(of('2026-04-03').value).toBeDefined();
    expect(of('2026-04-04')).toEqual(told('too-late'));
    expect(of('9999-12-31T23:59:59Z')).toEqual(told('too-late'));
    expect(momentsUpTo(undefined, 'UTC')('9999-12-31')).toEqual(told('too-late'));
    expect(of('NULL')).toEqual(told('absent-word'));
    expect(of('30/03/2026')).toEqual(told('not-a-timestamp'));
    expect(of(1774864800)).toEqual(told('not-a-timestamp'));
  });
});

describe('a party', () => {
  it.each<[unknown, object]>([
    ['+441632960001', { value: '+441632960001' }],
    ['441632960001.0', { value: '441632960001' }],
    ['jane.doe@mail.example', { value: 'jane.doe@mail.example' }],
    ['2001', { value: '2001' }],
    ['4.41633E+11', told('ruined-number')],
    ['4,4E11', told('ruined-number')],
    ['########', told('ruined-number')],
    ['0', told('nobodys-number')],
    ['+0', told('nobodys-number')],
    ['Anonymous', told('nobodys-number')],
    ['sip:anonymous@anonymous.invalid', told('nobodys-number')],
    ['withheld', told('nobodys-number')],
    ['Unknown caller', told('nobodys-number')],
    ['a@mail.example', { value: 'a@mail.example' }],
    ['Reception', { value: 'Reception' }],
    ['unknown', told('nobodys-number')],
    [null, {}],
    ['', {}],
  ])('of %j is %j', (value, reading) => expect(partyOf(value)).toEqual(reading));
});

it('compares agents’ names in NFKC, single spaces and without case, and cleans only addresses', () => {
  const ids = ['ann  SMITH', 'Ｍüller, Jürgen', 'Ann; Bob', 'Bob?', '<script>', 'hotel: desk'].map(agentId);
  expect(ids).toEqual(['ann smith', 'müller, jürgen', 'ann; bob', 'bob?', '<script>', 'hotel: desk']);
  const addresses = ['SIP:Ann@agents.example;transport=tls', 'tel:+441632960777;ext=2', 'Ann <Ann@agents.example>'];
  expect(addresses.map(agentId)).toEqual(['ann@agents.example', '+441632960777', 'ann@agents.example']);
  expect(agentName("  Mary   O'Brien ")).toBe("Mary O'Brien");
});
