/** What one voice said without a break, before anybody knows whose voice it is. Times in seconds; both 0: no timing. */
export interface VoiceTurn {
  /** As the transcript names it, such as `spk_0` or `ch_1`; "": it tells no voices apart. */
  voice: string;
  start: number;
  end: number;
  text: string;
}

/** A word with its punctuation, or some words that have one time. Times in seconds. */
export interface Word {
  voice: string;
  text: string;
  start?: number;
  end?: number;
}

/** Of silence, in seconds: longer ones end a turn. */
const PAUSE = 1;

/** Scripts without spaces between words. */
const SPACELESS =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Turns of words in the order in which they were said: a new one where the voice changes, or after a pause of more than a second. */
export function turnsOf(words: Iterable<Word>): VoiceTurn[] {
  const turns: VoiceTurn[] = [];
  let pieces: string[] = [];
  let [start, end]: (number | undefined)[] = [];
  let voice = '';
  const close = (): void => {
    if (pieces.length > 0)
      turns.push({ voice, start: start ?? 0, end: Math.max(start ?? 0, end ?? 0), text: pieces.join('') });
    pieces = [];
    start = end = undefined;
  };
  for (const word of words) {
    const isPause = word.start !== undefined && end !== undefined && word.start - end > PAUSE;
    if (word.voice !== voice || isPause) close();
    voice = word.voice;
    const last = pieces.at(-1);
    if (last !== undefined && !isJoined(last, word.text)) pieces.push(' ');
    pieces.push(word.text);
    start ??= word.start;
    const until = word.end ?? word.start;
    if (until !== undefined) end = Math.max(end ?? 0, until);
  }
  close();
  return turns;
}

const isJoined = (before: string, after: string): boolean =>
  SPACELESS.test(before.slice(-1)) && SPACELESS.test(after.slice(0, 1));
