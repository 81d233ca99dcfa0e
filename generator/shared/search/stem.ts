/**
 * What all words of a stem begin with: so they lie in one range of the terms. A stemmer that makes of a word something that begins otherwise
 * is not followed: such a word is its own stem.
 */
export function leadOf(stem: string): string {
  // What stemmers put in place of a last letter: "happi" of "happy", "tri" of "try".
  const isShort = stem.length <= 3 && !stem.endsWith('i');
  return isShort ? stem : stem.slice(0, -1);
}
