import { createHmac } from 'node:crypto';
import type { Call, Json, Utterance } from '../model.ts';
import { addressOf, agentId, inDomains, isParty, MIN_DIGITS, numberOf } from './parties.ts';
import type { Told } from './remarks.ts';
import { ruleId } from './rules.ts';

/** What of a call may name its outside party. */
export interface Maskable {
  call: Call;
  turns: Utterance[];
  remarks: Told[];
}

/** Puts a pseudonym in place of an outside party. The same party has the same one, within one organization and key. */
export type Mask = (told: Maskable, agentEnd: 'from' | 'to' | undefined) => Maskable;

/** Longest country code. */
const COUNTRY_DIGITS = 3;
/** Digits of one number may stand so far apart, with no letter between: "01632, 960 - 001". */
const MAX_GAP = 4;

/**
 * @param key CCI_MASKING_KEY
 * @param org the organization's id, so that one party has different pseudonyms in two organizations
 * @param domains the agents' domains; whoever lies in them is not outside
 */
export function maskWith(key: string, org: string, domains: readonly string[]): Mask {
  const pseudonym = (party: string): string => {
    const number = numberOf(party);
    const hash = createHmac('sha256', key).update(`${org}\n${number ?? addressOf(party)}`);
    return `••${addressOf(party).split('@')[0]?.replace(/\D/g, '').slice(-2)}-${hash.digest('hex').slice(0, 10)}`;
  };
  return ({ call, turns, remarks }, agentEnd) => {
    const isOutside = (end: 'from' | 'to') =>
      end !== agentEnd && call[end] !== undefined && isParty(call[end]) && !inDomains(call[end], domains);
    const outside = (['from', 'to'] as const).filter(isOutside).map((end) => call[end] as string);
    const inText = (text: string): string =>
      outside.reduce((masked, party) => maskText(masked, party, pseudonym(party)), text);
    const maybe = (text: string | undefined) => (text === undefined ? undefined : inText(text));
    // An agent that a row names need not be one of the ends.
    const own = agentEnd && call[agentEnd] !== undefined ? agentId(call[agentEnd]) : undefined;
    const shown = (end: 'from' | 'to') => (isOutside(end) ? pseudonym(call[end] as string) : call[end]);
    return {
      turns: turns.map((turn) => ({ ...turn, speaker: inText(turn.speaker), text: inText(turn.text) })),
      remarks: remarks.map(({ code, ...details }) => ({
        code,
        ...Object.fromEntries(Object.entries(details).map(([name, text]) => [name, inText(text)])),
      })),
      call: {
        ...call,
        from: shown('from'),
        to: shown('to'),
        agentName: maybe(call.agentName),
        agent: call.agent === null || call.agent === own ? call.agent : inText(call.agent),
        rules: call.rules.map((rule) => ({
          ...rule,
          rule: ruleId(inText(rule.name)),
          name: inText(rule.name),
          category: maybe(rule.category),
          evidence: maybe(rule.evidence),
          coachNote: maybe(rule.coachNote),
          description: maybe(rule.description),
          reason: maybe(rule.reason),
        })),
        insights: call.insights.map(({ key: name, value }) => ({ key: inText(name), value: inJson(value, inText) })),
        metadata: call.metadata.map(({ label, value }) => ({ label, value: inText(value) })),
      },
    };
  };
}

/** Replace a party's address, and any way of writing its number, in running text. */
function maskText(text: string, party: string, pseudonym: string): string {
  const number = numberOf(party);
  let masked = text;
  if (number === undefined || addressOf(party).includes('@')) {
    for (const form of new Set([party.trim(), addressOf(party)])) {
      if (form.length >= 3) masked = masked.replaceAll(new RegExp(escapeRegExp(form), 'gi'), pseudonym);
    }
  }
  return number === undefined ? masked : maskNumber(masked, number, pseudonym);
}

interface Digit {
  value: string;
  start: number;
  end: number;
}

/** With or without country code and trunk zero, in any script's digits, however grouped, beside other numbers. */
function maskNumber(text: string, number: string, pseudonym: string): string {
  const found: [start: number, end: number][] = [];
  for (const run of digitRuns(text)) {
    const digits = run.map(({ value }) => value).join('');
    // Part of a number that is said alone: "960001".
    if (digits.length >= MIN_DIGITS && number.endsWith(digits.replace(/^0+/, '')))
      found.push(spanOf(run, 0, run.length));
    const core = number.slice(-Math.max(MIN_DIGITS, number.length - COUNTRY_DIGITS));
    for (let at = digits.indexOf(core); at >= 0; at = digits.indexOf(core, at + core.length)) {
      found.push(spanOf(run, leftEnd(digits, at, number, core), at + core.length));
    }
  }
  // From the end, so that places stay where they are; of two that overlap the longer one holds both.
  let masked = text;
  let before = Number.POSITIVE_INFINITY;
  for (const [start, end] of found.sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (end > before) continue;
    before = start;
    masked = masked.slice(0, start).replace(/[+(]+$/, '') + pseudonym + masked.slice(end);
  }
  return masked;
}

/** Digits with nothing but a few marks between them. */
function digitRuns(text: string): Digit[][] {
  const runs: Digit[][] = [];
  for (const match of text.matchAll(/\p{Nd}/gu)) {
    const start = match.index;
    const last = runs.at(-1)?.at(-1);
    const gap = last && text.slice(last.end, start);
    const digit = { value: digitOf(match[0]), start, end: start + match[0].length };
    if (gap !== undefined && gap.length <= MAX_GAP && !/\p{L}/u.test(gap)) runs.at(-1)?.push(digit);
    else runs.push([digit]);
  }
  return runs;
}

/** Digits of a script stand in rows of ten from its zero on; those of other faces fold into our own. */
function digitOf(digit: string): string {
  const plain = digit.normalize('NFKC');
  if (/^\d$/.test(plain)) return plain;
  const code = plain.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}

/** How far the number goes to the left of its core: over the rest of it, a trunk zero and the zeros of an exit code. */
function leftEnd(digits: string, at: number, number: string, core: string): number {
  let [left, rest, zeros] = [at, number.length - core.length, 0];
  for (; left > 0; left--) {
    if (rest > 0 && digits[left - 1] === number[rest - 1]) rest--;
    else if (digits[left - 1] !== '0' || ++zeros > 3) break;
  }
  return left;
}

const spanOf = (run: Digit[], from: number, to: number): [number, number] => [
  run[from]?.start ?? 0,
  run[to - 1]?.end ?? 0,
];

function inJson(value: Json, inText: (text: string) => string): Json {
  if (typeof value === 'string') return inText(value);
  if (typeof value === 'number') {
    const masked = inText(String(value));
    return masked === String(value) ? value : masked;
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((inner) => inJson(inner, inText));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [inText(key), inJson(inner, inText)]));
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
