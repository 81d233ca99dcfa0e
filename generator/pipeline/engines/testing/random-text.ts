/** Signs of one to four bytes, of several code points, and what lies between words. */
const ALPHABETS: readonly (readonly string[])[] = [
  ['a', 'e', 'n', 't', 's', 'o'],
  ['é', 'ß', 'Ж', 'щ', 'ω'],
  ['漢', '字', 'か', '한', 'ก็'],
  ['👩‍👩‍👧‍👦', '👍🏽', '🇦🇹', '😀'],
  ['e\u0301', 'o\u0308\u0323', 'क्षि', '\u200d', '\u0301'],
];

/** A text of one to some thousand signs, the same for the same seed: short and very long words in several scripts. */
export function randomText(seed: number): string {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const length = 1 + below(seed % 50 === 0 ? 3_000 : 120);
  const wordLength = [3, 8, 30, 5_000][below(4)] ?? 8;
  let text = '';
  let alphabet = ALPHABETS[below(ALPHABETS.length)] ?? [];
  for (let at = 0; at < length; at++) {
    text += alphabet[below(alphabet.length)] ?? '';
    if (below(wordLength) === 0) {
      text += below(20) === 0 ? ' \n\t ' : ' ';
      alphabet = ALPHABETS[below(ALPHABETS.length)] ?? [];
    }
  }
  return text;
}
