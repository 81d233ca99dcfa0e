import { oneLine, say } from '../../lib/printable.ts';
import { advance } from '../advance.ts';
import { PipelineError } from '../errors.ts';
import { type CallRecord, readRecord, type Stage } from '../record.ts';
import { NOTHING_SPENT } from '../spent.ts';
import type { World } from '../world.ts';
import { callsIn, type NamedCall } from './events.ts';
import { tell } from './lambda-log.ts';
import { openLambdaWorld, storesOf } from './lambda-world.ts';

/** A batch of a queue, as Lambda hands it over. */
export interface Batch {
  Records: { messageId: string; body: string }[];
}

export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

/** So long before the function is ended, what is under way is to come to its end. */
const RESERVE_MS = 15_000;

/** Ends what is under way before the function is ended. */
export function signalOf(context: LambdaContext): AbortSignal {
  const ms = context.getRemainingTimeInMillis() - RESERVE_MS;
  return ms > 0 ? AbortSignal.timeout(ms) : AbortSignal.abort();
}

/** Opens the world of an organization. */
export type Opens = (org: string) => Promise<World>;
const byEnvironment: Opens = (org) => openLambdaWorld(org, storesOf(process.env), process.env, false);

/**
 * A function that brings calls through a stage. Messages are hints: whatever comes twice, late or not at all, each call is paid for once, as
 * its record says how far it is.
 * @param upTo the last stage that is worked on
 * @param isReady whether the call is where this function is of use
 */
export const stageHandler =
  (upTo: Stage, isReady: (record: CallRecord) => boolean, open: Opens = byEnvironment) =>
  async ({ Records }: Batch, context: LambdaContext): Promise<BatchAnswer> => {
    const signal = signalOf(context);
    const worlds = new Map<string, Promise<World>>();
    const worldOf = (org: string): Promise<World> => {
      const world = worlds.get(org) ?? open(org);
      worlds.set(org, world);
      return world;
    };

    async function work({ org, call }: NamedCall): Promise<void> {
      try {
        const world = await worldOf(org);
        const held = await readRecord(world.stores.results, org, call);
        if (!held || !isReady(held.record)) return;
        const { stage, state } = await advance(world, call, signal, { ...NOTHING_SPENT }, upTo);
        tell(say`${org}: a call is ${state} at ${stage}`);
      } catch (error) {
        if (!(error instanceof PipelineError)) throw error;
        // Nothing of the organization can go on before somebody changes a setting; the next look at open calls brings this one again.
        tell(oneLine([say`${org}: stopped:`, ...error.problems]));
      }
    }

    const failed: BatchAnswer['batchItemFailures'] = [];
    for (const { messageId, body } of Records)
      try {
        signal.throwIfAborted();
        const calls = callsIn(body);
        if (!calls) throw new Error('a message that is none of S3 and none of ours');
        for (const each of calls) await work(each);
      } catch (error) {
        // Of this message alone: those of the batch that went well are not worked on again.
        tell(say`a message goes back to its queue: ${(error as Error).name}`);
        failed.push({ itemIdentifier: messageId });
      }
    return { batchItemFailures: failed };
  };
