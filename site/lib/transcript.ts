import type { Utterance } from '#model';
import type { CallRule } from '#view';
import { quoteFinder } from './evidence.ts';

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
}

/** A stretch of a turn's text; marked where a rule quotes it. */
export interface Part {
  text: string;
  mark?: 'passed' | 'failed';
}

/** One turn ready to be written. */
export interface Turn {
  who: string;
  /** Not the agent's side. */
  other: boolean;
  start?: number;
  parts: Part[];
  /** Rules that quote this turn, in the order of the rail. */
  rules: QuotedRule[];
}

export interface Transcript {
  rules: QuotedRule[];
  turns: Turn[];
  /** Whether any turn has a time. */
  timed: boolean;
}

const SIDES = new Map([
  ['agent', 'Agent'],
  ['customer', 'Customer'],
  ['unknown', 'Unknown'],
]);

/** The name of a voice: "Agent" is the first that was heard, "Customer" the other; any other is as the transcript has it. */
export function voice(speaker: string): string {
  return SIDES.get(speaker.toLowerCase()) ?? speaker;
}

/** A quote without the marks that a model put around it. */
export const unquote = (text: string): string => text.trim().replace(/^["“'‘]+|["”'’]+$/g, '');

/** Where a quote was said, in words: "turn 12", "turns 12 to 14, nearly word for word", "turn 3, first of 4". */
export function placeInWords({ turn, onTo, nearly, places }: QuotedRule): string | undefined {
  if (turn === undefined) return undefined;
  return [
    onTo === undefined ? `turn ${turn}` : `turns ${turn} to ${onTo}`,
    ...(nearly ? ['nearly word for word'] : []),
    ...(places !== undefined ? [`first of ${places}`] : []),
  ].join(', ');
}

/** Failed critical rules, failed ones, passed ones, those not evaluated; else as given. */
export function failedFirst(rules: CallRule[]): CallRule[] {
  const rank = (rule: CallRule): number => (rule.pass === false ? (rule.critical ? 0 : 1) : rule.pass ? 2 : 3);
  return rules.toSorted((a, b) => rank(a) - rank(b));
}

/** Joins rules and turns: finds each quote in its turn, and marks it there. */
export function transcriptOf(rules: CallRule[], utterances: Utterance[]): Transcript {
  const find = quoteFinder(utterances.map((utterance) => utterance.text));
  const marks: { from: number; to: number; rule: QuotedRule }[][] = utterances.map(() => []);
  const quoted = failedFirst(rules).map((rule, index): QuotedRule => {
    const anchor = `q-${index + 1}`;
    const place = rule.evidence ? find(rule.evidence) : undefined;
    const [first] = place?.spans ?? [];
    if (!place || !first) return { ...rule, anchor };
    const last = place.spans.at(-1) ?? first;
    const result = {
      ...rule,
      anchor,
      turn: first.turn + 1,
      ...(place.nearly && { nearly: true as const }),
      ...(place.places > 1 && { places: place.places }),
      ...(last.turn > first.turn && { onTo: last.turn + 1 }),
    };
    for (const { turn, from, to } of place.spans) marks[turn]?.push({ from, to, rule: result });
    return result;
  });
  const turns = utterances.map((utterance, index): Turn => {
    const own = marks[index] ?? [];
    return {
      who: voice(utterance.speaker),
      other: utterance.speaker !== 'agent',
      ...(utterance.start !== undefined && { start: utterance.start }),
      parts: own.length > 0 ? partsOf(utterance.text, own) : [{ text: utterance.text }],
      rules: [...new Set(own.map((mark) => mark.rule))],
    };
  });
  return { rules: quoted, turns, timed: utterances.some((utterance) => utterance.start !== undefined) };
}

/** Cuts a text at its marks. Of two that overlap, the one of the rule that comes first in the rail is marked. */
function partsOf(text: string, marks: { from: number; to: number; rule: CallRule }[]): Part[] {
  const kept = marks
    .filter((mark, index) =>
      marks.slice(0, index).every((earlier) => mark.to <= earlier.from || mark.from >= earlier.to),
    )
    .sort((a, b) => a.from - b.from);
  const parts: Part[] = [];
  let at = 0;
  for (const { from, to, rule } of kept) {
    if (from > at) parts.push({ text: text.slice(at, from) });
    parts.push({ text: text.slice(from, to), mark: rule.pass === false ? 'failed' : 'passed' });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}
