/** RFC 9110: listed, and not with a weight of 0. */
export function acceptsBrotli(accept: string | null): boolean {
  const entry = (accept ?? '').split(',').find((each) => /^\s*br\s*(?:;|$)/i.test(each));
  return entry !== undefined && !/;\s*q=0(?:\.0*)?\s*$/i.test(entry);
}

/** RFC 9110, weak comparison. */
export function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}
