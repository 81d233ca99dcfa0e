import { wordsOf } from '#shared/search/terms.ts';
import { oneLine, type Printable, quoted, say } from '../../lib/printable.ts';
import type { Match, Party, Turn } from '../ports.ts';
import { findWords } from './match.ts';
import { between, excerpt, type Spoken, spokenBy } from './spoken.ts';
import { readWithin, type Within } from './within.ts';

/** What the phrases of one rule come to. Without `pass`: not evaluated, for this reason. */
export type Judged =
  | { pass: boolean; quote?: string; note?: Printable; reason?: undefined }
  | { pass?: undefined; reason: Printable };

/** Share of a phrase's words that may be wrong, unless a rule says otherwise. */
const TOLERANCE = 0.25;
/** Times of words are estimates, by their place in the turn. Seconds. */
const SLACK = 1;

/**
 * Judge a rule by what was said: it passes where one of `any` is heard and none of `none` is. The proof is what was said, and whatever did not
 * pass has a note. Nothing is guessed: where nobody knows who spoke or when, and the answer depends on it, the rule is not evaluated.
 */
export function judgePhrases(match: Match, turns: readonly Turn[]): Judged {
  const { any = [], none = [], speaker = 'agent', tolerance = TOLERANCE } = match;
  const within = readWithin(match.within ?? 'call');
  if (any.length + none.length === 0) return { reason: say`Its “match” names no phrases.` };
  if (!within)
    return {
      reason: say`Its “match” has ${quoted(match.within ?? '')} as “within”: write "first 30 s", "last 60 s" or "call".`,
    };
  if (turns.every(({ text }) => text.trim() === '')) return { reason: say`Nothing was said.` };
  if (within.part !== 'call' && turns.every(({ end }) => end === 0))
    return { reason: say`The transcript has no times, and the rule looks at a part of the call only.` };

  const search = (phrases: readonly string[], parties: readonly (Party | 'unknown')[]): Heard | undefined =>
    heard(phrases, inPart(spokenBy(turns, parties), within, turns), Math.min(0.5, Math.max(0, tolerance)), turns);
  const own = speaker === 'anyone' ? (['agent', 'customer', 'unknown'] as const) : ([speaker] as const);
  const [wanted, unwanted] = [search(any, own), search(none, own)];
  const where = `${speaker === 'anyone' ? '' : ` from the ${speaker}`}${wordsFor(within)}`;
  if (unwanted)
    return {
      pass: false,
      quote: unwanted.quote,
      note: say`Heard${where}, and must not be: ${quoted(unwanted.phrase)}.`,
    };
  // What a voice without a name says may be theirs.
  const maybe =
    speaker === 'anyone'
      ? undefined
      : (any.length > 0 && !wanted && search(any, ['unknown'])) || search(none, ['unknown']);
  if (maybe) return { reason: say`Nobody knows whether it was the ${speaker} who said ${quoted(maybe.phrase)}.` };
  if (any.length > 0 && !wanted)
    return {
      pass: false,
      note: oneLine([
        say`Not heard${where}:`,
        say`${any.slice(0, MOST_NAMED).map(quoted)}${any.length > MOST_NAMED ? ', …' : ''}.`,
      ]),
    };
  return { pass: true, ...(wanted ? { quote: wanted.quote } : {}) };
}

/** Phrases that a note names. */
const MOST_NAMED = 5;

interface Heard {
  phrase: string;
  quote: string;
}

/** The phrase that is heard best, and the words of its turn. */
function heard(
  phrases: readonly string[],
  { words, places }: Spoken,
  tolerance: number,
  turns: readonly Turn[],
): Heard | undefined {
  let best: (Heard & { errors: number }) | undefined;
  for (const phrase of phrases) {
    const wanted = wordsOf(phrase);
    const found = findWords(wanted, words, Math.floor(wanted.length * tolerance));
    const place = found && places[found.from];
    const turn = place && turns[place.turn];
    if (!turn || (best && best.errors <= found.errors)) continue;
    best = { phrase, quote: excerpt(turn, place.piece), errors: found.errors };
  }
  return best;
}

function inPart(spoken: Spoken, { part, seconds }: Within, turns: readonly Turn[]): Spoken {
  if (part === 'call') return spoken;
  if (part === 'first') return between(spoken, 0, seconds + SLACK);
  const end = turns.reduce((latest, turn) => Math.max(latest, turn.end), 0);
  return between(spoken, end - seconds - SLACK, end);
}

const wordsFor = ({ part, seconds }: Within): string => (part === 'call' ? '' : ` in the ${part} ${seconds} s`);
