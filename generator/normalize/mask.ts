import { createHmac } from 'node:crypto';
import type { Call, Json, Utterance } from '../model.ts';
import { addressOf, inDomains } from './parties.ts';

/** Puts a pseudonym in place of an outside party. The same party has the same one, within one organization and key. */
export type Mask = (
  call: Call,
  turns: Utterance[],
  agentEnd: 'from' | 'to' | undefined,
) => { call: Call; turns: Utterance[] };

/** A number of at least this many digits in running text may be a party's. */
const MIN_DIGITS = 6;
const NUMBER_IN_TEXT = /[+(]?\d(?:[\s().\-–/]{0,3}\d){5,}/g;

/**
 * @param key CCI_MASKING_KEY
 * @param org the organization's id, so that one party has different pseudonyms in two organizations
 * @param domains the agents' domains; whoever lies in them is not outside
 */
export function maskWith(key: string, org: string, domains: readonly string[]): Mask {
  const pseudonym = (party: string): string => {
    const address = addressOf(party);
    const digits = address.replace(/\D/g, '');
    const hash = createHmac('sha256', key).update(
      `${org}\n${digits.length >= MIN_DIGITS && !address.includes('@') ? digits : address}`,
    );
    return `••${digits.slice(-2)}-${hash.digest('hex').slice(0, 10)}`;
  };
  return (call, turns, agentEnd) => {
    const isOutside = (end: 'from' | 'to') =>
      end !== agentEnd && call[end] !== undefined && !inDomains(call[end], domains);
    const outside = (['from', 'to'] as const).filter(isOutside).map((end) => call[end] as string);
    const inText = (text: string): string =>
      outside.reduce((masked, party) => maskText(masked, party, pseudonym(party)), text);
    const maybe = (text: string | undefined) => (text === undefined ? undefined : inText(text));
    return {
      turns: turns.map((turn) => ({ ...turn, text: inText(turn.text) })),
      call: {
        ...call,
        from: isOutside('from') ? pseudonym(call.from as string) : call.from,
        to: isOutside('to') ? pseudonym(call.to as string) : call.to,
        rules: call.rules.map((rule) => ({
          ...rule,
          evidence: maybe(rule.evidence),
          coachNote: maybe(rule.coachNote),
        })),
        insights: call.insights.map(({ key: name, value }) => ({ key: name, value: inJson(value, inText) })),
        metadata: call.metadata.map(({ label, value }) => ({ label, value: inText(value) })),
      },
    };
  };
}

/** Replace a party's address, and any way of writing its number, in running text. */
function maskText(text: string, party: string, pseudonym: string): string {
  const address = addressOf(party);
  const digits = address.replace(/\D/g, '');
  let masked = text;
  for (const form of new Set([party.trim(), address])) {
    if (form.length >= 3) masked = masked.replaceAll(new RegExp(escapeRegExp(form), 'gi'), pseudonym);
  }
  if (digits.length < MIN_DIGITS || address.includes('@')) return masked;
  return masked.replace(NUMBER_IN_TEXT, (found) =>
    isSameNumber(found.replace(/\D/g, ''), digits) ? pseudonym : found,
  );
}

/** With or without country code and trunk zero. */
function isSameNumber(found: string, digits: string): boolean {
  const national = found.replace(/^0+/, '');
  return national.length >= MIN_DIGITS && (digits.endsWith(national) || national.endsWith(digits.replace(/^0+/, '')));
}

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
