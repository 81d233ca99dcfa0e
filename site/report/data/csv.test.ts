import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, csvOf, safeText } from './csv.ts';

/** What a spreadsheet gets of a file. */
const parse = (text: string, delimiter = ',') =>
  parseCsv(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: delimiter !== ',',
    record_delimiter: '\r\n',
  }) as string[][];

const hostile = fc.oneof(
  fc.constantFrom(
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1',
    '"=1',
    'a;=1',
    'a\t@b',
    ',=1',
    '"";=1',
  ),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('=', '+', '-', '@', ';', ',', '"', '\r', '\n', '\t', ' ', 'a', '1'), { maxLength: 8 })
    .map((c) => c.join('')),
);

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
      fc.property(fc.array(fc.array(hostile, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
        expect(parse(csvOf(rows))).toEqual(rows.map((row) => row.map(safeText)));
      }),
    );
  });

  it('holds no cell that a spreadsheet would run, whether it parts cells at commas or at semicolons', () => {
    const runs = (cell: string) => /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell);
    fc.assert(
      fc.property(fc.array(fc.array(hostile, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
        expect(parse(csvOf(rows)).flat().filter(runs)).toEqual([]);
      }),
    );
    expect(
      parse(csvOf([['a;=1+1']]), ';')
        .flat()
        .filter(runs),
    ).toEqual([]);
  });

  it.each<[Cell, string]>([
    [-0.57, '-0.57'],
    ['-5', '-5'],
    ['-5.25', '-5.25'],
    ['+441632960001', "'+441632960001"],
    ['-1+1', "'-1+1"],
    ['=HYPERLINK("https://evil.example/")', '"\'=HYPERLINK(""https://evil.example/"")"'],
    ['a - b', 'a - b'],
    ['ann@agents.example', 'ann@agents.example'],
  ])('writes %j as %s', (cell, text) => {
    expect(csvOf([[cell]])).toBe(`\ufeff${text}\r\n`);
  });
});
