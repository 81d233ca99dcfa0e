import pMap from 'p-map';
import { decodeText, stableJson } from '../lib/bytes.ts';
import type { Store } from '../store/store.ts';
import { deadKey, isCallId, openKey, waitingKey } from './keys.ts';
import { readRecord, type WaitingCall } from './record.ts';
import type { World } from './world.ts';

/** `<org>/pipeline/waiting.json`: what the report tells of calls that are not done. */
interface Waiting {
  version: 1;
  at: string;
  waiting: number;
  dead: number;
  calls: WaitingCall[];
  engines: { transcribe: string; sentiment: string; evaluate: string };
}

/** Calls that are named; others are counted. */
const MOST_NAMED = 1000;
/** Records read at once. */
const AT_ONCE = 16;

/** Ids below a prefix, in the order of their names. */
export async function idsBelow(results: Store, prefix: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { key } of results.list(prefix)) {
    const id = key.slice(prefix.length);
    if (isCallId(id)) ids.push(id);
  }
  return ids;
}

/**
 * Calls that are not done: the newest of the dead first, then those that wait. At most 1,000 are named.
 * @param known dead calls of which nothing has changed
 */
export async function notDone(
  { org, stores }: Pick<World, 'org' | 'stores'>,
  known: ReadonlyMap<string, WaitingCall> = new Map(),
): Promise<{ waiting: number; dead: number; calls: WaitingCall[] }> {
  const { results } = stores;
  const [open, dead] = [await idsBelow(results, openKey(org, '')), await idsBelow(results, deadKey(org, ''))];
  const all = [...dead.toReversed().map((call) => ({ call, is: known.get(call) })), ...open.map((call) => ({ call }))];
  const named = await pMap(
    all.slice(0, MOST_NAMED),
    async ({ call, is }: { call: string; is?: WaitingCall | undefined }) => is ?? (await described(results, org, call)),
    { concurrency: AT_ONCE },
  );
  return { waiting: open.length, dead: dead.length, calls: named.filter((each) => each !== undefined).sort(order) };
}

/**
 * Write it where it says something else than before.
 * @param tried calls that were tried again though they were dead
 * @returns what it says
 */
export async function writeWaiting(world: World, tried: readonly string[] = []): Promise<Waiting> {
  const { org, stores, engines, now } = world;
  const object = await stores.results.get(waitingKey(org));
  const before = object && parse(object.body);
  // Of the dead nothing changes by itself.
  const dead = before?.calls.filter(({ call, state }) => state === 'dead' && !tried.includes(call));
  const known = new Map(dead?.map((each) => [each.call, each]));
  const found = await notDone(world, known);
  const { transcriber, sentiment, evaluator } = engines;
  const names = { transcribe: transcriber.name, sentiment: sentiment.name, evaluate: evaluator.name };
  const next: Waiting = { version: 1, at: now().toISOString(), ...found, engines: names };
  if (before && stableJson({ ...before, at: '' }) === stableJson({ ...next, at: '' })) return before;
  await stores.results.put(waitingKey(org), stableJson(next));
  return next;
}

function parse(body: Uint8Array): Waiting | undefined {
  try {
    const waiting = JSON.parse(decodeText(body)) as Waiting;
    return Array.isArray(waiting.calls) ? waiting : undefined;
  } catch {
    return undefined;
  }
}

async function described(results: Store, org: string, call: string): Promise<WaitingCall | undefined> {
  const held = await readRecord(results, org, call);
  if (!held) return undefined;
  const { state, stage, reason, since } = held.record;
  if (state === 'done') return undefined;
  return { call, stage, state, reason: reason ?? 'It is to be worked on.', since };
}

function order(a: WaitingCall, b: WaitingCall): number {
  if (a.state !== b.state) return a.state === 'dead' ? -1 : 1;
  return a.since === b.since ? (a.call < b.call ? -1 : 1) : a.since < b.since ? -1 : 1;
}
