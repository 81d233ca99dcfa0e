import { wordsOf } from '#shared/search/terms.ts';
import type { Party, Turn } from '../ports.ts';
import { findWords } from '../rules/match.ts';
import { CHANNEL } from './to-document.ts';
import type { VoiceTurn } from './turns.ts';

/** What is known of a call before its voices have names. */
export interface Known {
  /** Who is on which channel; default: the agent on the left. */
  channels?: { left: Party; right: Party };
  /** Phrases that only agents say. */
  greetings: readonly string[];
  /** Names that an agent says of the house or of themselves, and those by which a transcript may name agents. */
  ownNames: readonly string[];
}

/** How it is known who speaks. `channel`: by the channels, or because the transcript itself names agent and customer. */
export type SpeakerSource = 'channel' | 'phrase' | 'first voice';

/** Share of a phrase's words that may be wrong. */
const TOLERANCE = 0.25;

/**
 * Give each voice its party. Channels are who the map says. Else the agent is the voice that the transcript calls so, or the one that says a
 * greeting or an own name; else the first voice. Of the rest the one that says most is the customer, others are unknown; where a transcript
 * tells no voices apart, all are.
 */
export function nameSpeakers(turns: readonly VoiceTurn[], known: Known): { turns: Turn[]; source: SpeakerSource } {
  const voices = [...new Set(turns.map(({ voice }) => voice))];
  const { parties, source } = partiesOf(voices, turns, known);
  return {
    turns: turns.map(({ voice, start, end, text }) => ({ speaker: parties.get(voice) ?? 'unknown', start, end, text })),
    source,
  };
}

type Parties = Map<string, Party | 'unknown'>;

function partiesOf(
  voices: string[],
  turns: readonly VoiceTurn[],
  known: Known,
): { parties: Parties; source: SpeakerSource } {
  if (voices.length > 0 && voices.every((voice) => CHANNEL.test(voice))) {
    const { left, right } = known.channels ?? { left: 'agent', right: 'customer' };
    return {
      parties: new Map([
        ['ch_0', left],
        ['ch_1', right],
      ]),
      source: 'channel',
    };
  }
  const named = voices.filter((voice) => isAgentsName(voice, known.ownNames));
  if (named.length > 0 && named.length < Math.max(2, voices.length))
    return { parties: partiesFor(named, turns), source: 'channel' };
  const customers = voices.filter((voice) => CUSTOMER.test(voice));
  const [customer] = customers;
  if (customer !== undefined && customers.length === 1 && voices.length <= 2) {
    const others = voices.filter((voice) => voice !== customer);
    return {
      parties: new Map([[customer, 'customer'], ...others.map((voice) => [voice, 'agent'] as const)]),
      source: 'channel',
    };
  }
  if (voices.length === 1 && voices[0] === '') {
    // One voice for all that was said: who says the greeting says everything.
    return { parties: new Map(), source: 'first voice' };
  }
  const greeting = whoSays(known.greetings, turns);
  // Several agents may greet: the call was passed on. Customers do not.
  if (greeting.length > 0 && greeting.length < Math.max(2, voices.length))
    return { parties: partiesFor(greeting, turns), source: 'phrase' };
  const own = whoSays(known.ownNames, turns);
  if (own.length === 1) return { parties: partiesFor(own, turns), source: 'phrase' };
  return { parties: partiesFor(voices.slice(0, 1), turns), source: 'first voice' };
}

const AGENT = /^(?:agent|operator|advisor|adviser|representative)$/i;
const CUSTOMER = /^(?:customer|caller|client)$/i;

function isAgentsName(voice: string, ownNames: readonly string[]): boolean {
  const words = wordsOf(voice).join(' ');
  return AGENT.test(voice.trim()) || (words !== '' && ownNames.some((name) => wordsOf(name).join(' ') === words));
}

/** Voices that say one of the phrases. */
function whoSays(phrases: readonly string[], turns: readonly VoiceTurn[]): string[] {
  const wanted = phrases.map(wordsOf).filter((words) => words.length > 0);
  const saying = turns.filter(({ text }) => {
    const said = wordsOf(text);
    return wanted.some((words) => findWords(words, said, Math.floor(words.length * TOLERANCE)));
  });
  return [...new Set(saying.map(({ voice }) => voice))];
}

function partiesFor(agents: readonly string[], turns: readonly VoiceTurn[]): Parties {
  const parties: Parties = new Map(agents.map((voice) => [voice, 'agent']));
  const said = new Map<string, number>();
  for (const { voice, text } of turns) if (!parties.has(voice)) said.set(voice, (said.get(voice) ?? 0) + text.length);
  const [most] = [...said].sort(([, a], [, b]) => b - a);
  if (most) parties.set(most[0], 'customer');
  return parties;
}
