import { addressOf, agentId, inDomains, isParty, MIN_DIGITS, numberOf } from '#shared/calls/parties.ts';
import type { Call, Json, Utterance } from '#shared/model.ts';
import { addressFinder } from '../masking/address-spans.ts';
import { aliasOf } from '../masking/alias.ts';
import { digitsOf } from '../masking/digits.ts';
import { maskNames } from '../masking/names.ts';
import { markNumber } from '../masking/number-marks.ts';
import { pseudonymOf } from '../masking/pseudonym.ts';
import { type Span, spansOf, withSpans } from '../masking/spans.ts';
import { isNobody } from './nobodys-number.ts';
import type { FieldRemark } from './remarks.ts';
import { ruleId } from './rules.ts';

/** What of a call may name its outside party. */
interface Maskable {
  call: Call;
  turns: Utterance[];
  remarks: FieldRemark[];
}

/** Puts a pseudonym in place of an outside party. The same party has the same one, within one organization and key. */
export type Mask = (told: Maskable, agentEnd: 'from' | 'to' | undefined) => Maskable;

/**
 * @param key CCI_MASKING_KEY
 * @param org the organization's id, so that one party has different pseudonyms in two organizations
 * @param domains the agents' domains; whoever lies in them is not outside
 */
export function maskWith(key: string, org: string, domains: readonly string[]): Mask {
  const pseudonym = (party: string): string => {
    const address = addressOf(party);
    const digits = address.split('@')[0]?.replace(/\D/g, '') ?? '';
    // A name without digits is nobody whose calls are counted, as it is where nothing is masked.
    const mark = isParty(party) ? '' : '•';
    return mark + pseudonymOf(key, org, numberOf(party) ?? address, digits);
  };
  return ({ call, turns, remarks }, agentEnd) => {
    const isOutside = (end: 'from' | 'to'): boolean => {
      const party = call[end];
      if (end === agentEnd || party === undefined || isNobody(party) || inDomains(party, domains)) return false;
      // A number or an address is an agent's by its end alone; a name is where the record names it.
      return isParty(party) || call.agent === null || agentId(party) !== call.agent;
    };
    const ends = (['from', 'to'] as const).filter((end) => call[end] !== undefined);
    const outside = ends.filter(isOutside).map((end) => partyOf(call[end] as string, pseudonym(call[end] as string)));
    const spansIn = (texts: readonly string[]): Span[][] => spansOfParties(texts, outside);
    const inTexts = (texts: readonly string[]): string[] => {
      if (outside.length === 0) return [...texts];
      const spans = spansIn(texts);
      return texts.map((text, i) => withSpans(text, spans[i] ?? []));
    };
    const inText = (text: string): string => inTexts([text])[0] ?? '';
    const maybe = (text: string | undefined) => (text === undefined ? undefined : inText(text));
    // An agent that a row names need not be one of the ends.
    const own = ends.filter((end) => !isOutside(end)).map((end) => agentId(call[end] as string));
    const shown = (end: 'from' | 'to') => (isOutside(end) ? pseudonym(call[end] as string) : call[end]);
    const texts = inTexts(turns.map(({ text }) => text));
    const speakers = new Map([...new Set(turns.map(({ speaker }) => speaker))].map((name) => [name, inText(name)]));
    const values = inTexts(call.metadata.map(({ value }) => value));
    const isNumberKnown = outside.some(({ numbers }) => numbers.length > 0);
    return {
      turns: turns.map((turn, i) => ({
        ...turn,
        speaker: speakers.get(turn.speaker) as string,
        text: texts[i] as string,
      })),
      remarks: remarks.map(({ code, ...details }) => ({
        code,
        // A column is known by its masked name wherever it is told of; what stands there may be a number nobody knows of.
        ...Object.fromEntries(
          Object.entries(details).map(([name, text]) => [
            name,
            inText(name === 'column' || (name === 'value' && !isNumberKnown) ? maskNames(text) : text),
          ]),
        ),
      })),
      call: {
        ...call,
        alias: aliasOf(key, org, call.id, spansIn([call.id])[0] ?? [], isNumberKnown),
        from: shown('from'),
        to: shown('to'),
        agentName: maybe(call.agentName),
        agent: call.agent === null || own.includes(call.agent) ? call.agent : inText(call.agent),
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
        insights: call.insights.map(({ key: name, value }) => ({ key: inText(name), value: inJson(value, inTexts) })),
        language: maybe(call.language),
        notEvaluatedReason: maybe(call.notEvaluatedReason),
        metadata: call.metadata.map(({ label }, i) => ({ label, value: values[i] as string })),
      },
    };
  };
}

const MOST_DIGITS = 64;

/** An outside party of one call, and how it is found in texts. */
interface OutsideParty {
  pseudonym: string;
  numbers: string[];
  find?: (text: string) => Span[];
}

function partyOf(party: string, pseudonym: string): OutsideParty {
  const numbers = numbersIn(party);
  const isNumber = numberOf(party) !== undefined && !addressOf(party).includes('@');
  // More digits are no number that anybody dials: it is found by its end, and as it stands.
  const isLong = numbers.some(({ length }) => length > MOST_DIGITS);
  return {
    pseudonym,
    numbers: numbers.map((number) => number.slice(-MOST_DIGITS)),
    ...((!isNumber || isLong) && { find: addressFinder(party, pseudonym) }),
  };
}

/** Every number of a party: its own, or those that stand among other words, such as an extension's. None of a host. */
function numbersIn(party: string): string[] {
  const own = numberOf(party);
  const before = party.includes('@') ? party.slice(0, party.indexOf('@')) : party;
  const numbers: string[] = [];
  let number = '';
  for (const { value, close } of own === undefined ? digitsOf([before]) : []) {
    if (!close) numbers.push(number);
    number = close ? number + value : value;
  }
  return [...(own === undefined ? [] : [own]), ...numbers, number].filter(({ length }) => length >= MIN_DIGITS);
}

/** @param texts that follow each other: a number may be said over several */
function spansOfParties(texts: readonly string[], parties: readonly OutsideParty[]): Span[][] {
  const spans: Span[][] = texts.map(() => []);
  const digits = digitsOf(texts);
  for (const { pseudonym, numbers, find } of parties) {
    for (const number of numbers)
      for (const [i, own] of spansOf(digits, markNumber(digits, number), pseudonym).entries())
        for (const span of own ?? []) spans[i]?.push(span);
    if (find) for (const [i, text] of texts.entries()) for (const span of find(text)) spans[i]?.push(span);
  }
  return spans;
}

/** Texts, keys and numbers of a value, masked as texts that follow each other. */
function inJson(value: Json, inTexts: (texts: readonly string[]) => string[]): Json {
  const texts: string[] = [];
  eachText(value, (text) => void texts.push(text));
  const masked = inTexts(texts).values();
  const next = () => masked.next().value as string;
  const rebuilt = (inner: Json): Json => {
    if (typeof inner === 'string') return next();
    if (typeof inner === 'number') {
      const text = next();
      return text === String(inner) ? inner : text;
    }
    if (inner === null || typeof inner !== 'object') return inner;
    if (Array.isArray(inner)) return inner.map(rebuilt);
    return Object.fromEntries(Object.entries(inner).map(([, each]) => [next(), rebuilt(each)]));
  };
  return rebuilt(value);
}

/** In the order of the value: of a pair its key first. */
function eachText(value: Json, found: (text: string) => void): void {
  if (typeof value === 'string' || typeof value === 'number') found(String(value));
  else if (Array.isArray(value)) for (const inner of value) eachText(inner, found);
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      found(key);
      eachText(inner, found);
    }
}
