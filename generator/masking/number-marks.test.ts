import { describe, expect, it } from 'vitest';
import { digitsOf } from './digits.ts';
import { markNumber } from './number-marks.ts';
import { spansOf, withSpans } from './spans.ts';

const NUMBER = '441632960777';

/** What is left of texts that follow each other once the number is masked. */
function masked(...texts: string[]): string[] {
  const digits = digitsOf(texts);
  const spans = spansOf(digits, markNumber(digits, NUMBER), '[77]');
  return texts.map((text, i) => withSpans(text, spans[i] ?? []));
}

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
    ['01632 960 sorry, 01632 960 777', '•• sorry, [77]'],
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
