import { decodeText, stableJson } from '../lib/bytes.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { recordKey } from './keys.ts';
import type { AudioFacts, Recording } from './ports.ts';

/** What a call goes through; the name of the stage that is to come next. */
export const STAGES = ['ingest', 'transcribe', 'enrich', 'analyse'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What is known of one call, beside what engines answered: `<org>/pipeline/calls/<id>.json`. Answers are the truth, and lie beside it; what is
 * lost of a record costs a look at them and nothing else.
 */
export interface CallRecord {
  version: 1;
  call: string;
  /** `dead`: it is not tried again by itself. */
  state: 'waiting' | 'done' | 'dead';
  /** What it waits for, or died in; `analyse` where it is done. */
  stage: Stage;
  /** When it came to this state: ISO 8601 in UTC. */
  since: string;
  /** Why it waits or is dead: a sentence. */
  reason?: string;
  /** Failures in a row, and the time before which it is not tried again. */
  tries: number;
  notBefore?: string;
  /** Raised where a stage is to be paid for once more; part of the name of its answer. */
  attempts: { transcribe: number; enrich: number; analyse: number };
  /** As its provider listed it. */
  recording: Recording;
  /** Its sound; absent before it was had. */
  audio?: { extension: string; bytes: number; sha256: string; facts?: AudioFacts };
  /** Somebody is paying for this stage just now, and until then at the most. */
  claim?: { stage: Stage; until: string; by: string };
  /** A transcription that was begun. */
  job?: { name: string; since: string };
  /** What its outputs were made of. */
  made?: Made;
  /** Of its transcript, and what its answers cost: what another analysis would cost, about. */
  words?: number;
  paid?: { seconds: number; tokens: number; units: number };
}

/** Names of answers, and hashes of what they were asked with. */
interface Made {
  transcribe?: string;
  enrich?: string;
  analyse?: string;
  /** Of the scorer, of what is judged, and of the evaluator. */
  scorer?: string;
  task?: string;
  evaluator?: string;
}

/** A call that is not done, as `waiting.json` and `status` name it. */
export interface WaitingCall {
  call: string;
  stage: Stage;
  state: 'waiting' | 'dead';
  reason: string;
  /** ISO 8601 in UTC. */
  since: string;
}

/** A record as it lies in the store, or is to be made there. */
export interface Held {
  record: CallRecord;
  /** Absent where there is none yet. */
  etag?: string;
}

/** Of what a provider says of a recording, in bytes of JSON: more stands in `meta/` alone. */
const MOST_RAW = 64 * 1024;

/** The record of a call nobody has worked on. @param since ISO 8601 in UTC */
export const newRecord = (recording: Recording, since: string): CallRecord => ({
  version: 1,
  call: recording.id,
  state: 'waiting',
  stage: 'ingest',
  since,
  tries: 0,
  attempts: { transcribe: 1, enrich: 1, analyse: 1 },
  recording: JSON.stringify(recording.raw).length > MOST_RAW ? { ...recording, raw: {} } : recording,
});

/** @returns undefined where there is none */
export async function readRecord(results: Store, org: string, call: string): Promise<Required<Held> | undefined> {
  const object = await results.get(recordKey(org, call));
  return object && { record: JSON.parse(decodeText(object.body)) as CallRecord, etag: object.etag };
}

/**
 * Write a record over what was read, or where there was none.
 * @throws {PreconditionFailed} where somebody else has written it meanwhile, or taken it away
 */
export async function writeRecord(results: Store, org: string, held: Held, next: CallRecord): Promise<Required<Held>> {
  const [key, body] = [recordKey(org, next.call), stableJson(next)];
  const condition = held.etag === undefined ? { ifNoneMatch: '*' as const } : { ifMatch: held.etag };
  try {
    return { record: next, etag: await results.put(key, body, condition) };
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    // A write whose answer was lost is tried again, and meets itself.
    const object = await results.get(key);
    if (!object || decodeText(object.body) !== body) throw error;
    return { record: next, etag: object.etag };
  }
}
