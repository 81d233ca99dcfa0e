import { describe, expect, it } from 'vitest';
import { digitsOf } from './digits.ts';
import { markNumber } from './number-marks.ts';
import { spansOf, withSpans } from './spans.ts';

const NUMBER = '441632960777';

/** What is left of texts that follow each other once a number is masked. */
function maskedOf(number: string, shown: string, texts: readonly string[]): string[] {
  const digits = digitsOf(texts);
  const spans = spansOf(digits, markNumber(digits, number), shown);
  return texts.map((text, i) => withSpans(text, spans[i] ?? []));
}
const masked = (...texts: string[]): string[] => maskedOf(NUMBER, '[77]', texts);

describe('a number in running text', () => {
  it.each([
    ['+441632960777', '[77]'],
    ['0044 (0)1632 960-777', '[77]'],
    ['7 960777', '7 [77]'],
    ['7 960-777', '7 [77]'],
    ['7960777 now', '7[77] now'],
    ['20260330441632960777', '20260330[77]'],
    ['01632&nbsp;960&nbsp;777', '[77]'],
    ['01632&#160;960&#xa0;777', '[77]'],
    ['01632%20960%20777', '[77]'],
    ['01632%2520960%2520777', '[77]'],
    ['%30%31%36%33%32%39%36%30%37%37%37', '[77]'],
    ['01632%C2%A0960%C2%A0777', '[77]'],
    ['&#48;&#49;&#54;&#51;&#50;&#57;&#54;&#48;&#55;&#55;&#55;', '[77]'],
    ['\\u0030\\u0031\\u0036\\u0033\\u0032960777', '[77]'],
    ['⓪①⑥③②⑨⑥⓪⑦⑦⑦', '[77]'],
    ['⓿❶❻❸❷❾❻⓿❼❼❼', '[77]'],
    ['0️⃣1️⃣6️⃣3️⃣2️⃣ 9️⃣6️⃣0️⃣ 7️⃣7️⃣7️⃣', '[77]️⃣'],
    ['٠١٦٣٢٩٦٠٧٧٧', '[77]'],
    ['０１６３２ ９６０ ７７７', '[77]'],
    ['0 1 6 3 2 9 6 0 7 7 7', '[77]'],
    ['01632 er 960 er 777', '•• er •• er [77]'],
    ['01632, that is 5 digits, 960 and then 777', '••, that is 5 digits, •• and then [77]'],
    ['01632, 5 digits, 960, 3 more, 777', '••, 5 digits, ••, 3 more, [77]'],
    ['01632, 5 digits, 9607, 3 more, 77', '••, 5 digits, ••, 3 more, [77]'],
    ['01632 960 sorry, 01632 960 777', '•• sorry, [77]'],
    ['000441632960777', '[77]'],
    ['0000441632960777', '0000[77]'],
    ['0000 441632960777', '0000 [77]'],
    ['000 441632960777', '[77]'],
    ['it is 01632 960, I think', 'it is ••, I think'],
    ['on 2026-03-30 01632 960777', 'on 2026-03-30 [77]'],
  ])('is masked where it is written as %j', (written, shown) => {
    expect(masked(written)).toEqual([shown]);
  });

  it('is masked over turns, also where each group is repeated', () => {
    expect(masked('it is 01632', 'yes', '960', 'go on', '777')).toEqual(['it is ••', 'yes', '••', 'go on', '[77]']);
    expect(masked('01632', '01632?', '960', '960', '777', '777')).toEqual(['••', '••?', '••', '••', '[77]', '[77]']);
    expect(masked('01632 960', 'a', 'b', 'c', '777')).toEqual(['••', 'a', 'b', 'c', '[77]']);
  });

  it('ends where more than three turns or sixty signs lie between', () => {
    const far = ['960', 'a', 'b', 'c', 'd', '777'];
    expect(masked(...far)).toEqual(far);
    const long = `960 ${'and then so on '.repeat(5)}777`;
    expect(masked(long)).toEqual([long]);
    expect(masked(`960 ${'x'.repeat(58)} 777`)[0]).toMatch(/^•• x+ \[77\]$/);
  });

  it.each([
    'not 01632 960999, order 441632, at 09:60, on 2026-03-30, 960 or 0777',
    'call 01632 960 999 instead',
    'in 1632, 777 of 960',
    '½ of 77, or 777',
  ])('is not seen in %j', (text) => {
    expect(masked(text)).toEqual([text]);
  });
});

describe('groups of a number', () => {
  /** No digit of it tells where it stands. */
  const ROUND = '12121212';
  const OTHER = '498741235069';
  const far = 'z'.repeat(60);

  it.each<[what: string, number: string, texts: string[], shown: string[]]>([
    ['seven digits of it alone', OTHER, ['x8741235'], ['x••']],
    ['seven digits of it within a longer group', OTHER, ['x7418741235'], ['x7418741235']],
    ['seven digits of it before others', OTHER, ['x5412350'], ['x5412350']],
    ['six digits of it in a group, and others', OTHER, ['5412350'], ['5412350']],
    [
      'single digits, taken up by its end',
      OTHER,
      ['4987469     1-2-3-5-0 x506 x69     7'],
      ['4987469     •• x506 x[x]     7'],
    ],
    ['its end after a group that goes as far', OTHER, ['12350 2-3-5-0-6     5 0 6 9'], ['••     5 [x]']],
    ['a group that another number ends', NUMBER, ['16329607 2026-03-30-7 0777'], ['16329607 2026-03-30-7 0777']],
    ['a short one and a part', ROUND, ['     2     1212'], ['     2     1212']],
    ['its end, begun by what is no group', ROUND, ['yes21212 2 1 22'], ['yes•• 2 [x]2']],
    ['its end twice, the second too short', ROUND, ['2121212 212'], ['[x] 212']],
    ['its last group is the pseudonym’s', ROUND, ['2121212 x121, 11'], ['[x] x[x]1, 11']],
    [
      'the whole of it in single digits, and twice its end',
      ROUND,
      ['1-2-1-2-1-2121     1212', ' x212'],
      ['[x]     [x]12', ' x[x]'],
    ],
    ['a zero in a text before', ROUND, ['-0', 'ok', '     2 1 x2121212'], ['-0', 'ok', '     •• x[x]']],
    [
      'three digits that a later text takes up',
      ROUND,
      ['30-121', 'ok', ' 0 x2121 121212'],
      ['30-••', 'ok', ' 0 x[x]1 [x]'],
    ],
    [
      'its end again, near and far',
      ROUND,
      [`2121 ${far} 12121212`, 'ok', `x1212121 ${far} 2121     2`],
      [`2•• ${far} [x]`, 'ok', `x[x] ${far} ••     [x]`],
    ],
  ])('are hidden as far as they are certain: %s', (_what, number, texts, shown) => {
    expect(maskedOf(number, '[x]', texts)).toEqual(shown);
  });

  it('are found wherever they stand in a text of a hundred thousand digits, also over a place where it is cut', () => {
    const [number, split, hidden] = ['123789', '123 55555555555555555555 789', '•• 55555555555555555555 [x]'];
    const at = [0, 49_990, 99_990];
    const texts = at.map((place, i) => `${'5'.repeat(place - (i === 0 ? 0 : (at[i - 1] as number) + 26))} ${split} `);
    const shown = texts.map((text) => text.replace(split, hidden));
    expect(maskedOf(number, '[x]', [texts.join('')])).toEqual([shown.join('')]);
  });
});
