import { expect, test } from 'vitest';
import { random } from '../../../scripts/demo/data/random.ts';
import { rangeOf } from './range.ts';

const MOST = 40;

/** The RFC's words, byte by byte. */
function reference(header: string, size: number): string {
  const bytes = Array.from({ length: size }, (_, i) => i);
  const [, a = '', b = ''] = header.match(/^bytes=(\d*)-(\d*)$/) ?? [];
  if (a === '' && b === '') return 'all';
  if (a !== '' && b !== '' && BigInt(a) > BigInt(b)) return 'all';
  const wanted = bytes.filter((i) =>
    a === '' ? BigInt(size - i) <= BigInt(b) : BigInt(i) >= BigInt(a) && (b === '' || BigInt(i) <= BigInt(b)),
  );
  const sent = wanted.slice(0, MOST);
  return sent.length === 0 ? 'beyond the end' : `${sent[0]}-${sent.at(-1)}`;
}

test('of 500 ranges each is what the RFC makes of it, cut to what one answer may have', () => {
  const chance = random('ranges');
  const end = () => chance.pick(['', '0', '1', String(chance.int(0, 130)), '99999999999999999999']);
  const seen = new Set<string>();
  for (let i = 0; i < 500; i++) {
    const [header, size] = [`bytes=${end()}-${end()}`, chance.pick([0, 1, 39, 40, 41, 100])];
    const asked = rangeOf(header, size, MOST);
    const said = typeof asked === 'string' ? asked : `${asked.start}-${asked.end - 1}`;
    expect([header, size, said]).toEqual([header, size, reference(header, size)]);
    seen.add(typeof asked === 'string' ? asked : 'some');
  }
  expect(seen.size).toBe(3);
});

test.each([
  null,
  '',
  'bytes',
  'bytes=',
  'bytes=-',
  'bytes=a-b',
  'bytes=0-1,3-4',
  'items=0-1',
  'bytes=-1-2',
  'bytes=1-0',
])('what is no single range asks for all: %s', (header) => {
  expect(rangeOf(header, 100, MOST)).toBe('all');
});

test('the case of the unit does not matter', () => {
  expect(rangeOf('Bytes=1-2', 100, MOST)).toEqual({ start: 1, end: 3 });
});
