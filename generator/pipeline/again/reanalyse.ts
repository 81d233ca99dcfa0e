import pMap from 'p-map';
import { PreconditionFailed } from '../../store/store.ts';
import { advance } from '../advance.ts';
import { PipelineError } from '../errors.ts';
import { engineHash } from '../hash.ts';
import { openKey, recordKey } from '../keys.ts';
import { readRecord, writeRecord } from '../record.ts';
import { NOTHING_SPENT } from '../spent.ts';
import { noCalls, tally } from '../tally.ts';
import { taskHash, taskOf } from '../task.ts';
import type { Paid, RunOutcome, World } from '../world.ts';
import { callNames } from './status.ts';

/** A call that was analysed by other rules, or by another engine, than are configured now. */
export interface Changed {
  call: string;
  /** ISO 8601 in UTC. */
  started?: string;
  /** From where it is to be made again. */
  stage: 'enrich' | 'analyse';
  /** What that costs, about. */
  tokens: number;
  units: number;
}

export interface Reanalysed {
  /** All that differ. */
  found: number;
  /** Those that were chosen, or would be, newest first. */
  chosen: Changed[];
  calls: RunOutcome['calls'];
  paid: Paid;
}

/** Records read, and calls under way, at once. */
const [AT_ONCE, WORKING] = [16, 4];
/** Tokens around a transcript, and of an answer. */
const AROUND = 1500;
const TOKENS_A_WORD = 1.4;

/** Calls that would come out otherwise, newest first; only what engines are asked is compared, and nothing is transcribed again. */
export async function changedCalls(world: World): Promise<Changed[]> {
  const { org, stores, engines } = world;
  const now = {
    task: taskHash(taskOf(world)),
    evaluator: engineHash(engines.evaluator),
    scorer: engineHash(engines.sentiment),
  };
  const records = await callNames(stores.results, recordKey(org, ''));
  const changed = await pMap(
    records,
    async (call): Promise<Changed | undefined> => {
      const record = (await readRecord(stores.results, org, call))?.record;
      if (record?.state !== 'done') return undefined;
      const { made = {}, words = 0, paid, recording } = record;
      const isScored = made.scorer === now.scorer;
      if (isScored && made.task === now.task && made.evaluator === now.evaluator) return undefined;
      return {
        call,
        ...(recording.started !== undefined && { started: recording.started }),
        stage: isScored ? 'analyse' : 'enrich',
        tokens: engines.evaluator.free ? 0 : paid?.tokens || Math.round(AROUND + words * TOKENS_A_WORD),
        units: isScored || engines.sentiment.free ? 0 : (paid?.units ?? 0),
      };
    },
    { concurrency: AT_ONCE },
  );
  return changed.filter((each) => each !== undefined).sort(newestFirst);
}

/**
 * Analyse again what the configuration now judges otherwise.
 * @param limit calls at the most
 * @param isDry say what would be done, and do nothing
 * @throws {PipelineError} configuration, where no call can go on
 */
export async function reanalyse(
  world: World,
  { limit = Number.POSITIVE_INFINITY, isDry = false }: { limit?: number; isDry?: boolean },
  signal: AbortSignal,
): Promise<Reanalysed> {
  const all = await changedCalls(world);
  const done: Reanalysed = {
    found: all.length,
    chosen: all.slice(0, limit),
    calls: noCalls(),
    paid: { ...NOTHING_SPENT },
  };
  if (isDry) return done;
  let stopped: PipelineError | undefined;
  await pMap(
    done.chosen,
    async ({ call, stage }) => {
      if (signal.aborted || stopped) return;
      try {
        await open(world, call, stage);
        tally(done.calls, await advance(world, call, signal, done.paid));
      } catch (error) {
        // Somebody works on it already.
        if (error instanceof PreconditionFailed) return;
        if (!(error instanceof PipelineError)) throw error;
        stopped ??= error;
      }
    },
    { concurrency: WORKING },
  );
  if (stopped) throw stopped;
  return done;
}

/** Its outputs stay as they are until the new ones are there. */
async function open({ org, stores, now }: World, call: string, stage: 'enrich' | 'analyse'): Promise<void> {
  const held = await readRecord(stores.results, org, call);
  if (held?.record.state !== 'done') return;
  await stores.results.put(openKey(org, call), '');
  await writeRecord(stores.results, org, held, {
    ...held.record,
    state: 'waiting',
    stage,
    since: now().toISOString(),
  });
}

function newestFirst(a: Changed, b: Changed): number {
  const [x, y] = [a.started ?? '', b.started ?? ''];
  return x === y ? (a.call < b.call ? -1 : 1) : x < y ? 1 : -1;
}
