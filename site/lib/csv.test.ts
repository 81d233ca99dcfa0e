import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

const read = (csv: string) => parse(csv, { bom: true, relax_column_count: false }) as string[][];

it('is read back by a parser as it was written, but for the apostrophe before what looks like a formula', () => {
  const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
      const [, ...back] = read(csvOf(['a', 'b'], rows));
      expect(back.map((row) => row.map((value) => value.replace(/^'/, '')))).toEqual(
        rows.map((row) => row.map((value) => value.replace(/^'/, ''))),
      );
    }),
  );
});

it.each(['=1+1', '+441632960001', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=cmd'])(
  'gives %j no chance to be a formula',
  (text) => {
    expect(read(csvOf(['a'], [[text]]))[1]?.[0]).toBe(`'${text}`);
  },
);

it('writes numbers as numbers, and nothing for what is not there', () => {
  expect(csvOf(['a', 'b', 'c'], [[-0.5, undefined, 0]])).toBe('\ufeffa,b,c\r\n-0.5,,0\r\n');
});
