import { describe, expect, it } from 'vitest';
import { aliasOf } from './alias.ts';
import { maskMessages, maskNames } from './names.ts';
import { outsideNames } from './outside-names.ts';

describe('a name of what is no known call', () => {
  it.each([
    ['final/v2.0-flat/calls/441632960777_in.jsonl', 'final/v2.0-flat/calls/•••_in.jsonl'],
    ['final/v2.0-flat/calls/2026-03-30 01632 960 777.csv', 'final/v2.0-flat/calls/2026-03-30 •••.csv'],
    ['enriched/01632-960-777.json', 'enriched/•••.json'],
    ['enriched/01632 er 960 er 777.json', 'enriched/•• er •• er •••.json'],
    ['enriched/(01632)%20960777.json', 'enriched/•••.json'],
    ['enriched/06 12 34 56 78.json', 'enriched/•••.json'],
    ['caller ⓪①⑥③②⑨⑥⓪⑦⑦⑦', 'caller •••'],
    ['row 1234567: its 441632960777', 'row 1234567: its •••'],
  ])('is shown without the number in %j', (name, shown) => {
    expect(maskNames(name)).toBe(shown);
    expect(maskNames(shown)).toBe(shown);
  });

  it.each([
    'final/v2.0-flat/calls/2026-03-30.csv',
    'final/v2.0-flat/calls/30.03.2026 to 31.03.2026 v2.csv',
    'final/v2.0-flat/qa/q2-empty.jsonl',
    'enriched/rec_17_agent_42.json',
    'row 1234567: it has 12 fields where the header has 11',
    '5000000 more rows of it are refused',
    'qa_rule_12_score',
  ])('keeps what is no number in %j', (name) => {
    expect(maskNames(name)).toBe(name);
  });
});

describe('groups of digits in a name', () => {
  const far = (signs: number) => `x12345${'.'.repeat(signs)}67`;
  it.each([
    ['x1234567', 'x•••'],
    ['x123456', 'x123456'],
    ['1 2 3 4 5 6 7', '•••'],
    ['a1 b2 c3 d4 e5 f6 g7', 'a1 b2 c3 d4 e5 f6 g7'],
    ['a12 b34 c56 d7', 'a12 b34 c56 d7'],
    ['a12 b34 c56 d78', 'a•• b•• c•• d•••'],
    ['a12 b34 c5 6 d78', 'a•• b•• c•• d•••'],
    [far(60), 'x••............................................................•••'],
    [far(61), far(61)],
    // A date is none, alone or beside others.
    ['2026-03-30', '2026-03-30'],
    ['2026-3-30', '2026-3-30'],
    ['03/30/2026', '03/30/2026'],
    ['31.12.1999 and 2026-15-12', '31.12.1999 and 2026-15-12'],
    ['2026-03-30 12345 and 67', '2026-03-30 •• and •••'],
    ['1 2026-03-30 2', '1 2026-03-30 2'],
    ['1 2026-03-30 234567', '1 2026-03-30 234567'],
    ['2126-03-30', '•••'],
    ['2026-03-99', '•••'],
    ['2026-99-30', '•••'],
    ['2026-00-30', '•••'],
    ['2026-32-12', '•••'],
    ['2026-030-12', '•••'],
    ['2026-303-12', '•••'],
    ['30-03-12026', '•••'],
    ['30-03-20261', '•••'],
    ['2026--03-30', '•••'],
    ['2026-03 - 30', '•••'],
    ['2026x03x3099', '••x••x•••'],
  ])('of %j are hidden as %j', (name, shown) => {
    expect(maskNames(name)).toBe(shown);
  });

  it('are hidden for a tenant that masks, and for no other', () => {
    expect(outsideNames({ masking: true } as never)('c 01632 960 777')).toBe('c •••');
    expect(outsideNames({ masking: false } as never)('c 01632 960 777')).toBe('c 01632 960 777');
  });
});

describe('a message', () => {
  const mask = maskMessages(['org_12345678', 's3://results-123456789012-eu-central-1']);

  it('keeps addresses, stores, blobs and pages, and hides numbers and keys', () => {
    const kept = `s3://results-123456789012-eu-central-1 at 127.0.0.1:9000 after 10 s: org_12345678/blobs/${'0123456789abcdef'.repeat(4)}.br.7 of /calls/~012345678901234567890123/`;
    expect(mask(kept)).toBe(kept);
    expect(mask('10.0.0.1:80: unusable key: "org_12345678/enriched/01632 960-777.json"')).toBe(
      '10.0.0.1:80: unusable key: "org_12345678/enriched/•••.json"',
    );
    expect(mask('enriched/01632 960-777.json')).toBe('enriched/•••.json');
    expect(mask('after 01632 960-777 ms')).toBe('after 01632 960-777 ms');
    expect(mask('cannot open /data/441632960777')).toBe('cannot open /data/•••');
  });
});

describe('a call’s id where outside parties are masked', () => {
  const alias = (id: string, isNumberKnown = true) => aliasOf('k'.repeat(32), 'org_1', id, [], isNumberKnown);

  it.each([
    'c1',
    '2026-03-30_101500_17',
    'fb2c44ad-2a44-4a36-b1c4-7f3b6c1f0d2e',
    '00000000-0000-4000-8000-000000000000',
    '00000000000040008000000000000000',
    'call_0123456789abcdef',
  ])('is itself where it is %s', (id) => {
    expect(alias(id)).toBeUndefined();
  });

  it.each([
    ['20260330101500', /^••00-[0-9a-f]{10}$/],
    ['rec_1234567_ann', /^rec_••67-[0-9a-f]{10}_ann$/],
    ['1234567890123456', /^••56-[0-9a-f]{10}$/],
    ['rec +4416329', /^rec ••29-[0-9a-f]{10}$/],
  ])('hides a run of seven digits or more in %s', (id, shown) => {
    expect(alias(id)).toEqual({ id: expect.stringMatching(shown), segment: expect.stringMatching(/^~[0-9a-f]{24}$/) });
  });

  it('hides groups of digits where no number of the outside party is known', () => {
    expect(alias('a-01632-960-777')).toBeUndefined();
    expect(alias('a-01632-960-777', false)?.id).toMatch(/^a-••77-[0-9a-f]{10}$/);
    expect(alias('a-2026-03-30-17', false)).toBeUndefined();
  });

  it('has a path under the key also where it is shown and could be none', () => {
    expect(alias('a b')).toEqual({ id: 'a b', segment: expect.stringMatching(/^~[0-9a-f]{24}$/) });
    expect(alias('a b')?.segment).not.toBe(alias('a c')?.segment);
    expect(aliasOf('k'.repeat(32), 'org_2', 'a b', [], true)?.segment).not.toBe(alias('a b')?.segment);
    const other = aliasOf('j'.repeat(32), 'org_1', 'a b', [], true);
    expect([alias('a b')?.segment, alias('a c')?.segment]).not.toContain(other?.segment);
  });
});
