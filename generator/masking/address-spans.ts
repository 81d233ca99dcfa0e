import { addressOf } from '#shared/calls/parties.ts';
import type { Span } from './spans.ts';

/** Longer ones are no address: RFC 5321 ends at 320. They are looked for as they stand. */
const MAX_ADDRESS = 320;
/** Shorter texts stand in too many others. */
const MIN_LENGTH = 3;

/** How "@", "." and the space of a name may be written or said. */
const AT = String.raw`\s{0,3}(?:[@＠﹫]|%(?:25)?40|&(?:amp;)?(?:#64|#x40|commat);|[([{<]\s?at\s?[)\]}>]|(?<!\p{L})at(?!\p{L}))\s{0,3}`;
const DOT = String.raw`\s{0,3}(?:[.．。]|%(?:25)?2e|&(?:amp;)?(?:#46|#x2e|period);|[([{<]\s?dot\s?[)\]}>]|(?<!\p{L})dot(?!\p{L}))\s{0,3}`;
const SPACE = String.raw`[\s_.,+-]{1,3}|(?:%(?:25)?20|&(?:amp;)?(?:nbsp|#160|#32);){1,3}`;

/**
 * Finds a party by its address or name, as a record spells it, however its marks are written. A name of one word is not looked
 * for: it is too often a word.
 * @returns a function from a text to the spans that are to be hidden
 */
export function addressFinder(party: string, pseudonym: string): (text: string) => Span[] {
  const patterns = [...new Set([party.trim(), addressOf(party)])]
    .filter((form) => form.length >= MIN_LENGTH && /[\p{N}@]|\S\s+\S/u.test(form))
    .map((form) => new RegExp(addressPattern(form), 'giu'));
  return (text) =>
    patterns.flatMap((pattern) =>
      Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({
        start: index,
        end: index + length,
        shown: pseudonym,
      })),
    );
}

/** A word or a number stands alone: "art" is not in "start". Marks are marks between letters or digits only. */
export function addressPattern(form: string): string {
  if (form.length > MAX_ADDRESS) return literal(form);
  if (form.includes('@'))
    return form
      .split(/(?<=[\p{L}\p{N}])([@.])(?=[\p{L}\p{N}])/u)
      .map((part, i) => (i % 2 === 0 ? literal(part) : part === '@' ? AT : DOT))
      .join('');
  const parts = form.split(/\s+/);
  // Between letters or digits alone it is certain where a space ends, so that looking for it takes no longer than the text.
  const isPlain = parts.every((part) => /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su.test(part));
  const words = isPlain ? parts.map(literal).join(`(?:${SPACE})`) : literal(form);
  return String.raw`(?<![\p{L}\p{N}])${words}(?![\p{L}\p{N}])`;
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
