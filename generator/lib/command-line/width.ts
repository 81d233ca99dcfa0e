import stringWidth from 'string-width';

/** Columns that a text takes on a terminal: signs of East Asian scripts and emoji take two, marks on a letter none. */
export const widthOf = (text: string): number => stringWidth(text);

const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The beginning of a text in so many columns at most, with … where something is missing. */
export function cutToWidth(text: string, most: number): string {
  if (widthOf(text) <= most) return text;
  let [cut, width] = ['', 0];
  for (const { segment } of signs.segment(text)) {
    width += widthOf(segment);
    if (width >= most) break;
    cut += segment;
  }
  return most > 0 ? `${cut}…` : '';
}
