import type { ByteRange } from '../../../generator/store/store.ts';

/** What a `Range` header asks for of so many bytes: all of them, some, or such as are not there. */
export type Asked = 'all' | 'beyond the end' | ByteRange;

/**
 * One range of bytes (RFC 9110): with both ends, from a start on, or the last so many. Several ranges, other units and what is no
 * range are answered as if nothing had been asked for, which the RFC allows.
 * @param most bytes of an answer; whoever wants more asks again
 */
export function rangeOf(header: string | null, size: number, most: number): Asked {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'all';
  const [from, to] = [Number(first), Number(last)];
  if (first !== '' && last !== '' && from > to) return 'all';
  const start = first === '' ? Math.max(0, size - to) : from;
  const end = first === '' || last === '' ? size : Math.min(size, to + 1);
  if (start >= end) return 'beyond the end';
  return { start, end: Math.min(end, start + most) };
}
