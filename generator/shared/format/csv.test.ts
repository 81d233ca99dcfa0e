import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, csvOf, safeText } from './csv.ts';

/** Tables of a run: `CCI_RUNS` for more. */
const RUNS = Number(process.env.CCI_RUNS ?? 200);

/** What a spreadsheet gets of a file. */
const parse = (text: string, delimiter = ',') =>
  parseCsv(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: delimiter !== ',',
    record_delimiter: '\r\n',
  }) as string[][];

const SIGNS = [...'=+-@＝＋－＠﹦﹢﹣﹫−⁼⁺⁻₌₊₋﬩'];
const BLANKS = [' ', '\u00a0', '\u200b', '\ufeff', '\u00ad', '\u2060', '\u3164', '\u3000', '\u202e'];
const PARTS = [...SIGNS, ...BLANKS, ...[';', ',', '|', '"', '""', "'", '\t', '\r', '\n', '\r\n', '\0', '\u2028']];
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.array(fc.constantFrom(...PARTS, 'a', '1', 'cmd|’/c calc’!A0'), { maxLength: 8 }).map((parts) => parts.join('')),
);
const table = fc.array(fc.array(hostile, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });

/** Whether a spreadsheet would run a cell. */
const RUNS_AS = new RegExp(
  `^[\\s\\p{C}\\p{Z}\\p{Default_Ignorable_Code_Point}"]*[${SIGNS.join('').replace('-', '\\-')}]`,
  'u',
);
const runs = (cell: string) => RUNS_AS.test(cell);

describe('a CSV file', () => {
  it('begins with the mark of UTF-8, parts cells by commas and ends each row with CR LF', () => {
    expect(
      csvOf([
        ['a', 'b'],
        ['x, "y"\nz', undefined, -0.57],
      ]),
    ).toBe('\ufeffa,b\r\n"x, ""y""\nz",,-0.57\r\n');
  });

  it('gives every text back but for the apostrophes that make it safe', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const read = parse(csvOf(rows));
        expect(read).toEqual(rows.map((row) => row.map(safeText)));
        for (const [at, cell] of read.flat().entries()) {
          // Without what is put before signs and at the start, all of the text is there.
          let rest = rows.flat()[at] ?? '';
          for (const each of cell) {
            if (rest.startsWith(each)) rest = rest.slice(each.length);
            else expect(each).toBe("'");
          }
          expect(rest).toBe('');
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('holds no cell that a spreadsheet would run, whatever it parts cells at', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = csvOf(rows);
        expect(parse(text).flat().filter(runs)).toEqual([]);
        // Dialects that know no quotes, each separator alone and all at once.
        for (const separators of [/[,\r\n]/, /[;\r\n]/, /[\t\r\n]/, /[|\r\n]/, /[;,|\t\r\n\0"]/])
          expect(text.slice(1).split(separators).filter(runs)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps numbers in columns of numbers as they are, and a wide table quick', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(Number(parse(csvOf([[number]]))[0]?.[0])).toBe(number === 0 ? 0 : number);
      }),
      { numRuns: RUNS },
    );
    expect(csvOf([[Number.NaN, Number.NEGATIVE_INFINITY, 1]])).toBe('\ufeff,,1\r\n');
  });

  it.each<[Cell, string]>([
    [-0.57, '-0.57'],
    ['-5', "'-5"],
    ['+441632960001', "'+441632960001"],
    ['-1+1', "'-1+1"],
    ['=HYPERLINK("https://evil.example/")', '"\'=HYPERLINK(""https://evil.example/"")"'],
    [' =1', "' =1"],
    ['\u200b\u3164＝1', "'\u200b\u3164＝1"],
    ['﹦1', "'﹦1"],
    ['−1+1', "'−1+1"],
    ['\0x', '"\'\0x"'],
    ['\rx', '"\'\rx"'],
    ['a; =cmd|x', '"a; \'=cmd|x"'],
    ['Greets; =cmd; names the firm', '"Greets; \'=cmd; names the firm"'],
    ['a\t=1', '"a\t\'=1"'],
    ['a,=1', '"a,\'=1"'],
    ['a"=1', '"a""\'=1"'],
    ['a|@x', '"a|\'@x"'],
    ['a\0-1', '"a\0\'-1"'],
    [';=1', '"\';\'=1"'],
    ['a - b', 'a - b'],
    ['a = b', 'a = b'],
    ['ann@agents.example', 'ann@agents.example'],
    ['x; y, z', '"x; y, z"'],
  ])('writes %j as %s', (cell, text) => {
    expect(csvOf([[cell]])).toBe(`\ufeff${text}\r\n`);
  });
});
