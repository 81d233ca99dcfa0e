import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from '../../lib/bytes.ts';
import { type Fields, nameMap, nameSet } from './name-map.ts';

const NUMBER: Fields<number> = {
  width: 8,
  write: (value, into, at) => void into.writeDoubleLE(value, at),
  read: (from, at) => from.readDoubleLE(at),
};
const HASHES = ['0'.repeat(64), 'f'.repeat(64), sha256('a'), sha256('b'), sha256('a').toUpperCase(), 'ab'];
/** Names as runs give them, and such as look like them. */
const names = fc
  .record({
    folder: fc.constantFrom('blobs/', 'blobs/', 'blobs/', 'builds/', 'x/blobs/', ''),
    hash: fc.constantFrom(...HASHES),
    path: fc.constantFrom(
      '',
      '',
      `-${'0'.repeat(12)}`,
      `-${sha256('/a/').slice(0, 12)}`,
      '-0123',
      `-${'g'.repeat(12)}`,
    ),
    ending: fc.constantFrom('', '.br', '.gz', '.br.br'),
    generation: fc.constantFrom(
      '.0',
      '.1',
      '.12',
      '.012',
      '.99999999999999',
      '.100000000000000',
      '.',
      '.1x',
      '\n.1',
      '',
    ),
  })
  .map(({ folder, hash, path, ending, generation }) => folder + hash + path + ending + generation);

it('knows of names what a Map knows, blobs first and the others as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.double({ noNaN: true })), { maxLength: 60 }), names, (entries, other) => {
      const map = nameMap(NUMBER);
      for (const [name, value] of entries) map.set(name, value);
      const wanted = new Map(entries);
      expect(map.size).toBe(wanted.size);
      expect(new Map(map)).toEqual(wanted);
      const isBlob = (name: string) => /^blobs\/[0-9a-f]{64}(-[0-9a-f]{12})?(\.br)?\.(0|[1-9]\d{0,13})$/.test(name);
      const inOrder = [...wanted.keys()];
      const others = inOrder.filter((name) => !isBlob(name));
      expect([...map.others()]).toEqual(others);
      expect([...map.keys()]).toEqual([...inOrder.filter(isBlob), ...others]);
      for (const name of [...inOrder, other])
        expect([map.has(name), map.get(name)]).toEqual([wanted.has(name), wanted.get(name)]);
    }),
    { numRuns: 300 },
  );
});

it('finds each of many names, and no other, also where only paths or generations tell them apart', () => {
  const set = nameSet();
  const nameOf = (i: number) =>
    i % 3 === 0
      ? `blobs/${sha256(`${i}`)}.7`
      : i % 3 === 1
        ? `blobs/${HASHES[2]}-${sha256(`${i}`).slice(0, 12)}.br.7`
        : `blobs/${HASHES[3]}.br.${i}`;
  for (let i = 0; i < 5_000; i++) set.set(nameOf(i), true);
  expect(set.size).toBe(5_000);
  const found = Array.from({ length: 10_000 }, (_, i) => i).filter((i) => set.has(nameOf(i)));
  expect(found).toEqual(Array.from({ length: 5_000 }, (_, i) => i));
  expect(new Set(set.keys()).size).toBe(5_000);
});
