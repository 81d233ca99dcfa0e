import { sha256 } from '../lib/bytes.ts';
import { say } from '../lib/printable.ts';
import { PipelineError } from './errors.ts';
import { audioKey } from './keys.ts';
import type { AudioFacts } from './ports.ts';
import type { Stage } from './record.ts';
import { note, type Session } from './session.ts';

/** A call's sound in the input store. */
export interface Sound {
  key: string;
  etag: string;
  facts: AudioFacts;
  read(): Promise<Uint8Array>;
}

/**
 * Read and measure a call's sound, before money is spent on it.
 * @throws {PipelineError} retry, where it is not there; poison, where it is no sound, too short or too long
 */
export async function measured(session: Session): Promise<Sound> {
  const { world, call, held } = session;
  const { org, stores, config, probe } = world;
  const { audio } = held.record;
  const key = audioKey(org, call, audio?.extension ?? '');
  // Of what was measured before, one byte tells that it is still there.
  const object = audio && (await stores.input.get(key, audio.facts ? { range: { start: 0, end: 1 } } : {}));
  if (!audio || !object) throw missing(held.record.stage);
  const facts = audio.facts ?? (await probe(object.body, audio.extension));
  note(session, { audio: { ...audio, facts } });
  if (facts.seconds < config.shortestSeconds)
    throw new PipelineError('poison', [
      say`The recording lasts ${facts.seconds.toFixed(1)} seconds; shortestSeconds in pipeline-config.json is ${config.shortestSeconds}.`,
    ]);
  if (facts.seconds > config.longestMinutes * 60)
    throw new PipelineError('poison', [
      say`The recording lasts ${(facts.seconds / 60).toFixed(0)} minutes; longestMinutes in pipeline-config.json is ${config.longestMinutes}.`,
    ]);
  // Few transcribers read it themselves, and it need not be held until they do.
  return { key, etag: object.etag, facts, read: async () => (await stores.input.get(key))?.body ?? new Uint8Array() };
}

/** Before a call's first stage its sound is still to come; later it was there. */
const missing = (stage: Stage): PipelineError =>
  stage === 'ingest'
    ? new PipelineError(
        'retry',
        [say`Its sound is not in the input store. It comes once the provider lists the recording again.`],
        { waitMs: 0 },
      )
    : new PipelineError('poison', [
        say`Its sound was in the input store, and is there no more: perhaps a lifecycle rule has deleted it. Replay the call from ingest while the provider still has it.`,
      ]);

/** What is kept of sound that has come. */
export const soundOf = (body: Uint8Array, extension: string) => ({
  extension,
  bytes: body.byteLength,
  sha256: sha256(body),
});
