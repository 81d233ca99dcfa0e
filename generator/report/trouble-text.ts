import type { Trouble } from '../publish/status.ts';
import { reasonOf } from '../source/refusals.ts';

/** How names and numbers stand in a sentence: on a page in “…” and by the locale, in a log as one harmless word. */
export interface TroubleWords {
  name: (name: string) => string;
  count: (n: number) => string;
}

/** Troubles as sentences, with full stops. */
export function troubleText({ kind, n, of, column = '', sheets, refusal }: Trouble, words: TroubleWords): string {
  const share = `${words.count(n)} of ${words.count(of)}`;
  const why = refusal ? reasonOf(refusal) : '';
  const place = sheets && placeOf(sheets, words);
  switch (kind) {
    case 'sheet':
      return n === 1
        ? `The sheet ${place} is refused: ${why}.`
        : `${words.count(n)} sheets are refused, ${words.name(fileName(sheets?.first))} first: ${why}.`;
    case 'cut':
      return n === 1
        ? `Of ${place} only ${words.count(of)} ${of === 1 ? 'call' : 'calls'} could be read. Of the next row: ${why}.`
        : `${words.count(n)} sheets could not be read to their end, ${words.name(fileName(sheets?.first))} first. Of one row: ${why}.`;
    case 'rows':
      if (of === 1) return `The one row of ${place} is refused: ${why}.`;
      return `${share} rows of ${place} are refused, most of them for this reason: ${why}.`;
    case 'objects':
      if (of === 1) return `The one call has objects that are refused: ${why}.`;
      return `${share} calls have objects that are refused, most of them for this reason: ${why}.`;
    case 'cells':
      return `${share} cells of the column ${words.name(column)} of ${place} could not be read.`;
    case 'fields':
      return `${words.name(column)} could not be read in ${share} calls.`;
  }
}

const placeOf = ({ first, count }: NonNullable<Trouble['sheets']>, words: TroubleWords): string =>
  count === 1 ? words.name(fileName(first)) : `${words.count(count)} sheets`;

const fileName = (key = ''): string => key.slice(key.lastIndexOf('/') + 1);
