import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { REMARK_CODES } from '../normalize/remarks.ts';
import { REFUSALS, type RefusalCode, reasonOf } from './refusals.ts';

const DOCS = readFileSync(new URL('../../docs/data.md', import.meta.url), 'utf8');

/** Rows of the table in docs/data.md whose head begins so. */
function tableOf(head: string): [string, string][] {
  const from = DOCS.slice(DOCS.indexOf(`| ${head} |`))
    .split('\n')
    .slice(2);
  const rows = from.slice(
    0,
    from.findIndex((line) => !line.startsWith('|')),
  );
  return rows.map((line) => line.slice(2, -2).split(' | ') as [string, string]);
}

it('has every reason that docs/data.md lists, and no other', () => {
  const shown = (sentence: string) =>
    sentence.replaceAll(/\{\w+(?: (\w+))?\}/g, (_all, noun?: string) => (noun === undefined ? '…' : `… ${noun}s`));
  expect(tableOf('code of a refusal')).toEqual(
    Object.entries(REFUSALS).map(([code, sentence]) => [`\`${code}\``, shown(sentence)]),
  );
});

it('stands beside the remarks, whose codes docs/data.md lists too', () => {
  expect(tableOf('code of a remark').map(([code]) => code)).toEqual(REMARK_CODES.map((code) => `\`${code}\``));
});

it('puts numbers with their nouns into words', () => {
  const given = { fields: 1, columns: 3 };
  expect(reasonOf({ code: 'row-fields', given, row: 2 })).toBe('row 2: it has 1 field where the header has 3');
  expect(reasonOf({ code: 'several-lines', given: { lines: 2 } })).toBe('the file has 2 lines where one is expected');
  for (const code of Object.keys(REFUSALS) as RefusalCode[]) expect(reasonOf({ code })).toMatch(/^[a-z].{8,}[^.]$/);
});
