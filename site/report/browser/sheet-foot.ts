/** Characters that end or escape a string of CSS, and those that may not stand in one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: line ends are what is meant
const SPECIAL = /["\\\u0000-\u001f\u007f]/g;

/**
 * Let each printed sheet have some words at its foot, beside its number: the boxes in a sheet's margin hold no elements, but what a property of the page says.
 * @param words e.g., "Ann · 1 – 28 Mar 2026 · Acme"
 */
export function setSheetFoot(words: string): void {
  const escaped = words.replace(SPECIAL, (character) => `\\${character.charCodeAt(0).toString(16)} `);
  document.documentElement.style.setProperty('--sheet-foot', `"${escaped}"`);
}
