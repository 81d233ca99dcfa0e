import type { Store, StoredObject } from '../../../generator/store/store.ts';

export const ORG = 'org_1';

/** How many calls of how many agents, spread evenly over so many days. */
export interface Size {
  calls: number;
  agents: number;
  days: number;
}

const LAST_DAY = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;
const TEAMS = 10;
const FOLDERS = ['enriched', 'final/v2.0-flat/calls', 'final/v2.0-flat/qa'] as const;
const RULES = ['Greets', 'Verifies identity', 'Asks first', 'Confirms', 'Offers further help', 'Says goodbye'];

/** `report-config.json`: agents in teams, and a critical rule. */
export const configOf = ({ agents }: Size): string =>
  JSON.stringify({
    name: 'Parcels Ltd',
    timeZone: 'UTC',
    agentDomains: ['agents.example'],
    passMark: 70,
    criticalRules: [RULES[1]],
    agents: Object.fromEntries(
      Array.from({ length: agents }, (_, i) => [addressOf(i), { name: `Agent ${i}`, team: `Team ${i % TEAMS}` }]),
    ),
  });

/**
 * Calls with a transcript of two turns, made when they are read: they take no memory, so that a process's is the build's alone.
 * @param again how often a call, by its number, has been analysed again; asked at each request
 */
export function thinCalls(size: Size, again: (nth: number) => number): Store {
  const read = (key: string): StoredObject | undefined => {
    const [, folder = '', number = ''] = /^org_1\/(.+)\/c(\d{7})\.jsonl?$/.exec(key) ?? [];
    const nth = Number(number);
    if (number === '' || nth >= size.calls || !FOLDERS.includes(folder as (typeof FOLDERS)[number])) return undefined;
    const body = new TextEncoder().encode(textOf(folder, nth, again(nth), size));
    return { body, etag: `v${again(nth)}`, size: body.byteLength };
  };
  const refuse = () => Promise.reject(new Error('the input is read only'));
  return {
    url: 'memory:calls',
    async *list(prefix) {
      for (const folder of FOLDERS) {
        const below = `${ORG}/${folder}/`;
        if (!below.startsWith(prefix) && !prefix.startsWith(below)) continue;
        // A key that is asked for by itself is found at once.
        const one = /^c(\d{7})/.exec(prefix.slice(below.length))?.[1];
        const [from, to] = one === undefined ? [0, size.calls] : [Number(one), Math.min(Number(one) + 1, size.calls)];
        for (let nth = from; nth < to; nth++) {
          const key = `${below}${idOf(nth)}.${folder === 'enriched' ? 'json' : 'jsonl'}`;
          if (key.startsWith(prefix)) yield { key, etag: `v${again(nth)}`, size: 500 };
        }
      }
    },
    folders: async () => [ORG],
    top: async () => [`${ORG}/`],
    get: async (key) => read(key),
    put: refuse,
    remove: refuse,
  };
}

/** Of its `calls/` object. */
export const keyOfCall = (nth: number): string => `${ORG}/${FOLDERS[1]}/${idOf(nth)}.jsonl`;

const idOf = (nth: number): string => `c${String(nth).padStart(7, '0')}`;
const addressOf = (agent: number): string => `agent${agent}@agents.example`;

/** A number that looks drawn, the same for the same parts. */
function drawn(nth: number, salt: number): number {
  let x = Math.imul(nth + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return (x ^ (x >>> 15)) >>> 0;
}

function textOf(folder: string, nth: number, again: number, { agents, days }: Size): string {
  const own = { tenant_id: ORG, call_id: idOf(nth) };
  const passed = RULES.map((_, i) => drawn(nth, 100 + i + 10 * again) % 6 > 0);
  const overall_score = Math.round((100 * passed.filter(Boolean).length) / RULES.length);
  const graded = { overall_score, grade: overall_score >= 90 ? 'A' : overall_score >= 70 ? 'C' : 'D' };
  if (folder.endsWith('qa'))
    return RULES.map((rule_name, i) =>
      JSON.stringify({ ...own, ...graded, rule_name, category: 'Talk', score: 100, pass: passed[i], weight: 1 }),
    ).join('\n');
  if (folder === 'enriched') {
    const transcript = [
      { speaker: 'agent', start_time: 0.5, end_time: 4, text: 'hello you are through to parcels' },
      { speaker: 'customer', start_time: 5, end_time: 9, text: `my parcel ${nth} has not come` },
    ];
    return JSON.stringify({ ...own, transcript, analysis_features: { utterance_count: 2, word_count: 12 } });
  }
  const begun = LAST_DAY - (days - 1 - (nth % days)) * DAY_MS + (8 * 3600 + (drawn(nth, 1) % 36_000)) * 1000;
  const duration_seconds = 60 + (drawn(nth, 2) % 600);
  const positive = (drawn(nth, 3 + again) % 100) / 100;
  const iso = (at: number) => new Date(at).toISOString();
  return JSON.stringify({
    ...own,
    ...graded,
    language: 'en-GB',
    direction: drawn(nth, 4) % 3 > 0 ? 'inbound' : 'outbound',
    from_number: `+4416329${String(drawn(nth, 5) % 60_000).padStart(5, '0')}`,
    to_number: addressOf(drawn(nth, 6) % agents),
    start_timestamp: iso(begun),
    end_timestamp: iso(begun + duration_seconds * 1000),
    duration_seconds,
    processing_timestamp: iso(LAST_DAY + 2 * DAY_MS),
    overall: positive > 0.6 ? 'positive' : positive > 0.3 ? 'neutral' : 'negative',
    positive,
    neutral: 0,
    negative: 1 - positive,
    confidence: 0.8,
    summary: [`A call about parcel ${nth}, heard ${again}.`],
  });
}
