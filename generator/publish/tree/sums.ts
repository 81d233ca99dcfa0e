/**
 * A number for what a set of blobs is, names and sizes: the sum over its members, so that members can be added and taken away one by one.
 * Two sets that are not the same have the same number by chance once in 2 ** 52.
 */
const MOST = 2 ** 52;

/** Of one blob. @param size bytes as stored */
export function sumOf(blob: string, size: number): number {
  // Two rounds of FNV-1a that differ, over name and size.
  let a = 0x811c9dc5;
  let b = 0x01000193;
  const text = `${blob} ${size}`;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
  }
  a ^= a >>> 15;
  b = Math.imul(b ^ (b >>> 13), 0x27d4eb2f);
  return (a >>> 0) * 2 ** 20 + ((b ^ (b >>> 15)) & 0xfffff);
}

export const plus = (a: number, b: number): number => (a + b) % MOST;
export const minus = (a: number, b: number): number => (a - b + MOST) % MOST;
