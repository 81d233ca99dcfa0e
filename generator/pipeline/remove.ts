import { decodeText } from '../lib/bytes.ts';
import type { Store } from '../store/store.ts';
import { hashOf, jobName } from './hash.ts';
import {
  answersPrefix,
  audioKey,
  callOfKey,
  callsKey,
  deadKey,
  enrichedKey,
  groupKey,
  metaKey,
  openKey,
  qaKey,
  rawKey,
  recordKey,
  redactedKey,
  v1Key,
} from './keys.ts';
import type { CallRecord } from './record.ts';
import type { World } from './world.ts';

/** The group of a recording, as its entry is named. */
export const groupHash = (group: string): string => hashOf(group);

/**
 * Take away all that the pipeline has of a call, its record last: whoever is killed meanwhile begins again.
 * @param record where it is known: of what a group's entry and the transcription service have
 * @returns the keys of what was there, of both stores
 */
export async function removeCall(
  { org, stores, engines }: Pick<World, 'org' | 'stores' | 'engines'>,
  call: string,
  record?: CallRecord,
): Promise<string[]> {
  const { input, results } = stores;
  const removed: string[] = [];
  const take = async (store: Store, key: string): Promise<void> => {
    if ((await store.get(key, { range: { start: 0, end: 1 } })) === undefined) return;
    await store.remove(key);
    removed.push(key);
  };
  // First what would bring it back.
  await take(results, openKey(org, call));
  for (const key of await audioKeys(input, org, call)) await take(input, key);
  await take(input, metaKey(org, call));
  if (record?.job) await forget(engines, record.job.name);
  for (const key of [callsKey, qaKey, v1Key, enrichedKey, rawKey, redactedKey]) await take(results, key(org, call));
  for await (const { key } of results.list(answersPrefix(org, call))) {
    // Its job may still be known where it was transcribed, with the name of the sound.
    const [, asked] = /\/transcribe-([0-9a-f]+)\.json$/.exec(key) ?? [];
    if (asked !== undefined) await forget(engines, jobName(org, call, asked));
    await take(results, key);
  }
  const group = record?.recording.group;
  if (group !== undefined) {
    const key = groupKey(org, groupHash(group));
    const object = await results.get(key);
    if (object && decodeText(object.body) === call) await take(results, key);
  }
  await take(results, deadKey(org, call));
  await take(results, recordKey(org, call));
  return removed;
}

const LONGEST_MS = 60_000;

async function forget({ transcriber }: World['engines'], name: string): Promise<void> {
  await transcriber.forget?.({ name }, AbortSignal.timeout(LONGEST_MS));
}

/** Where the sound of a call lies, whatever its format. */
export async function audioKeys(input: Store, org: string, call: string): Promise<string[]> {
  const keys: string[] = [];
  const folder = `${org}/audio/`;
  for await (const { key } of input.list(audioKey(org, call, '')))
    if (callOfKey(key, folder)?.call === call) keys.push(key);
  return keys;
}
