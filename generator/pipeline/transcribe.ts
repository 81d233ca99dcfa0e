import { sha256, stableJson } from '../lib/bytes.ts';
import { say } from '../lib/printable.ts';
import { readAnswer, storeAnswer, type TranscriptAnswer } from './answers.ts';
import { PipelineError } from './errors.ts';
import { engineHash, hashOf, jobName } from './hash.ts';
import { rawKey } from './keys.ts';
import type { Job, Progress, Sidecar, TranscribeDocument } from './ports.ts';
import { bought, endedBy, less, note, type Session } from './session.ts';
import { measured, type Sound } from './sound.ts';
import { settle } from './spent.ts';

/** A transcription that failed is tried again so often by itself. */
const MOST_ATTEMPTS = 3;

/** What nobody had to transcribe: nothing is heard on it. */
const SILENCE: TranscribeDocument = { status: 'COMPLETED', results: { transcripts: [{ transcript: '' }], items: [] } };

/**
 * From the sound to `raw/`, in Transcribe's shape whatever the engine.
 * @throws {PipelineError} retry also while the engine is still at it
 */
export async function transcribe(session: Session): Promise<void> {
  const { world, call, held } = session;
  const { org, stores } = world;
  const known = held.record.made?.transcribe;
  // Of a call that was transcribed before, what it was asked with may be there no more.
  const made = known && (await readAnswer<TranscriptAnswer>(stores.results, org, call, known));
  const { name, answer } = known && made ? { name: known, answer: made } : await asked(session);
  await stores.results.put(rawKey(org, call), stableJson(answer.document));
  session.document = answer.document;
  const { audio } = session.held.record;
  if (audio && answer.facts) note(session, { audio: { ...audio, facts: answer.facts } });
  const { job: _, ...record } = session.held.record;
  session.held = {
    ...session.held,
    record: { ...record, stage: 'enrich', made: { ...record.made, transcribe: name } },
  };
}

async function asked(session: Session): Promise<{ name: string; answer: TranscriptAnswer }> {
  const { world, call, held, signal } = session;
  const { org, stores, engines, provider, config } = world;
  const { recording, audio, attempts } = held.record;
  const sidecar = await provider.sidecar?.(recording, signal);
  const asks = [audio?.sha256, sidecar && sha256(sidecar.body), engineHash(engines.transcriber), config.language];
  const hash = hashOf(...asks, attempts.transcribe);
  const name = `transcribe-${hash}`;
  const stored = await readAnswer<TranscriptAnswer>(stores.results, org, call, name);
  if (stored) return { name, answer: stored };
  const sound = await measured(session);
  note(session, { stage: 'transcribe' });
  const given = sound.facts.silent
    ? { engine: 'none', document: SILENCE, seconds: 0 }
    : await heard(session, sound, sidecar, jobName(org, call, hash));
  const answer = { ...given, facts: sound.facts, at: world.now().toISOString() };
  return { name, answer: await storeAnswer(stores.results, org, call, name, answer) };
}

async function heard(session: Session, audio: Sound, sidecar: Sidecar | undefined, name: string) {
  const { world, call, held } = session;
  const { org, engines, config } = world;
  const { transcriber: engine } = engines;
  const signal = endedBy(session, engine);
  const job: Job = { name, org, call, audio, language: config.language, ...(sidecar && { sidecar }) };
  const reserved = { minutes: audio.facts.seconds / 60 };
  const costOf = (progress: Progress) =>
    progress.state === 'running' ? reserved : { minutes: progress.state === 'done' ? progress.seconds / 60 : 0 };
  const isBegun = held.record.job?.name === name;
  const progress = isBegun
    ? await engine.check(job, signal)
    : await bought(session, {
        stage: 'transcribe',
        engine,
        reserved,
        ask: () => engine.begin(job, signal),
        costOf,
      });
  if (isBegun && !engine.free) await settle(world, less(costOf(progress), reserved));
  if (progress.state !== 'done') throw notYet(session, name, progress);
  return { engine: engine.name, document: progress.document, seconds: progress.seconds };
}

function notYet(session: Session, name: string, progress: Exclude<Progress, { state: 'done' }>): PipelineError {
  const { record } = session.held;
  if (progress.state === 'running') {
    note(session, { job: record.job?.name === name ? record.job : { name, since: session.world.now().toISOString() } });
    return new PipelineError('retry', [say`It is being transcribed.`], { waitMs: 0 });
  }
  const { attempts, job: _, ...rest } = record;
  const isLast = !progress.retry || attempts.transcribe >= MOST_ATTEMPTS;
  // Another attempt has another name: the service knows this one as failed.
  session.held = {
    ...session.held,
    record: isLast
      ? { ...rest, attempts }
      : { ...rest, attempts: { ...attempts, transcribe: attempts.transcribe + 1 } },
  };
  return new PipelineError(isLast ? 'poison' : 'retry', [progress.reason]);
}
