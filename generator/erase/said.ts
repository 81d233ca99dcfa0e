import { agentId, inDomains, isParty, numberOf } from '#shared/calls/parties.ts';
import type { Call, Json } from '#shared/model.ts';
import { holdsWord, type Needle } from './needles.ts';
import { readingsOf } from './readings.ts';

/**
 * What only one call may hold: what was said and written in it, and its outside party. It may be another call's as well, so what
 * is found in the record or on the page of another one is that one's.
 */
export interface Said {
  needles: Needle[];
  /** How many texts, and how many spellings of parties. */
  texts: number;
  parties: number;
}

/** Shorter texts are said in any call. */
const LEAST_SIGNS = 24;
/** The longest ones are looked for: each costs time in every object. */
const MOST_TEXTS = 40;

/**
 * @param records every version of the call's record that was left
 * @param pages its pages, as HTML
 * @param domains the agents' domains: whoever lies in them is not outside
 */
export function saidIn(records: readonly Call[], pages: readonly string[], domains: readonly string[]): Said {
  const written = records.flatMap((call) => [
    ...call.insights.flatMap(({ value }) => textsOf(value)),
    ...call.metadata.map(({ value }) => value),
    ...call.rules.flatMap(({ evidence, coachNote }) => [evidence ?? '', coachNote ?? '']),
  ]);
  const texts = [...new Set([...written, ...pages.flatMap(turnsOf)].map(oneSpaced))]
    .filter((text) => text.length >= LEAST_SIGNS && text.includes(' '))
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_TEXTS);
  const parties = [...new Set(records.flatMap((call) => partiesOf(call, domains)))];
  const inTexts = texts.map((text): Needle => ({ what: 'what was said in it', isIn: (read) => read.includes(text) }));
  const ofParties = parties.map(
    (party): Needle => ({ what: 'its outside party', isIn: (read) => holdsWord(read, party, []) }),
  );
  return { needles: [...inTexts, ...ofParties], texts: texts.length, parties: parties.length };
}

/** As texts are compared: line breaks differ between a record and a page. */
export const oneSpaced = (text: string): string => text.replace(/\s+/g, ' ').trim();

function textsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return (Array.isArray(value) ? value : Object.values(value)).flatMap(textsOf);
}

const TURN = '<p class="said"';

/** What was said, from a call's page: see `site/report/views/Call.astro`. */
const turnsOf = (page: string): string[] =>
  page
    .split(TURN)
    .slice(1)
    .map((rest) => rest.slice(rest.indexOf('>') + 1, Math.max(0, rest.indexOf('</p>'))))
    .map((turn) => readingsOf(turn.replace(/<[^<>]*>/g, '')).at(-1) ?? '');

/** As recorded, and a number by its digits alone. */
function partiesOf(call: Call, domains: readonly string[]): string[] {
  const ends = [call.from, call.to].filter((end) => end !== undefined);
  return ends
    .filter((end) => isParty(end) && agentId(end) !== call.agent && !inDomains(end, domains))
    .flatMap((end) => [end, numberOf(end) ?? end]);
}
