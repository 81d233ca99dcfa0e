import { describe, expect, it } from 'vitest';
import { addressPattern } from '../../generator/masking/address-spans.ts';
import { whyNotLinear } from './linear.ts';
import { regexesIn, regexesOfSources } from './regexes.ts';

/** Patterns that are put together while the program runs: file → what they may look like. */
const MADE: { [file: string]: readonly string[] } = {
  'generator/digest/mail/outbox.ts': ['^Subject: (.*)$'],
  // A party has a length, and its words stand as they are: between two of them only marks may vary.
  'generator/masking/address-spans.ts': ['a@b', '@.@', 'a b', '. .'].map(addressPattern),
  // Keys of the settings, as they stand, beside a pattern that is in the source.
  'generator/masking/names.ts': [String.raw`final\/v1\.0\/|file:\/\/\/a\.b\/c|s3:\/\/aa`],
  // What a reader looks for on his own page: as it stands, with any space between words.
  'site/report/call/transcript/find-places.ts': ['a', String.raw`a\s+b\s+a`, String.raw`\.\s+\.\s+\(`],
  'site/report/search/requested-call.ts': [String.raw`^\d{4}-01-02$`],
};

/** Patterns that are not linear, and what bounds the text before they run. */
const BOUNDED: { [pattern: string]: string } = {};

const found = regexesOfSources();

describe('regular expressions of the product', () => {
  it('are all seen', () => {
    expect(found.length).toBeGreaterThan(250);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program
    const planted = 'const a = /x/g;\nnew RegExp("y", "i");\nRegExp(`z${a.source}`);\nnew RegExp(b);';
    const seen = [planted, `---\n${planted}\n---\n<p title={b.replace(/w/, "")}>{/v/.test(c)}</p>`];
    expect(
      seen.map((text, i) =>
        regexesIn(i === 0 ? 'a.ts' : 'a.astro', text).map(({ at, pattern }) => [at, pattern?.source]),
      ),
    ).toEqual([
      [
        ['a.ts:1', 'x'],
        ['a.ts:2', 'y'],
        ['a.ts:3', 'zx'],
        ['a.ts:4', undefined],
      ],
      [
        ['a.astro:2', 'x'],
        ['a.astro:3', 'y'],
        ['a.astro:4', 'zx'],
        ['a.astro:5', undefined],
        ['a.astro:7', 'w'],
        ['a.astro:7', 'v'],
      ],
    ]);
  });

  it('take time in proportion to the text, also where all matches are looked for', () => {
    const patterns = new Map(
      found.flatMap(({ at, pattern }) =>
        pattern ? [[`/${pattern.source}/${pattern.flags}`, { at, ...pattern }]] : [],
      ),
    );
    const slow = [...patterns].flatMap(([shown, { at, source, flags }]) => {
      const why = whyNotLinear(source, flags);
      return why === undefined ? [] : [[shown, `${at}: ${why}`]];
    });
    expect(slow.filter(([shown = '']) => !Object.hasOwn(BOUNDED, shown))).toEqual([]);
    // None is listed that need not be.
    expect(slow.map(([shown]) => shown)).toEqual(Object.keys(BOUNDED));
  });

  it('are known by their looks where they are put together while the program runs', () => {
    const files = new Set(found.flatMap(({ file, pattern }) => (pattern ? [] : [file])));
    expect([...files].sort()).toEqual(Object.keys(MADE).sort());
    for (const source of Object.values(MADE).flat())
      expect([source, whyNotLinear(source, 'giu')]).toEqual([source, undefined]);
  });
});

describe('the proof', () => {
  it.each([
    ['a start at each place', String.raw`\s+$`, ''],
    ['a loop in a loop', '^(?:a+)+$', ''],
    ['all matches, of which each looks to the end', '<[^>]*>|<', 'g'],
    ['an assertion that fails late', String.raw`\r+(?=[^\r])`, ''],
    ['classes by property', String.raw`\p{L}+\p{Nd}`, 'u'],
    ['a class within another', String.raw`^(?:\p{L}|\p{Lu})*$`, 'u'],
    ['a class without another', String.raw`(?:(?![\p{Lu}])[\p{L}])+(?=\p{Lu})`, 'u'],
    ['an assertion without a bound', '(?=.*x)y', ''],
    ['a high count', '(?:a|a){40}b', ''],
  ])('fails for %s', (_what, source, flags) => {
    expect(whyNotLinear(source, flags)).toEqual(expect.any(String));
  });

  it.each([
    ['a run of one class', String.raw`\s+`, 'g'],
    ['classes by property that have nothing in common', String.raw`^(?:\p{L}|\p{Nd})*$`, 'u'],
    ['a class without another', String.raw`(?:(?![\p{Lu}])[\p{L}])+`, 'gu'],
    ['a high count', '^[a-z][a-z0-9-]{0,119}$', ''],
    ['an assertion of one character', String.raw`^a+(?!\d)`, ''],
  ])('holds for %s', (_what, source, flags) => {
    expect(whyNotLinear(source, flags)).toBeUndefined();
  });
});
