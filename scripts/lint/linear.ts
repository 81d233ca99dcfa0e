import { checkSync } from 'recheck';
import { explicitProperties } from './representatives.ts';
import { countsOf, tokensOf, waysOf } from './tokens.ts';

/**
 * Whether a pattern takes time in proportion to the text, also where all its matches are looked for one after the other
 * (`replaceAll`, `split`, `matchAll`).
 *
 * `^(?:(?:PATTERN)|[^])*` does what such a search does: at each place it tries the pattern, and else goes on by one character. It
 * succeeds at the end of any text, so nothing that has matched is tried again. An automaton (recheck) proves that linear.
 *
 * A pattern that can go on from a place in a few ways only, whatever the text, needs no such proof. One that begins with `^`, whichever
 * of its alternatives, is tried at the first place alone, so it is proven as it stands.
 *
 * Three things the automaton cannot have, or takes long for:
 * - classes by property (`\p{L}`) are replaced by characters that stand for all others; see `representatives.ts`
 * - assertions of bounded length are left out, and counts above 20 become "any number". Then every path is to be walked to its
 *   end, as a character follows that never comes: what runs can only end earlier on each of them
 * - an assertion without a bound, and a reference to a group, are not decided here
 * @returns undefined where it is proven, else why not
 */
export function whyNotLinear(source: string, flags: string): string | undefined {
  if (waysOf(source) <= MOST_WAYS) return undefined;
  const plain = explicitProperties(source, flags);
  const wide = widened(plain);
  if (wide === undefined) return 'it has an assertion without a bound: write it without, or as plain code';
  const tried = wide === plain ? plain : `(?:${wide})${NEVER}`;
  const search = isAnchored(source, flags) ? tried : `^(?:(?:${tried})|[^])*`;
  const { status, ...rest } = checkSync(search, flags.replaceAll(/[dgy]/g, ''), {
    checker: 'automaton',
    timeout: 60_000,
  });
  if (status === 'safe') return undefined;
  if (status === 'vulnerable' && 'attack' in rest)
    return `${rest.complexity.summary}, for example of ${rest.attack.pattern}`;
  return `undecided: ${'error' in rest ? JSON.stringify(rest.error) : status}`;
}

/** Whether it can begin at the first place of a text alone. */
function isAnchored(source: string, flags: string): boolean {
  const [first, ...rest] = tokensOf(source);
  if (first?.text !== '^' || flags.includes('m')) return false;
  let depth = 0;
  for (const { kind } of rest) {
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
    else if (kind === 'or' && depth === 0) return false;
  }
  return true;
}

/** A character of which no class of ours says anything. */
const NEVER = '\\uF8FE';
/** From each place of the text. */
const MOST_WAYS = 1000;
/** The automaton has a state for each. */
const MOST_COUNTED = 20;

/** The pattern without its assertions, and with "any number" in place of high counts; undefined where one has no bound. */
function widened(source: string): string | undefined {
  let text = '';
  /** For each open group whether it is an assertion; inside of one nothing is kept. */
  const open: boolean[] = [];
  for (const { kind, text: token } of tokensOf(source)) {
    if (kind === 'open') open.push(/^\(\?<?[=!]/.test(token));
    const isInside = open.includes(true);
    if (isInside && kind === 'quantifier' && countsOf(token).most === Number.POSITIVE_INFINITY) return undefined;
    if (!isInside) text += kind === 'quantifier' ? withoutCount(token) : token;
    if (kind === 'close') open.pop();
  }
  return text;
}

function withoutCount(quantifier: string): string {
  const { least, most } = countsOf(quantifier);
  const isHigh = Number.isFinite(most) ? most > MOST_COUNTED : least > MOST_COUNTED;
  return isHigh ? `*${quantifier.endsWith('?') ? '?' : ''}` : quantifier;
}
