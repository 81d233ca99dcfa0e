import { keysOf, type Words, wordsOf } from './words.ts';

/** A transcript as one run of words. */
export interface Said {
  /** How many words. */
  count: number;
  /** Number of each turn's first word. */
  starts: number[];
  /** All words, as they are compared. */
  keys: () => string[];
  /** Of each word all its numbers, in order. */
  places: () => Map<string, number[]>;
  /** The words of a turn, with their places in its text. */
  wordsIn: (turn: number) => Words;
  /** Numbers of the words from which on others are said word for word, in order. @param from the first that may be one */
  saidAt: (keys: readonly string[], from: number, most: number) => number[];
}

/** Stands before, between and after words: in none of them, whatever their letters are made of. */
const BETWEEN = '\n';

/** Of so many words one has its place in the text noted, so that no look-up walks a long turn from its beginning. */
const STRIDE = 64;

/** The words of the turns, without an object for each: most are looked at once, and all together. */
export function saidOf(turns: readonly string[]): Said {
  const { text, count, starts, marks } = joined(turns);
  let known: string[] | undefined;
  let places: Map<string, number[]> | undefined;
  const words: Words[] = [];

  function keys(): string[] {
    known ??= count === 0 ? [] : text.slice(1, -1).split(BETWEEN);
    return known;
  }

  function offsetOf(word: number): number {
    let offset = marks[Math.floor(word / STRIDE)] ?? 0;
    for (let n = word % STRIDE; n > 0; n--) offset = text.indexOf(BETWEEN, offset) + 1;
    return offset;
  }

  function wordAt(offset: number): number {
    const mark = lastUpTo(marks, offset);
    let word = mark * STRIDE;
    for (let at = text.indexOf(BETWEEN, marks[mark]); at !== -1 && at < offset; at = text.indexOf(BETWEEN, at + 1))
      word++;
    return word;
  }

  return {
    count,
    starts,
    keys,
    places: () => {
      places ??= placesIn(keys());
      return places;
    },
    wordsIn: (turn) => {
      words[turn] ??= wordsOf(turns[turn] as string);
      return words[turn];
    },
    saidAt: (wanted, from, most) => {
      const pattern = `${BETWEEN}${wanted.join(BETWEEN)}${BETWEEN}`;
      const found: number[] = [];
      let at = text.indexOf(pattern, offsetOf(from) - 1);
      for (; at !== -1 && found.length < most; at = text.indexOf(pattern, at + 1)) found.push(wordAt(at + 1));
      return found;
    },
  };
}

function placesIn(keys: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [i, key] of keys.entries()) {
    const own = places.get(key);
    if (own) own.push(i);
    else places.set(key, [i]);
  }
  return places;
}

/** The last of ascending numbers that is not above a value. */
export function lastUpTo(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

const decoder = new TextDecoder();
/** Where plain turns are written before they are a text; used again by the next transcript. */
let room = new Uint8Array(0);

/** @returns the words with a mark before, between and after them; the first word of each turn; and where each `STRIDE`th word begins in the text */
function joined(turns: readonly string[]) {
  const most = turns.reduce((sum, { length }) => sum + length + 1, 1);
  if (room.length < most) room = new Uint8Array(most);
  const starts: number[] = [];
  const marks = [1];
  let text = '';
  let count = 0;
  // Of `room`, what is not in the text yet.
  let length = 0;
  room[length++] = BETWEEN.charCodeAt(0);
  for (const turn of turns) {
    starts.push(count);
    const end = writePlain(turn, length);
    if (end === undefined) {
      text += decoder.decode(room.subarray(0, length));
      length = 0;
      const keys = keysOf(turn);
      for (const key of keys) {
        text += key + BETWEEN;
        if (++count % STRIDE === 0) marks.push(text.length);
      }
    } else {
      for (let i = length; i < end; i++)
        if (room[i] === MARK && ++count % STRIDE === 0) marks.push(text.length + i + 1);
      length = end;
    }
  }
  return { text: text + decoder.decode(room.subarray(0, length)), count, starts, marks };
}

const MARK = BETWEEN.charCodeAt(0);
const [APOSTROPHE, CURLY] = Array.from("'’", (sign) => sign.charCodeAt(0));
/** Of ASCII all signs but letters and digits, and of what else stands in Western text: "£", "«", "…", "–", "€". No letter, digit or accent. */
const SIGNS = /[\0-\x7f\xa0-\xa9\xab-\xb1\xb6-\xb8\xbb\xbf\u2000-\u206f\u20a0-\u20bf]/;
/** Whether a sign, by its code, is such a one. */
const isSign = Uint8Array.from({ length: 0x20c0 }, (_, code) => (SIGNS.test(String.fromCharCode(code)) ? 1 : 0));

/**
 * Write the words of a text as `keysOf` finds them, a mark after each: one look at each character.
 * @returns where it ends; undefined where the text has letters that are not plain ones
 */
function writePlain(text: string, start: number): number | undefined {
  let to = start;
  // Before a word; in its letters and digits; in the letters after an apostrophe, which no digit follows.
  let state: 'before' | 'word' | 'tail' = 'before';
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (!isSign[sign]) return undefined;
    const letter = letterOf(sign);
    if (letter !== 0) {
      if (state === 'before') state = 'word';
      room[to++] = letter;
    } else if (isDigit(sign)) {
      if (state === 'tail') room[to++] = MARK;
      state = 'word';
      room[to++] = sign;
    } else if (state !== 'before') {
      const goesOn = (sign === APOSTROPHE || sign === CURLY) && letterOf(text.charCodeAt(i + 1)) !== 0;
      if (!goesOn) room[to++] = MARK;
      state = goesOn ? 'tail' : 'before';
    }
  }
  if (state !== 'before') room[to++] = MARK;
  return to;
}

/** A Latin letter in lower case; 0 for anything else. */
const letterOf = (sign: number): number => {
  const lower = sign | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? lower : 0;
};

const isDigit = (sign: number): boolean => sign >= 0x30 && sign <= 0x39;
