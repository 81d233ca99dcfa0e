import { sha256 } from '../../../generator/lib/bytes.ts';
import type { Log } from '../../../generator/lib/console.ts';
import { probe } from '../../../generator/pipeline/audio/probe.ts';
import { PipelineConfig } from '../../../generator/pipeline/config.ts';
import { openEngines } from '../../../generator/pipeline/engines/open.ts';
import { runOrganization } from '../../../generator/pipeline/run.ts';
import type { RunOutcome } from '../../../generator/pipeline/world.ts';
import { announce } from '../../../generator/source/feed/event-objects.ts';
import type { Store } from '../../../generator/store/store.ts';
import { yesterday } from '../data/calendar.ts';
import type { DemoStores } from '../data/write.ts';
import { speechProvider, UNHEARD } from './recordings.ts';
import { SPOKEN } from './script.ts';
import { readTranscript } from './sidecars.ts';
import { SPEECH_ORG, speechFiles, TIME_ZONE } from './tenant.ts';

export interface SpeechOptions {
  now: Date;
  /** Speak the calls now, and transcribe them on the spot. */
  isSpoken: boolean;
  log: Log;
}

/** Beside the calls: what they were made from. */
const MARKER = `${SPEECH_ORG}/demo.json`;

/**
 * Take the third organization's calls through the pipeline, as recordings are. Does nothing where these very calls were taken before.
 * @returns undefined where nothing was done
 */
export async function runSpeech(
  stores: DemoStores,
  { now, isSpoken, log }: SpeechOptions,
): Promise<RunOutcome | undefined> {
  const { results, input, config } = stores;
  const files = speechFiles(isSpoken);
  const edition = editionOf(files, yesterday(now, TIME_ZONE));
  const known = await input.get(MARKER);
  if (known && new TextDecoder().decode(known.body) === edition) return undefined;

  const before = await keysOf(results);
  for (const store of [results, input]) for (const key of await keysOf(store)) await store.remove(key);
  for (const [name, body] of Object.entries(files)) await config.put(`${SPEECH_ORG}/${name}`, body);
  const own = PipelineConfig.parse(JSON.parse(files['pipeline-config.json'] ?? '{}'));
  const secret = () => Promise.reject(new Error('the demo has no secrets'));
  const context = { org: SPEECH_ORG, config: own, env: {}, secret, stores: { input, results } };
  const outcome = await runOrganization(
    {
      ...{
        org: SPEECH_ORG,
        config: own,
        qa: JSON.parse(files['qa-config.json'] ?? '{}'),
        agentDomains: domainsOf(files),
      },
      ...{ stores: { input, results }, provider: speechProvider(now, isSpoken) },
      ...{ engines: await openEngines(context, own), probe, now: () => now, log },
    },
    new AbortController().signal,
  );
  // As a lifecycle rule does: these have no sound that could be heard.
  if (!isSpoken) for (const name of UNHEARD) await input.remove(`${SPEECH_ORG}/audio/${name}.wav`);
  if (stores.events) await announce(stores.events, SPEECH_ORG, [...new Set([...before, ...(await keysOf(results))])]);
  if (outcome.calls.done === SPOKEN.length) await input.put(MARKER, edition);
  return outcome;
}

function editionOf(files: Record<string, string>, day: string): string {
  const parts = [JSON.stringify([files, day, SPOKEN]), ...SPOKEN.map(({ name }) => sha256(readTranscript(name).body))];
  return `${JSON.stringify({ synthetic: true, edition: sha256(parts.join('\n')) })}\n`;
}

const domainsOf = (files: Record<string, string>): string[] =>
  (JSON.parse(files['report-config.json'] ?? '{}') as { agentDomains: string[] }).agentDomains;

async function keysOf(store: Store): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(`${SPEECH_ORG}/`)) keys.push(key);
  return keys;
}
