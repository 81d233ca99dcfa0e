import { audioKey, callOfKey, openKey, recordsPrefix } from '../keys.ts';
import type { Recording } from '../ports.ts';
import { type Held, newRecord, readRecord } from '../record.ts';
import type { World } from '../world.ts';

/** What is known of a recording that is listed: nothing more is to be done, also where it has another size by now, or the record to go on from. */
export type Known = 'taken' | 'changed' | Held;

/** So many are looked up one by one; of more, all names are listed once. */
const ONE_BY_ONE = 1000;

/** Tells of recordings, as they are listed, which were taken before. */
export function openKnown(world: World): (recording: Recording) => Promise<Known> {
  const { org, stores, now } = world;
  let asked = 0;
  let all: Promise<{ records: Set<string>; open: Set<string> }> | undefined;
  return async (recording) => {
    const { id } = recording;
    if (++asked > ONE_BY_ONE) {
      all ??= allNames(world);
      const { records, open } = await all;
      if (!records.has(id)) return { record: newRecord(recording, now().toISOString()) };
      if (!open.has(id)) return 'taken';
    }
    const held = await readRecord(stores.results, org, id);
    if (!held) return { record: newRecord(recording, now().toISOString()) };
    const { state, stage, audio } = held.record;
    const bytes = audio?.bytes ?? held.record.recording.bytes;
    const isChanged = bytes !== undefined && recording.bytes !== undefined && recording.bytes !== bytes;
    if (state !== 'waiting' || stage !== 'ingest') return isChanged ? 'changed' : 'taken';
    const isThere =
      audio && (await stores.input.get(audioKey(org, id, audio.extension), { range: { start: 0, end: 1 } }));
    // What is listed now may say more than what was listed first.
    return isThere ? 'taken' : { ...held, record: { ...held.record, recording } };
  };
}

async function allNames({ org, stores }: World): Promise<{ records: Set<string>; open: Set<string> }> {
  const [records, open] = [new Set<string>(), new Set<string>()];
  const folder = recordsPrefix(org);
  for await (const { key } of stores.results.list(folder)) {
    const call = callOfKey(key, folder)?.call;
    if (call !== undefined) records.add(call);
  }
  for await (const { key } of stores.results.list(openKey(org, ''))) open.add(key.slice(openKey(org, '').length));
  return { records, open };
}
