import { expect, it } from 'vitest';
import { besides, columns } from './words.ts';

it('makes columns of what a terminal shows of a text, not of its length', () => {
  expect(
    columns([
      ['agent', 'calls'],
      ['山田さん', '3'],
      ['Zoe\u0308', '12'],
    ]),
  ).toEqual(['agent     calls', '山田さん  3', 'Zoe\u0308       12']);
});

it('breaks a text beside its term between words, and only where it is told a width', () => {
  const rows = [
    ['--org ID', 'only this organization; can be repeated'],
    ['--x', 'short'],
  ] as const;
  expect(besides(rows)).toEqual(['  --org ID  only this organization; can be repeated', '  --x       short']);
  expect(besides(rows, 40)).toEqual([
    '  --org ID  only this organization; can',
    '            be repeated',
    '  --x       short',
  ]);
  expect(besides(rows, 10)).toEqual([
    '  --org ID  only this organization;',
    '            can be repeated',
    '  --x       short',
  ]);
});
