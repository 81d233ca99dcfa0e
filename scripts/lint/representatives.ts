import { tokensOf } from './tokens.ts';

const PROPERTY = /\\[pP]\{[^}]*\}/g;
/** What else a pattern asks of a character that is not named in it. */
const SHORTHANDS = ['\\s', '\\w', '\\d'];

/**
 * A pattern with sets of single characters in place of classes by property, such as `\p{L}`, which have too many for an automaton.
 * Each set has every ASCII character of its class and every character of it that the pattern itself names; and of all others one
 * for each combination of the pattern's classes to which a character can belong. So whatever text the pattern could be given, there
 * is one of these characters that it treats in the same way, step by step. "A class, but not one of another", which stands as an
 * assertion before a class, becomes the set that it means.
 */
export function explicitProperties(source: string, flags: string): string {
  const classes = [...new Set([...(source.match(PROPERTY) ?? []), ...pairsOf(source)])];
  if (classes.length === 0) return source;
  const chosen = representatives(source, [...classes, ...SHORTHANDS], flags);
  const setOf = (each: string): string => {
    const one = new RegExp(`^(?:${each})$`, plainFlags(flags));
    return chosen
      .filter((character) => one.test(character))
      .map(escaped)
      .join('');
  };
  let text = '';
  const tokens = tokensOf(joined(source, setOf));
  for (const { kind, text: token } of tokens)
    text += token.replaceAll(PROPERTY, (each) => (kind === 'class' ? setOf(each) : `[${setOf(each)}]`));
  return text;
}

/** `(?![a])[b]`: a class without another. */
const PAIR = /\(\?!(\[(?:[^\]\\]|\\.)*\])\)(\[(?:[^\]\\]|\\.)*\])/g;
const pairsOf = (source: string): string[] => source.match(PAIR) ?? [];
const joined = (source: string, setOf: (pair: string) => string): string =>
  source.replaceAll(PAIR, (pair) => `[${setOf(pair)}]`);

/** ASCII, what the pattern names, and one character for each combination of classes. */
function representatives(source: string, classes: readonly string[], flags: string): string[] {
  const kept = new Map<number, string>();
  const members = classes.map((each) => membersOf(each, plainFlags(flags)));
  if (members.length > MOST_CLASSES) throw new Error(`too many classes to tell combinations apart: ${source}`);
  const isUnicode = /[uv]/.test(flags);
  for (let i = 0; i < CHARACTERS.length; i++) {
    const character = CHARACTERS[i] as string;
    // Without the flag for Unicode the others are two characters each.
    if (character.length > 1 && !isUnicode) continue;
    let combination = 0;
    for (const each of members) combination = combination * 2 + Number(each[i]);
    if (!kept.has(combination)) kept.set(combination, character);
  }
  return [...new Set([...CHARACTERS.slice(0, ASCII), ...source, ...kept.values()])];
}

const ASCII = 128;
/** A bit each, of a number. */
const MOST_CLASSES = 53;
/** The first two planes, and some of each block of the others: there every character of a block is of one kind. */
const BLOCKS = [
  [0, 0xd7ff],
  [0xe000, 0x1ffff],
  [0x20000, 0x2000f],
  [0x2fffe, 0x3000f],
  [0x3fffe, 0x4000f],
  [0xe0000, 0xe01ff],
  [0xf0000, 0xf000f],
  [0x10fff0, 0x10ffff],
] as const;
const CHARACTERS = BLOCKS.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)),
);

const known = new Map<string, Uint8Array>();
/** Of each character whether a class has it. */
function membersOf(each: string, flags: string): Uint8Array {
  const key = `${each} ${flags}`;
  const one = new RegExp(`^(?:${each})$`, flags);
  const members = known.get(key) ?? Uint8Array.from(CHARACTERS, (character) => (one.test(character) ? 1 : 0));
  known.set(key, members);
  return members;
}

const plainFlags = (flags: string): string => flags.replaceAll(/[dgy]/g, '');

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
