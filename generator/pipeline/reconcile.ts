import pMap from 'p-map';
import { decodeText } from '../lib/bytes.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { callOfKey, callsKey, deadKey, enrichedKey, metaKey, openKey, qaKey, rawKey, recordKey } from './keys.ts';
import type { JsonObject } from './ports.ts';
import { newRecord, readRecord, writeRecord } from './record.ts';
import { audioKeys } from './remove.ts';
import { soundOf } from './sound.ts';
import { idsBelow } from './waiting.ts';
import type { World } from './world.ts';

/** Objects of a call, as bits. */
const AUDIO = 1;
const RAW = 2;
const ENRICHED = 4;
const CALLS = 8;
const QA = 16;
const RECORD = 32;

/** Calls that are looked at together. */
const AT_ONCE = 8;

/**
 * Look through all objects for calls that nobody would find any more: sound without its transcript, a transcript without its analysis, a
 * record without an entry among those that are open. Each is opened again; what was paid for before is not paid for again.
 * @returns how many were opened
 */
export async function lookThrough(world: World): Promise<number> {
  const { org, stores } = world;
  const found = await objectsOf(world);
  for (const prefix of [openKey(org, ''), deadKey(org, '')])
    for (const call of await idsBelow(stores.results, prefix)) found.delete(call);
  const suspects = [...found].filter(([, has]) => isUnfinished(has));
  const opened = await pMap(suspects, ([call, has]) => open(world, call, has), { concurrency: AT_ONCE });
  return opened.filter(Boolean).length;
}

async function objectsOf({ org, stores }: World): Promise<Map<string, number>> {
  const { input, results } = stores;
  const found = new Map<string, number>();
  const look = async (store: Store, folder: string, bit: number): Promise<void> => {
    for await (const { key } of store.list(folder)) {
      const call = callOfKey(key, folder)?.call;
      if (call !== undefined) found.set(call, (found.get(call) ?? 0) | bit);
    }
  };
  await look(input, `${org}/audio/`, AUDIO);
  for (const [keyOf, bit] of [
    [rawKey, RAW],
    [enrichedKey, ENRICHED],
    [callsKey, CALLS],
    [qaKey, QA],
    [recordKey, RECORD],
  ] as const) {
    const folder = keyOf(org, '');
    await look(results, folder.slice(0, folder.lastIndexOf('/') + 1), bit);
  }
  return found;
}

/** What another pipeline has left without a record is not ours, unless it is sound that nobody has worked on. */
function isUnfinished(has: number): boolean {
  const isFinal = (has & CALLS) !== 0 && (has & QA) !== 0;
  return (has & RECORD) !== 0 ? !isFinal || (has & ENRICHED) === 0 : has === AUDIO;
}

/** @returns whether there is anything to be done for it */
async function open(world: World, call: string, has: number): Promise<boolean> {
  try {
    return await openAgain(world, call, has);
  } catch (error) {
    // Somebody works on it already.
    if (error instanceof PreconditionFailed) return false;
    throw error;
  }
}

async function openAgain(world: World, call: string, has: number): Promise<boolean> {
  const { org, stores } = world;
  const { results } = stores;
  const held = await readRecord(results, org, call);
  if (!held) return has === AUDIO && adopt(world, call);
  const { record } = held;
  if (record.state === 'dead') {
    await results.put(deadKey(org, call), '');
    return false;
  }
  await results.put(openKey(org, call), '');
  if (record.state === 'waiting') return true;
  const { reason: _, notBefore: _before, ...rest } = record;
  await writeRecord(results, org, held, {
    ...rest,
    state: 'waiting',
    stage: 'transcribe',
    since: since(world),
    tries: 0,
  });
  return true;
}

/** Sound that somebody else has put there. */
async function adopt(world: World, call: string): Promise<boolean> {
  const { org, stores } = world;
  const [key = ''] = await audioKeys(stores.input, org, call);
  const object = await stores.input.get(key);
  const extension = callOfKey(key, `${org}/audio/`)?.ending;
  if (!object || extension === undefined) return false;
  const raw = await rawOf(stores.input, metaKey(org, call));
  await stores.results.put(openKey(org, call), '');
  const record = newRecord({ id: call, raw }, since(world));
  await writeRecord(stores.results, org, { record }, { ...record, audio: soundOf(object.body, extension) });
  return true;
}

async function rawOf(input: Store, key: string): Promise<JsonObject> {
  try {
    const object = await input.get(key);
    const { raw } = JSON.parse(object ? decodeText(object.body) : '{}') as { raw?: JsonObject };
    return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : {};
  } catch {
    return {};
  }
}

const since = ({ now }: World): string => now().toISOString();
