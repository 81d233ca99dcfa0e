import pMap from 'p-map';
import { readIngest, writeIngest } from '../ingest/watermark.ts';
import { deadKey, openKey } from '../keys.ts';
import { type CallRecord, readRecord, STAGES, type Stage, writeRecord } from '../record.ts';
import { audioKeys } from '../remove.ts';
import { idsBelow } from '../waiting.ts';
import type { World } from '../world.ts';

const READ_AT_ONCE = 16;

type Place = Pick<World, 'org' | 'stores' | 'now'>;

/**
 * Open a call again, from a stage on: whoever works on it next asks the engines of that stage once more. What came before is kept.
 * @param from default: where it waits or died; of a call that is done, `analyse`
 * @returns the stage from which it begins; undefined where there is no such call
 * @throws {PreconditionFailed} where somebody works on it at this moment
 */
export async function replay(place: Place, call: string, from?: Stage): Promise<Stage | undefined> {
  const { org, stores, now } = place;
  const held = await readRecord(stores.results, org, call);
  if (!held) return undefined;
  const { record } = held;
  const stage = earlier(from ?? record.stage, record.state === 'done' ? 'analyse' : record.stage);
  await stores.results.put(openKey(org, call), '');
  await writeRecord(stores.results, org, held, { ...openedAt(record, stage), since: now().toISOString() });
  await stores.results.remove(deadKey(org, call));
  // Only now: whoever works on the call at this moment still needs its sound.
  if (stage === 'ingest' && record.state !== 'waiting') await forgetSound(place, record);
  return stage;
}

/** The dead calls of an organization. */
export const deadCalls = ({ org, stores }: Pick<World, 'org' | 'stores'>): Promise<string[]> =>
  idsBelow(stores.results, deadKey(org, ''));

/** Calls that runs leave alone for a while, because something failed that may go well later. */
export async function heldBack({ org, stores, now }: Place): Promise<string[]> {
  const { results } = stores;
  const open = await idsBelow(results, openKey(org, ''));
  const held = await pMap(open, (call) => readRecord(results, org, call), { concurrency: READ_AT_ONCE });
  const isLater = ({ notBefore }: CallRecord) => notBefore !== undefined && Date.parse(notBefore) > now().getTime();
  return held.flatMap((each) => (each && isLater(each.record) ? [each.record.call] : []));
}

/** A record as it is where its call begins a stage once more. */
function openedAt(record: CallRecord, stage: Stage): CallRecord {
  const { reason: _, notBefore: _before, claim, audio, job, made, attempts, ...rest } = record;
  const isAhead = (other: Stage): boolean => STAGES.indexOf(other) >= STAGES.indexOf(stage);
  // What waits for an answer that is under way must not ask for a second one.
  const isAsked = record.state === 'waiting';
  const { transcribe, enrich, ...judged } = made ?? {};
  const kept = { ...(!isAhead('transcribe') && { transcribe }), ...(!isAhead('enrich') && { enrich }) };
  return {
    ...rest,
    state: 'waiting',
    stage,
    tries: 0,
    attempts:
      isAsked || stage === 'ingest' ? attempts : { ...attempts, [stage]: attempts[stage as keyof typeof attempts] + 1 },
    ...((stage !== 'ingest' || isAsked) && audio && { audio }),
    ...(isAsked && job && { job }),
    ...(isAsked && claim && { claim }),
    made: { ...judged, ...kept },
  };
}

const earlier = (a: Stage, b: Stage): Stage => (STAGES.indexOf(a) < STAGES.indexOf(b) ? a : b);

/** Have a recording listed and downloaded again. */
async function forgetSound({ org, stores }: Place, { call, recording }: CallRecord): Promise<void> {
  for (const key of await audioKeys(stores.input, org, call)) await stores.input.remove(key);
  const { watermark, ...state } = await readIngest(stores.results, org);
  if (!watermark) return;
  const at = recording.started;
  const isKnown = 'time' in watermark && at !== undefined;
  const back = isKnown && Date.parse(at) < Date.parse(watermark.time) ? { time: at } : watermark;
  await writeIngest(stores.results, org, { ...state, ...(isKnown && { watermark: back }) });
}
