import { expect, it } from 'vitest';
import { Damaged } from '../../lib/errors.ts';
import type { PartAt } from '../manifest.ts';
import { hasLists, partAt, type Root, rootOf, storedRoot } from './root.ts';

const HASH = 'ab'.repeat(32);
const at: PartAt = { blob: `blobs/${HASH}.7`, size: 12, files: 3, sum: 2 ** 52 - 1 };
const LINE = `blobs/${HASH}.7 12 3 18ce53un18f`;

it('a manifest is stored with a line a part, and read as it was', () => {
  const root: Root = {
    ...{
      version: 2,
      organization: 'org_1',
      csp: 'x',
      state: { 'blobs/s.1': 4 },
      older: { 'builds/1-a.json': ['blobs/o.1'] },
    },
    lists: { calls: [at, undefined], site: [{ ...at, sum: 0 }] },
  };
  const { lists: _, ...rest } = root;
  const stored = storedRoot(root);
  expect(stored).toEqual({ ...rest, calls: [LINE, ''], site: [`blobs/${HASH}.7 12 3 0`] });
  expect(rootOf(stored, 'x')).toEqual(root);
});

it('a line that tells no part is damaged', () => {
  expect(partAt(LINE, 'x')).toEqual(at);
  expect(partAt('', 'x')).toBe(undefined);
  const digits = '1'.repeat(15);
  expect(partAt(`blobs/${HASH}.${digits} ${digits} ${digits} ${'a'.repeat(11)}`, 'x')).toMatchObject({
    size: 111111111111111,
  });
  for (const line of [
    ...[undefined, null, 7, ' ', 'x', `x${LINE}`, `${LINE}x y`, `${LINE} `, LINE.replace('blobs', 'builds')],
    ...[LINE.replace('ab', 'a'), LINE.replace('ab', 'aba'), LINE.replace('ab', 'aB'), LINE.replace('.7', '')],
    ...[LINE.replace('.7', '.x'), LINE.replace(' 12', ' x'), LINE.replace(' 12', ''), LINE.replace(' 3', ' -3')],
    ...[LINE.replace('18c', '_'), LINE.replace('18c', '18C'), `${LINE}0`, LINE.replace('.7', `.1${digits}`)],
    ...[LINE.replace('12', `1${digits}`), LINE.replace(' 3', ` 1${digits}`), LINE.replaceAll(' ', '')],
  ])
    expect(() => partAt(line as string, 'org_1/builds/1-a.json'), String(line)).toThrow(
      expect.objectContaining({ constructor: Damaged, message: 'damaged manifest: org_1/builds/1-a.json' }),
    );
});

it('a manifest has a list for each family, as long as some number of bits makes it', () => {
  const list = (length: number): string[] => Array(length).fill('');
  for (const length of [1, 2, 4, 128]) expect(hasLists({ calls: list(length), site: list(1) })).toBe(true);
  for (const lines of [list(0), list(3), list(6), undefined, null, '', 'ab', 2, { length: 2 }]) {
    expect([lines, hasLists({ calls: lines as string[], site: list(1) })]).toEqual([lines, false]);
    expect([lines, hasLists({ calls: list(1), site: lines as string[] })]).toEqual([lines, false]);
  }
});
