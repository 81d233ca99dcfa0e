import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cutTo, LIMITS } from './limits.ts';

it('is the table that docs/data.md repeats', () => {
  const docs = readFileSync(new URL('../../docs/data.md', import.meta.url), 'utf8');
  const [, table = ''] = docs.split('| what | most | more is |\n');
  const most = (table.split('\n\n', 1)[0] ?? '').split('\n').slice(1);
  const shown = Object.values(LIMITS).map((each) =>
    each % 2 ** 20 === 0 ? `${each / 2 ** 20} MB` : each.toLocaleString('en'),
  );
  expect(most.map((row) => row.split(' | ')[1]?.replace(/ (?:levels|each)$/, ''))).toEqual(shown);
});

it('cuts a text between two characters', () => {
  expect(cutTo('abc', 3)).toBe('abc');
  expect(cutTo('abcd', 3)).toBe('abc');
  expect(cutTo('ab cd', 3)).toBe('ab');
  expect(cutTo('ab💣', 3)).toBe('ab');
  expect(cutTo('ab💣', 4)).toBe('ab💣');
});
