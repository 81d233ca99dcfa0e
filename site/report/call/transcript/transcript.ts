import { failedFirst } from '#shared/calls/failed-rules.ts';
import type { Direction, SpeakerSource, Utterance } from '#shared/model.ts';
import type { CallRule } from '#shared/view.ts';
import { keysQuoted, NOT_SOUGHT, quoteFinder } from './evidence.ts';
import { type Voices, voicesOf } from './voices.ts';
import { wordCount } from './words.ts';

/** A rule in the order of the rail, with the turn in which its quote was said. */
export interface QuotedRule extends CallRule {
  /** Id of its place on the page: at the quote where that was said, else among the rules. */
  anchor: string; // e.g., "q-1"
  /** 1 for the first turn; undefined where there is no quote, or it was not said. */
  turn?: number;
  /** In how many places the quote was said; `turn` is the first. */
  places?: number;
  /** Not said word for word. */
  nearly?: true;
  /** The turn that it goes on to. */
  onTo?: number;
  /** Whether it was said is not known: the page has too many quotes to look for. */
  notSought?: true;
}

/** What came of a rule: one without a verdict has neither passed nor failed, and is drawn as neither. */
export type Verdict = 'passed' | 'failed' | 'none';

export const verdictOf = ({ pass }: Pick<CallRule, 'pass'>): Verdict =>
  pass === undefined ? 'none' : pass ? 'passed' : 'failed';

/** A verdict in words, as the page writes it. */
export const VERDICTS: { [verdict in Verdict]: string } = { passed: 'Pass', failed: 'Fail', none: 'Not evaluated' };

/** The shape of a rule's verdict. */
export function shapeOf(rule: Pick<CallRule, 'pass' | 'critical'>): 'pass' | 'fail' | 'critical' | 'none' {
  const verdict = verdictOf(rule);
  if (verdict === 'failed') return rule.critical ? 'critical' : 'fail';
  return verdict === 'passed' ? 'pass' : 'none';
}

/** A stretch of a turn's text; marked where a rule quotes it. */
interface Part {
  text: string;
  mark?: Verdict;
}

/** One turn ready to be written. */
export interface Turn {
  who: string;
  /** Neither the agent nor, where nobody can say who that is, the first voice. */
  other: boolean;
  start?: number;
  end?: number;
  parts: Part[];
  /** Rules that quote this turn, in the order of the rail. */
  rules: QuotedRule[];
}

export interface Transcript {
  rules: QuotedRule[];
  turns: Turn[];
  /** Whether any turn has a time. */
  timed: boolean;
  voices: Voices;
}

/** Turns of one quote that are marked; a longer one is the call and no quote of it, and is named by its first and last turn. */
const MOST_MARKED = 100;
/** Quotes of fewer words are said by anybody. */
const TELLING_WORDS = 4;

/** Where a quote was said, in words: "turn 12", "turns 12 to 14, nearly word for word", "turn 3, first of 4". */
export function placeInWords({ turn, onTo, nearly, places }: QuotedRule): string | undefined {
  if (turn === undefined) return undefined;
  return [
    onTo === undefined ? `turn ${turn}` : `turns ${turn} to ${onTo}`,
    ...(nearly ? ['nearly word for word'] : []),
    ...(places !== undefined ? [`first of ${places}`] : []),
  ].join(', ');
}

/**
 * Joins rules and turns: finds each quote in its turn, marks it there, and decides by the quotes who speaks.
 * @param call what decides beside the quotes
 */
export function transcriptOf(
  rules: CallRule[],
  utterances: Utterance[],
  { direction, speakerSource }: { direction: Direction; speakerSource?: SpeakerSource | undefined },
): Transcript {
  const find = quoteFinder(utterances.map((utterance) => utterance.text));
  const marks: { from: number; to: number; rule: QuotedRule }[][] = utterances.map(() => []);
  const telling = new Map<string, number[]>();
  const quoted = rules.toSorted(failedFirst).map((rule, index): QuotedRule => {
    const anchor = `q-${index + 1}`;
    const place = rule.evidence ? find(rule.evidence) : undefined;
    if (place === NOT_SOUGHT) return { ...rule, anchor, notSought: true };
    const [first] = place?.spans ?? [];
    if (!place || !first) return { ...rule, anchor };
    const words = rule.pass && !rule.ofCustomer ? keysQuoted(rule.evidence ?? '') : [];
    if (wordCount(words) >= TELLING_WORDS) telling.set(words.join(' '), place.turns);
    const last = place.spans.at(-1) ?? first;
    const result = {
      ...rule,
      anchor,
      turn: first.turn + 1,
      ...(place.nearly && { nearly: true as const }),
      ...(place.places > 1 && { places: place.places }),
      ...(last.turn > first.turn && { onTo: last.turn + 1 }),
    };
    for (const { turn, from, to } of place.spans.slice(0, MOST_MARKED)) marks[turn]?.push({ from, to, rule: result });
    return result;
  });
  const voices = voicesOf(
    utterances.map(({ speaker }) => speaker),
    { direction, source: speakerSource, quotes: [...telling.values()] },
  );
  const turns = utterances.map((utterance, index): Turn => {
    const own = marks[index] ?? [];
    const voice = voices.of(utterance.speaker);
    return {
      who: voice.name,
      other: voice.side !== 'first',
      ...(utterance.start !== undefined && { start: utterance.start }),
      ...(utterance.end !== undefined && { end: utterance.end }),
      parts: own.length > 0 ? partsOf(utterance.text, own) : [{ text: utterance.text }],
      rules: own.length > 0 ? [...new Set(own.map((mark) => mark.rule))] : [],
    };
  });
  return { rules: quoted, turns, voices, timed: utterances.some((utterance) => utterance.start !== undefined) };
}

/** Cuts a text at its marks. Of two that overlap, the one of the rule that comes first in the rail is marked. */
function partsOf(text: string, marks: { from: number; to: number; rule: CallRule }[]): Part[] {
  const taken = new Uint8Array(text.length);
  const kept = marks
    .filter(({ from, to }) => {
      const isFree = !taken.subarray(from, to).includes(1);
      taken.fill(1, from, to);
      return isFree;
    })
    .sort((a, b) => a.from - b.from);
  const parts: Part[] = [];
  let at = 0;
  for (const { from, to, rule } of kept) {
    if (from > at) parts.push({ text: text.slice(at, from) });
    parts.push({ text: text.slice(from, to), mark: verdictOf(rule) });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}
