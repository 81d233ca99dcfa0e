/**
 * Let each printed sheet have some words at its foot, beside its number: the boxes in a sheet's margin hold no elements, but what a property of the page says.
 * @param words as `components/page/sheet-foot.ts` quotes them
 */
export function setSheetFoot(words: string): void {
  document.documentElement.style.setProperty('--sheet-foot', words);
}
