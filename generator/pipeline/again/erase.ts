import { UserError } from '../../lib/errors.ts';
import { say, shownJson } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { PipelineError } from '../errors.ts';
import { cursorOf, readIngest } from '../ingest/watermark.ts';
import { isCallId } from '../keys.ts';
import type { Recording } from '../ports.ts';
import { readRecord } from '../record.ts';
import { removeCall } from '../remove.ts';
import { writeWaiting } from '../waiting.ts';
import type { World } from '../world.ts';

/**
 * Take a call out of all that the pipeline has: sound, metadata, transcript, results, answers, record. Nothing of it is kept, not even a
 * hash that would tell that it was there; so the provider must not have it any more, or the next run would take it again.
 * @returns the keys of what was there; none where nothing was
 * @throws {UserError} where the provider still lists it, or cannot be asked
 */
export async function erase(world: World, call: string, signal: AbortSignal): Promise<string[]> {
  if (!isCallId(call)) throw new UserError([say`${shownJson(call)} is not the id of a call.`]);
  const { org, stores } = world;
  const held = await readRecord(stores.results, org, call);
  const group = held?.record.recording.group;
  await refuseWhereListed(world, signal, (each) => each.id === call || (group !== undefined && each.group === group));
  const removed = await removeCall(world, call, held?.record);
  await writeWaiting(world);
  return removed;
}

async function refuseWhereListed(
  world: World,
  signal: AbortSignal,
  isMeant: (recording: Recording) => boolean,
): Promise<void> {
  const { org, stores, provider } = world;
  const listed: Recording[] = [];
  try {
    const state = await readIngest(stores.results, org);
    for await (const recording of provider.list(cursorOf(state), signal))
      if (isMeant(recording)) listed.push(recording);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    throw new UserError(
      [
        say`Nothing was erased: the provider cannot be asked whether it still has the recording, and a run would take it again.`,
        ...error.problems,
      ],
      { cause: error },
    );
  }
  const growing = provider.growing?.() ?? 0;
  if (listed.length === 0 && growing === 0) return;
  if (listed.length === 0)
    throw new UserError([
      say`Nothing was erased: ${counted(growing, 'recording')} of the provider (${provider.name}) ${growing === 1 ? 'is' : 'are'} still being written, and may be this one. Erase the call again once that has ended.`,
    ]);
  throw new UserError([
    say`Nothing was erased: the provider (${provider.name}) still lists the recording, and the next run would take it again. Delete ${listed.map(nameOf)} there first, then erase the call again.`,
  ]);
}

/** What whoever deletes it at the provider looks for. */
function nameOf({ id, raw }: Recording): string {
  const { file, path } = raw;
  return typeof file === 'string' ? file : typeof path === 'string' ? path : id;
}
