/** How the bytes of a file go out. */
export type Coding = 'br' | 'gzip' | 'identity';

/**
 * The coding of a response (RFC 9110): Brotli where it is stored and taken, else gzip, else none.
 * @param stored how the file lies in the store; what is not compressed there would gain nothing
 */
export function codingFor(accept: string | null, stored: 'br' | undefined): Coding {
  if (stored === undefined) return 'identity';
  if (accepts(accept, 'br')) return 'br';
  return accepts(accept, 'gzip') ? 'gzip' : 'identity';
}

/** Listed, and not with a weight of 0. */
export function accepts(accept: string | null, coding: 'br' | 'gzip'): boolean {
  const entry = (accept ?? '').split(',').find((each) => each.split(';')[0]?.trim().toLowerCase() === coding);
  return entry !== undefined && !/;\s*q=0(?:\.0*)?\s*$/i.test(entry);
}

/** RFC 9110, weak comparison. */
export function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}
