import pMap from 'p-map';
import { QUEUES, type QueueKind } from '../aws/names.ts';
import { openKey } from '../keys.ts';
import { type CallRecord, readRecord } from '../record.ts';
import { idsBelow } from '../waiting.ts';
import type { World } from '../world.ts';
import type { Sends } from './queues.ts';

const AT_ONCE = 16;

/**
 * Send every open call to the queue of what it waits for: events are hints, and what one has lost is found here.
 * @returns how many were sent
 */
export async function wake({ org, stores, now }: World, send: Sends): Promise<number> {
  const { results } = stores;
  const calls = await idsBelow(results, openKey(org, ''));
  const found = await pMap(
    calls,
    async (call) => {
      const held = await readRecord(results, org, call);
      const queue = held && queueOf(held.record, now().getTime());
      return queue && { queue, call };
    },
    { concurrency: AT_ONCE },
  );
  const due = found.filter((each) => each !== undefined);
  for (const queue of QUEUES)
    await send(
      queue,
      due.filter((each) => each.queue === queue).map(({ call }) => ({ org, call })),
    );
  return due.length;
}

/** Undefined for a call that is to be left alone for a while. */
function queueOf({ stage, audio, job, notBefore, claim, state }: CallRecord, now: number): QueueKind | undefined {
  const isLater = [notBefore, claim?.until].some((time) => time !== undefined && Date.parse(time) > now);
  if (isLater || (stage === 'ingest' && !audio)) return undefined;
  // What has come to its end lacks only its removal from those that are open.
  if (state !== 'waiting' || stage === 'analyse') return 'analyse';
  return stage === 'enrich' || job ? 'enrich' : 'transcribe';
}
