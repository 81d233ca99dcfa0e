/** Where a text is in another, regardless of case: from, and up to but without; none for nothing. */
export function placesOf(wanted: string, text: string): [from: number, to: number][] {
  const words = wanted.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  // Lower case may be longer than what it comes from; a pattern keeps the places.
  const pattern = new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+'), 'giu');
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => [index, index + found.length]);
}
