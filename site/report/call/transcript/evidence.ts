import { lastUpTo, type Said, saidOf } from './said.ts';
import { keysOf, mayBeMisheard, soundsLike } from './words.ts';

/** Characters of one turn's text: from, and up to but without. */
interface Span {
  /** Index of the turn. */
  turn: number;
  from: number;
  to: number;
}

/** Where a rule's quote was said. */
export interface QuotePlace {
  /** In the order of the transcript; one for each turn that it was said in, more where it was shortened. */
  spans: Span[];
  /** In how many places it was said as well: with more than one, the first was taken. */
  places: number;
  /** All turns of all these places, each once, counted from 0. */
  turns: number[];
  /** Not word for word. */
  nearly?: true;
}

/** What a quote may differ by, as a part of its words; beyond it a turn that is only alike could be taken for the one quoted. */
const MOST_DIFFERENT = 0.2;
/** A quote's word that was not said, or another one in its place. */
const OTHER = 1;
/** A word that was said and is not quoted: models leave out "um" and repeated words. */
const SKIPPED = 0.5;
/** A word of which one letter differs. */
const MISHEARD = 0.3;

/** Where models cut: dots, the end of one quote before the next, a line, a slash. */
const CUTS = /\.{3,}|…|["”](?:\s*(?:[,;]|and))?\s*["“]|\n|\s\/\s/;
/** "Agent: ", which is not said. */
const SPEAKER = /^["“'\s]*\p{L}+\s?\d*\s*:\s+/u;
/** Comparisons of words on one page, for quotes word for word and for others; beyond them a quote is not sought. */
const MOST_COMPARED = { literally: 20_000_000, nearly: 20_000_000 };
/** A quote that may have been said: the page has too many to look for. */
export const NOT_SOUGHT = 'not sought';
/** Beyond these, a literal quote is not counted any further. */
const MOST_PLACES = 99;

/** Words of the transcript: first, and up to but without. */
interface Place {
  first: number;
  end: number;
}

interface Range extends Place {
  /** All places where it was said as well, this one first. */
  places: Place[];
  nearly?: true;
}

/**
 * Looks quotes up in one transcript, whatever their case, accents, spacing and punctuation; word for word, else with few words
 * heard or copied in another way, across turns too. Of a quote that was shortened every piece is looked for, in order, and the
 * longest has to be there. The finder gives undefined where a quote was not said.
 */
export function quoteFinder(turns: string[]): (quote: string) => QuotePlace | typeof NOT_SOUGHT | undefined {
  let said: Said | undefined;
  const left = { ...MOST_COMPARED };
  let isSought = true;

  function spend(kind: 'literally' | 'nearly', work: number): boolean {
    if (left[kind] < work) isSought = false;
    else left[kind] -= work;
    return isSought;
  }

  /** What was asked for so far, as long as the work for all of it cannot have been too much; then it need not be counted. */
  let uncounted: { keys: string[]; from: number }[] | undefined = [];
  let mostWork = 0;

  function exactly(words: Said, keys: string[], from: number): Range | undefined {
    const counted = (wanted: string[], after: number) =>
      literally(words, wanted, after, (work) => spend('literally', work));
    mostWork += words.count * (keys.length + 1);
    if (uncounted && mostWork <= MOST_COMPARED.literally) {
      uncounted.push({ keys, from });
      return rangeOf(words.saidAt(keys, from, MOST_PLACES), keys.length);
    }
    for (const before of uncounted ?? []) counted(before.keys, before.from);
    uncounted = undefined;
    return counted(keys, from);
  }

  function place(keys: string[], from = 0): Range | undefined {
    if (keys.length === 0) return undefined;
    said ??= saidOf(turns);
    const exact = exactly(said, keys, from);
    if (exact || keys.length < 2 || !isSought) return exact;
    return spend('nearly', keys.length * said.count) ? nearly(said.keys(), keys, from) : undefined;
  }

  function pieces(quote: string): QuotePlace | undefined {
    const parts = quote.split(CUTS).map(keysOf);
    if (parts.length === 1) return undefined;
    const longest = parts.reduce((a, b) => (b.length > a.length ? b : a));
    const anchor = longest.length > 1 ? place(longest) : undefined;
    if (!anchor) return undefined;
    const ranges: Range[] = [];
    for (const part of parts) {
      const range: Range | undefined =
        part === longest ? anchor : part.length > 1 ? place(part, ranges.at(-1)?.end ?? 0) : undefined;
      const isAfter = range && range.first >= (ranges.at(-1)?.end ?? 0);
      if (isAfter && (range.end <= anchor.first || range === anchor || ranges.includes(anchor))) ranges.push(range);
    }
    return placeOf(said as Said, ranges, anchor.places);
  }

  function find(quote: string): QuotePlace | undefined {
    const whole = place(keysOf(quote));
    return whole ? placeOf(said as Said, [whole], whole.places) : pieces(quote);
  }

  return (quote) => {
    isSought = true;
    const place = find(quote) ?? (SPEAKER.test(quote) ? find(quote.replace(SPEAKER, '')) : undefined);
    return place ?? (isSought ? undefined : NOT_SOUGHT);
  };
}

/** The words of a quote as it is looked up, without the speaker that may stand before it. */
export const keysQuoted = (quote: string): string[] => keysOf(quote.replace(SPEAKER, ''));

/** Takes work off what is left. @returns whether there was enough */
type Spend = (work: number) => boolean;

/** Each word is looked up in this one text, and each comparison counted. */
function literally(said: Said, keys: string[], from: number, spend: Spend): Range | undefined {
  const [all, known] = [said.keys(), said.places()];
  // Each of them has to be there, so only places of the one that was said least are looked at.
  const [, rarest, at] = keys
    .map((key, i) => [known.get(key)?.length ?? 0, known.get(key) ?? [], i] as const)
    .reduce((a, b) => (b[0] < a[0] ? b : a));
  const found: number[] = [];
  for (const place of rarest) {
    const first = place - at;
    if (first < from) continue;
    let same = 0;
    while (same < keys.length && all[first + same] === keys[same]) same++;
    if (same === keys.length) found.push(first);
    if (found.length === MOST_PLACES || !spend(same + 1)) break;
  }
  return rangeOf(found, keys.length);
}

/** @param found the first word of each place */
function rangeOf(found: readonly number[], length: number): Range | undefined {
  const places = found.map((first) => ({ first, end: first + length }));
  return places[0] && { ...places[0], places };
}

/** The stretch of words that differs least from the quote: the alignment of Sellers, whose start and end are free. */
function nearly(all: readonly string[], keys: string[], from: number): Range | undefined {
  const n = keys.length;
  const costOf = costsOf(keys);
  let [last, lastStart] = [Float64Array.from({ length: n + 1 }, (_, i) => i * OTHER), new Int32Array(n + 1).fill(from)];
  let [now, nowStart] = [new Float64Array(n + 1), new Int32Array(n + 1)];
  let best: { cost: number; first: number; end: number; places: Place[] } | undefined;
  for (let j = from; j < all.length; j++) {
    const cost = costOf(all[j] as string);
    now[0] = 0;
    nowStart[0] = j + 1;
    for (let i = 1; i <= n; i++) {
      const other = (last[i - 1] as number) + (cost[i - 1] as number);
      const skipped = (last[i] as number) + SKIPPED;
      const missing = (now[i - 1] as number) + OTHER;
      const least = Math.min(other, skipped, missing);
      now[i] = least;
      // Of equal ones the word that was not said: then no other one is marked in its place.
      nowStart[i] = (
        least === missing ? nowStart[i - 1] : least === skipped ? lastStart[i] : i === 1 ? j : lastStart[i - 1]
      ) as number;
    }
    const [total, first] = [now[n] as number, nowStart[n] as number];
    if (!best || total < best.cost) best = { cost: total, first, end: j + 1, places: [{ first, end: j + 1 }] };
    else if (total === best.cost && first >= (best.places.at(-1) as Place).end && best.places.length < MOST_PLACES)
      best.places.push({ first, end: j + 1 });
    [last, lastStart, now, nowStart] = [now, nowStart, last, lastStart];
  }
  return best && best.cost <= n * MOST_DIFFERENT && best.end > best.first
    ? { first: best.first, end: best.end, places: best.places, nearly: true }
    : undefined;
}

/** What it costs to take a word for each of the quote's; most words are none of them, and share one answer. */
function costsOf(keys: string[]): (word: string) => Float64Array {
  const none = new Float64Array(keys.length).fill(OTHER);
  const own = new Set(keys);
  const long = [...own].filter(mayBeMisheard);
  const known = new Map<string, Float64Array>();
  return (word) => {
    const cost = known.get(word);
    if (cost) return cost;
    const isNear = own.has(word) || (mayBeMisheard(word) && long.some((key) => soundsLike(key, word)));
    const made = isNear
      ? Float64Array.from(keys, (key) => (key === word ? 0 : soundsLike(key, word) ? MISHEARD : OTHER))
      : none;
    known.set(word, made);
    return made;
  };
}

/** @param places of the range that decides where it was said */
function placeOf(said: Said, ranges: Range[], places: Place[]): QuotePlace {
  const spans = ranges.flatMap((range) => spansOf(said, range));
  const turns = new Set([
    ...spans.map(({ turn }) => turn),
    ...places.flatMap(({ first, end }) => [lastUpTo(said.starts, first), lastUpTo(said.starts, end - 1)]),
  ]);
  return {
    spans,
    places: places.length,
    turns: [...turns],
    ...(ranges.some(({ nearly }) => nearly) && { nearly: true as const }),
  };
}

function spansOf({ wordsIn, starts }: Said, { first, end }: Range): Span[] {
  const spans: Span[] = [];
  for (let word = first; word < end; ) {
    // Of several turns that start with this word all but the last are empty.
    const turn = lastUpTo(starts, word);
    const { from, to } = wordsIn(turn);
    const start = starts[turn] as number;
    const last = Math.min(end - start, from.length) - 1;
    spans.push({ turn, from: from[word - start] as number, to: to[last] as number });
    word = start + last + 1;
  }
  return spans;
}
