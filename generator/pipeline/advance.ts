import { stableJson } from '../lib/bytes.ts';
import { oneLine, type Printable, say } from '../lib/printable.ts';
import { PreconditionFailed } from '../store/store.ts';
import { analyse } from './analyse.ts';
import { enrich } from './enrich.ts';
import { PipelineError } from './errors.ts';
import { deadKey, openKey } from './keys.ts';
import { type CallRecord, readRecord, STAGES, type Stage, writeRecord } from './record.ts';
import { removeCall } from './remove.ts';
import { atRest, type Session, save } from './session.ts';
import { transcribe } from './transcribe.ts';
import type { Paid, StageOutcome, World } from './world.ts';

/** After a failure a call waits so long, then twice as long, and so on, up to the longest. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [60_000, 60 * 60_000];
/** An error that nobody foresaw may be of this one call: then it is put aside. */
const MOST_SURPRISES = 5;

/** What each stage does, and the stage after it. */
const WORK: Record<Stage, (session: Session) => Promise<void>> = { ingest: transcribe, transcribe, enrich, analyse };

/**
 * Bring one call as far as it goes, and at most through a stage. Whoever calls it twice, or twice at once, pays once and leaves the same
 * objects: answers that lie there are used, and everything else is made of them.
 * @param paid is added to
 * @returns what became of it; `absent` where there is no such call
 * @throws {PipelineError} configuration, where no call can go on
 */
export async function advance(
  world: World,
  call: string,
  signal: AbortSignal,
  paid: Paid,
  upTo: Stage = 'analyse',
): Promise<StageOutcome> {
  const { org, stores, now } = world;
  const held = await readRecord(stores.results, org, call);
  if (!held) return { state: 'absent', stage: 'ingest' };
  const { record } = held;
  const early = restOf(record, now().getTime());
  if (early && record.state === 'waiting') return early;
  const session: Session = { world, call, signal, paid, held };
  if (early) {
    await mark(session, record);
    return early;
  }
  try {
    return await work(session, upTo).catch((error: unknown) => failed(session, error));
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    return await overtaken(session);
  }
}

/** What a call that needs no work is in: done, dead, or to be left alone for a while. */
function restOf(record: CallRecord, now: number): StageOutcome | undefined {
  const { state, stage, reason, notBefore, claim } = record;
  const why = reason === undefined ? {} : { reason: say`${reason}` };
  // What could not be had yet is asked for where recordings are listed.
  if (state !== 'waiting' || (stage === 'ingest' && !record.audio)) return { state, stage, ...why };
  if (claim && Date.parse(claim.until) > now)
    return {
      state,
      stage,
      reason: say`Another run is at it, or was ended in the middle: it goes on at ${claim.until}.`,
    };
  return notBefore !== undefined && Date.parse(notBefore) > now ? { state, stage, ...why } : undefined;
}

async function work(session: Session, upTo: Stage): Promise<StageOutcome> {
  const first = session.held.record.stage;
  for (let stage = first; STAGES.indexOf(stage) <= STAGES.indexOf(upTo); stage = session.held.record.stage) {
    session.signal.throwIfAborted();
    await WORK[stage](session);
    if (stage !== 'analyse') continue;
    await rest(session, { state: 'done', tries: 0 });
    return { state: 'done', stage };
  }
  const { stage } = session.held.record;
  if (stage !== first) await rest(session, { state: 'waiting', tries: 0 });
  return { state: 'next', stage };
}

/** Write how a call comes to rest, then say so where calls are looked for. */
async function rest(session: Session, changes: Partial<CallRecord>): Promise<void> {
  const { record } = session.held;
  const since = session.world.now().toISOString();
  await save(session, { ...atRest(record), since, ...changes });
  await mark(session, session.held.record);
}

/** An entry among those that are not done, or the dead; a call that is done has none. */
async function mark({ world, call }: Pick<Session, 'world' | 'call'>, { state }: CallRecord): Promise<void> {
  const { results } = world.stores;
  if (state === 'waiting') return;
  if (state === 'dead') await results.put(deadKey(world.org, call), '');
  await results.remove(openKey(world.org, call));
}

async function failed(session: Session, error: unknown): Promise<StageOutcome> {
  const { world, signal, held } = session;
  const { record } = held;
  if (error instanceof PreconditionFailed) throw error;
  if (signal.aborted || (error instanceof PipelineError && error.kind === 'configuration')) {
    // Whoever comes next need not wait for what nobody works on.
    if (record.claim) await save(session, withoutClaim(record)).catch(() => {});
    throw error;
  }
  const tries = record.tries + 1;
  const { kind, waitMs, sentences } = toldOf(error, tries);
  const reason = oneLine(sentences);
  const state = kind === 'poison' ? 'dead' : 'waiting';
  const { stage } = record;
  const isSame = record.state === state && record.reason === reason && waitMs === 0 && held.etag !== undefined;
  if (!isSame || session.held.record.claim)
    await rest(session, {
      state,
      reason,
      ...(record.reason === reason && record.state === state && { since: record.since }),
      tries: waitMs === 0 ? record.tries : tries,
      ...(state === 'waiting' && waitMs !== 0 && { notBefore: later(world, waitMs ?? backoff(tries)) }),
    });
  return { state, stage, reason };
}

/** What an error means for one call. */
function toldOf(error: unknown, tries: number): { kind: 'retry' | 'poison'; waitMs?: number; sentences: Printable[] } {
  if (error instanceof PipelineError && error.kind !== 'configuration')
    return { kind: error.kind, sentences: error.problems, ...(error.waitMs !== undefined && { waitMs: error.waitMs }) };
  const name = error instanceof Error ? error.name : 'an error';
  return {
    kind: tries < MOST_SURPRISES ? 'retry' : 'poison',
    sentences: [
      say`Something went wrong at this call that nobody foresaw (${name}). It is tried ${MOST_SURPRISES} times.`,
    ],
  };
}

/** Somebody else has written the record, or taken it away, while this run was at the call. */
async function overtaken({ world, call, held }: Session): Promise<StageOutcome> {
  const now = await readRecord(world.stores.results, world.org, call);
  if (now) {
    const { state, stage, made } = now.record;
    // Whoever was slow may have written over what is newer: it is made again, from answers that are there.
    if (state === 'done' && stableJson(made) !== stableJson(held.record.made)) {
      await world.stores.results.put(openKey(world.org, call), '');
      const again = { ...now.record, state: 'waiting', stage: 'enrich' } as const;
      await writeRecord(world.stores.results, world.org, now, again).catch(ignoreRaces);
    }
    return { state: state === 'done' ? 'waiting' : state, stage, reason: say`Another run is at it.` };
  }
  // It was erased meanwhile: nothing of what was written here may stay.
  await removeCall(world, call, held.record);
  return { state: 'absent', stage: held.record.stage };
}

function ignoreRaces(error: unknown): void {
  if (!(error instanceof PreconditionFailed)) throw error;
}

const backoff = (tries: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
const later = ({ now }: World, ms: number): string => new Date(now().getTime() + ms).toISOString();
const withoutClaim = ({ claim: _, ...record }: CallRecord): CallRecord => record;
