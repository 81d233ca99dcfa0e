import pMap from 'p-map';
import { batchesOf } from '../lib/batches.ts';
import { stableJson } from '../lib/bytes.ts';
import { oneLine, say } from '../lib/printable.ts';
import { PreconditionFailed } from '../store/store.ts';
import { PipelineError } from './errors.ts';
import { type Known, openKnown } from './ingest/known.ts';
import { chosenLeg, isUnsettled } from './ingest/legs.ts';
import { cursorOf, follow, OVERLAP_MS, readIngest, writeIngest } from './ingest/watermark.ts';
import { audioKey, deadKey, isCallId, metaKey, openKey } from './keys.ts';
import type { Recording } from './ports.ts';
import { type CallRecord, type Held, writeRecord } from './record.ts';
import { soundOf } from './sound.ts';
import { noRecordings } from './tally.ts';
import type { RunOutcome, World } from './world.ts';

type Counts = RunOutcome['ingest'];

/** Downloads at once, and recordings that are looked at together. */
const [AT_ONCE, BATCH] = [4, 200];
/** After a download that failed. */
const WAIT_MS = 5 * 60_000;

/**
 * Take what the provider has and the organization has not. The watermark moves on only where the listing came to its end.
 * @throws {PipelineError} configuration, where the provider refuses
 */
export async function ingest(world: World, signal: AbortSignal): Promise<Counts> {
  const { org, stores, provider, now } = world;
  const counts = noRecordings();
  const state = await readIngest(stores.results, org);
  const [progress, known] = [follow(world, state), openKnown(world)];
  const groups = openGroups();

  const takeAll = async (recordings: readonly Recording[]): Promise<void> => {
    const missing = await pMap(recordings, async (each) => take(world, each, await known(each), counts, signal), {
      concurrency: AT_ONCE,
    });
    for (const [i, recording] of recordings.entries()) progress.seen(recording, missing[i] ?? false);
  };
  const takeGroups = async (done: readonly Recording[][]): Promise<void> => {
    for (const legs of done) {
      if (isUnsettled(legs, now())) {
        for (const leg of legs) progress.seen(leg, true);
        counts.failed++;
        continue;
      }
      const leg = await chosenLeg(world, legs);
      counts.legs += legs.length - (leg ? 1 : 0);
      if (leg) await takeAll([leg]);
    }
  };

  try {
    for await (const batch of batchesOf(provider.list(cursorOf(state), signal), { most: BATCH })) {
      signal.throwIfAborted();
      counts.listed += batch.length;
      const single: Recording[] = [];
      for (const recording of batch) {
        if (!isCallId(recording.id)) counts.refused++;
        else if (recording.meeting && world.config.meetings === 'leave out') counts.meetings++;
        else if (recording.group === undefined) single.push(recording);
        else groups.add(recording);
      }
      await takeAll(single);
      await takeGroups(groups.endedBefore(batch.at(-1)?.started));
    }
    await takeGroups(groups.endedBefore(undefined));
  } catch (error) {
    if (!(error instanceof PipelineError) || error.kind === 'configuration') throw error;
    return { ...counts, problem: error.problems };
  }
  counts.growing = provider.growing?.() ?? 0;
  const watermark = progress.next();
  const listed = now().toISOString();
  await writeIngest(stores.results, org, { ...state, ...(watermark && { watermark }), listed });
  return counts;
}

/** Legs, by their group, until no more of it are to be expected. */
function openGroups() {
  const groups = new Map<string, Recording[]>();
  return {
    add(recording: Recording): void {
      const { group = '' } = recording;
      groups.set(group, [...(groups.get(group) ?? []), recording]);
    },
    /** Those whose legs all began a day before; undefined: all. */
    endedBefore(time: string | undefined): Recording[][] {
      const limit = time === undefined ? Number.POSITIVE_INFINITY : Date.parse(time) - OVERLAP_MS;
      const ended = [...groups].filter(([, legs]) =>
        legs.every(({ started }) => time === undefined || Date.parse(started ?? '') < limit),
      );
      for (const [group] of ended) groups.delete(group);
      return ended.map(([, legs]) => legs);
    },
  };
}

/** @returns whether it has to be listed again */
async function take(
  world: World,
  recording: Recording,
  held: Known,
  counts: Counts,
  signal: AbortSignal,
): Promise<boolean> {
  if (held === 'taken' || held === 'changed') {
    counts.known++;
    if (held === 'changed') counts.changed++;
    return false;
  }
  const { notBefore } = held.record;
  if (notBefore !== undefined && Date.parse(notBefore) > world.now().getTime()) {
    counts.failed++;
    return true;
  }
  try {
    await store(world, recording, held, signal);
    counts.taken++;
    return false;
  } catch (error) {
    // Another run has taken it meanwhile.
    if (error instanceof PreconditionFailed) {
      counts.known++;
      return false;
    }
    if (!(error instanceof PipelineError) || error.kind === 'configuration') throw error;
    return await putAside(world, held, error, counts);
  }
}

/** The sound last: where it is, all the rest is. */
async function store(world: World, recording: Recording, held: Held, signal: AbortSignal): Promise<void> {
  const { org, stores, provider, now } = world;
  const { body, extension } = await provider.download(recording, signal);
  await stores.input.put(metaKey(org, recording.id), stableJson({ raw: recording.raw }));
  await stores.results.put(openKey(org, recording.id), '');
  const { notBefore: _, reason: _reason, ...record } = held.record;
  const next: CallRecord = { ...record, since: now().toISOString(), tries: 0, audio: soundOf(body, extension) };
  await writeRecord(stores.results, org, held, next);
  await stores.input.put(audioKey(org, recording.id, extension), body, { ifNoneMatch: '*' }).catch((error) => {
    if (!(error instanceof PreconditionFailed)) throw error;
  });
}

/** A recording that cannot be had, now or ever, is a call all the same: somebody will ask where it is. */
async function putAside(world: World, held: Held, error: PipelineError, counts: Counts): Promise<boolean> {
  const { org, stores, now } = world;
  const { id } = held.record.recording;
  const isDead = error.kind === 'poison';
  const tries = held.record.tries + 1;
  const wait = error.waitMs ?? WAIT_MS * 2 ** Math.min(3, tries - 1);
  const { notBefore: _, ...record } = held.record;
  const reason = oneLine(error.problems);
  if (!isDead) await stores.results.put(openKey(org, id), '');
  await writeRecord(stores.results, org, held, {
    ...record,
    state: isDead ? 'dead' : 'waiting',
    since: record.reason === reason ? record.since : now().toISOString(),
    reason,
    tries,
    ...(!isDead && { notBefore: new Date(now().getTime() + wait).toISOString() }),
  }).catch((raced) => {
    if (!(raced instanceof PreconditionFailed)) throw raced;
  });
  if (isDead) {
    await stores.results.put(deadKey(org, id), '');
    await stores.results.remove(openKey(org, id));
    counts.taken++;
  } else counts.failed++;
  return !isDead;
}

/** What an ingest says of itself, in a few words. */
export const ingestWords = ({ listed, taken, failed }: Counts) =>
  say`${listed} recordings listed, ${taken} new${failed > 0 ? `, ${failed} to be had later` : ''}`;
