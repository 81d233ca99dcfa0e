import type { Direction, SpeakerSource } from '#shared/model.ts';

/** One voice of a call, as its page calls it. */
export interface Voice {
  name: string; // e.g., "Agent"
  /** `first`: the agent, or the first voice where nobody can say who that is. `nobody`: the transcript does not tell voices apart. */
  side: 'first' | 'other' | 'nobody';
}

/** What the names of a call's voices rest on. */
type VoicesBy =
  /** The record itself says how it told the speakers apart. */
  | 'channel'
  | 'phrase'
  /** Quotes of passed rules were found in one voice. */
  | 'quotes'
  /** Nothing, and on an outbound call the first voice is often the customer's: nobody is called the agent. */
  | 'unsettled'
  /** Nothing but the order in which they were heard. */
  | 'first voice'
  /** The transcript has names of its own, or nobody's. */
  | 'as written'
  | 'nobody';

/** Who speaks in a call: one decision for its transcript, its talk ratio, its monologue and its lanes. */
export interface Voices {
  by: VoicesBy;
  /** Each voice that was heard, the first side first, nobody's words last; else in the order in which they were heard. */
  all: Voice[];
  /** The same voice for the same speaker. */
  of: (speaker: string) => Voice;
  /** Where quotes decided: how many were found in one voice each, and how many of these in the agent's. */
  quotes?: { found: number; agent: number };
}

/** What is known beside the transcript. */
export interface VoiceHints {
  direction: Direction;
  source?: SpeakerSource | undefined;
  /** Of each quote that counts, the turns in which it was said, counted from 0. */
  quotes?: readonly (readonly number[])[];
}

/** Fewest quotes that decide, and the share of them that has to be in one voice, as 4 of 5. */
const FEWEST_QUOTES = 3;
const ONE_VOICE = { of: 5, least: 4 };

const NOBODY = 'unknown';
const ROLES = new Map([
  ['agent', 'Agent'],
  ['customer', 'Customer'],
]);
const ORDINALS = ['First', 'Second', 'Third', 'Fourth'];

/**
 * Decides who is called the agent. The pipeline calls the first voice the agent, which is only trusted where the record says that
 * it knows better; else quotes of passed rules decide, which agents mostly say; else nobody is called the agent on an outbound call.
 * @param speakers of each turn, as the transcript has them
 */
export function voicesOf(speakers: readonly string[], { direction, source, quotes = [] }: VoiceHints): Voices {
  const keyBySpelling = new Map(Array.from(new Set(speakers), (speaker) => [speaker, keyOf(speaker)]));
  const spoken = speakers.map((speaker) => keyBySpelling.get(speaker) as string);
  const spellings = new Map<string, string>();
  for (const [i, key] of spoken.entries()) spellings.set(key, speakers[i] as string);
  const heard = Array.from(spellings, ([key, speaker]) => [key, speaker.trim()] as const);
  const keys = heard.map(([key]) => key).filter((key) => key !== NOBODY);
  const hasRoles = keys.some((key) => ROLES.has(key));
  const quoted = source === undefined ? mostQuoted(spoken, quotes) : undefined;
  const by: VoicesBy =
    source ??
    (quoted
      ? 'quotes'
      : keys.length === 0
        ? 'nobody'
        : !hasRoles
          ? 'as written'
          : direction === 'outbound'
            ? 'unsettled'
            : keys.includes('agent')
              ? 'first voice'
              : 'as written');
  const first = by === 'quotes' ? quoted?.key : by === 'unsettled' || !keys.includes('agent') ? keys[0] : 'agent';
  const named = new Map(
    heard.map(([key, written]): [string, Voice] => [
      key,
      {
        name: nameOf(key, written, { by, keys, agent: quoted?.key }),
        side: key === NOBODY ? 'nobody' : key === first ? 'first' : 'other',
      },
    ]),
  );
  // Asked for each turn several times.
  const asWritten = new Map<string, Voice>();
  const order = { first: 0, other: 1, nobody: 2 };
  return {
    by,
    all: [...named.values()].sort((a, b) => order[a.side] - order[b.side]),
    of: (speaker) => {
      const voice = asWritten.get(speaker) ?? named.get(keyOf(speaker)) ?? { name: speaker, side: 'other' };
      asWritten.set(speaker, voice);
      return voice;
    },
    ...(quoted && { quotes: { found: quoted.found, agent: quoted.agent } }),
  };
}

/** Whether the first side is called the agent. */
export const hasAgent = ({ by, all }: Voices): boolean =>
  by === 'quotes' || (by !== 'unsettled' && all[0]?.name === ROLES.get('agent'));

function nameOf(
  key: string,
  written: string,
  { by, keys, agent }: { by: VoicesBy; keys: string[]; agent: string | undefined },
): string {
  if (key === NOBODY) return 'Unknown';
  if (by === 'quotes' && key === agent) return 'Agent';
  const role = ROLES.get(key);
  if (role === undefined) return written;
  const at = keys.indexOf(key);
  const ordinal = at < ORDINALS.length ? `${ORDINALS[at]} voice` : `Voice ${at + 1}`;
  if (by === 'unsettled') return ordinal;
  // The quotes say that the first voice was not the agent's: with two voices the other is the customer's.
  if (by === 'quotes' && agent !== 'agent') return keys.length === 2 ? 'Customer' : ordinal;
  return role;
}

/** The voice that said nearly all quotes that only one voice said; undefined where there are too few, or they disagree. */
function mostQuoted(keys: readonly string[], quotes: readonly (readonly number[])[]) {
  const counts = new Map<string, number>();
  let found = 0;
  for (const turns of quotes) {
    const [key, ...others] = new Set(turns.map((turn) => keys[turn] ?? NOBODY));
    if (key === undefined || key === NOBODY || others.length > 0) continue;
    found++;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [key, agent] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  const isOne = found >= FEWEST_QUOTES && agent * ONE_VOICE.of >= found * ONE_VOICE.least;
  return isOne ? { key, found, agent } : undefined;
}

const keyOf = (speaker: string): string => speaker.trim().toLowerCase() || NOBODY;

/** What the names rest on, as a sentence; undefined where the transcript's own names need none. */
export function voicesInWords({ by, quotes }: Voices): string | undefined {
  switch (by) {
    case 'channel':
      return 'The recording’s channels identify the speakers.';
    case 'phrase':
      return 'The agent is the voice that said an agent’s greeting or name.';
    case 'quotes':
      return `The agent is identified by quotes: ${quotes?.agent} of ${quotes?.found} quotes of passed rules were said by this voice.`;
    case 'unsettled':
      return 'It is not known which voice is the agent’s: on an outbound call the first voice is often the customer’s.';
    case 'first voice':
      return 'The first voice is assumed to be the agent.';
    case 'nobody':
      return 'The transcript does not say who is speaking.';
    case 'as written':
      return undefined;
  }
}
