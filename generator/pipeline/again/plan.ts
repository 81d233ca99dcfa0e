import { openKnown } from '../ingest/known.ts';
import { cursorOf, readIngest } from '../ingest/watermark.ts';
import { isCallId, openKey } from '../keys.ts';
import { taskOf } from '../task.ts';
import { idsBelow } from '../waiting.ts';
import type { World } from '../world.ts';

/** What the next run would ask of engines that cost something; estimates, but for the minutes of calls whose times are known. */
export interface Plan {
  /** Recordings that would be taken. */
  recordings: number;
  /** Of them, those of which nobody says how long they last: they count as the mean of the others, or five minutes. */
  withoutLength: number;
  /** Calls that are not done from before; what they still need is not counted. */
  open: number;
  /** To be transcribed by an engine that costs something. */
  minutes: number;
  tokens: number;
  units: number;
}

/** Words a minute of both parties, tokens a word and around it, and units of sentiment a minute: of ordinary English calls. */
const [WORDS, TOKENS, ANSWER, UNITS] = [150, 1.4, 900, 8];
const USUAL_MINUTES = 5;

/** List what a run would take, and take nothing. @throws {PipelineError} where the provider cannot be listed */
export async function planOf(world: World, signal: AbortSignal): Promise<Plan> {
  const { org, stores, provider, engines, config } = world;
  const known = openKnown(world);
  const groups = new Set<string>();
  let [recordings, withoutLength, sum] = [0, 0, 0];
  for await (const recording of provider.list(cursorOf(await readIngest(stores.results, org)), signal)) {
    if (!isCallId(recording.id) || (recording.meeting && config.meetings === 'leave out')) continue;
    if (recording.group !== undefined && groups.has(recording.group)) continue;
    if (typeof (await known(recording)) === 'string') continue;
    if (recording.group !== undefined) groups.add(recording.group);
    recordings++;
    const minutes = (Date.parse(recording.ended ?? '') - Date.parse(recording.started ?? '')) / 60_000;
    if (minutes > 0) sum += minutes;
    else withoutLength++;
  }
  const mean = recordings > withoutLength ? sum / (recordings - withoutLength) : USUAL_MINUTES;
  const minutes = sum + withoutLength * mean;
  const around = Buffer.byteLength(JSON.stringify(taskOf(world))) / 4 + ANSWER;
  return {
    recordings,
    withoutLength,
    open: (await idsBelow(stores.results, openKey(org, ''))).length,
    minutes: engines.transcriber.free ? 0 : minutes,
    tokens: engines.evaluator.free ? 0 : Math.round(minutes * WORDS * TOKENS + recordings * around),
    units: engines.sentiment.free ? 0 : Math.round(minutes * UNITS),
  };
}
