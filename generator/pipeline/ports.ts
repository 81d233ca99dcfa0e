import type { Printable } from '../lib/printable.ts';
import type { Config } from './config.ts';

/** What the stages ask of the world: where recordings come from, and the engines that work on them. Each has a conformance suite in `testing/`. */

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Whose voice it is. */
export type Party = 'agent' | 'customer';

/** A recording as its provider lists it. */
export interface Recording {
  /** The call's id, as every object of it is named: `^[\w.-]{1,128}$`. */
  id: string;
  /** Calls of one group are legs of one call. */
  group?: string;
  /** Numbers or addresses. */
  from?: string;
  to?: string;
  /** ISO 8601 in UTC, ending in `Z`. */
  started?: string;
  ended?: string;
  /** The agent's id or address, where the provider knows it. */
  agent?: string;
  /** Where the provider knows it; else it follows from whose the ends are. */
  direction?: 'inbound' | 'outbound' | 'internal';
  /** Who is on which channel, where the provider knows it. */
  channels?: { left: Party; right: Party };
  /** Nobody of the customer's side: left out where the organization says so. */
  meeting?: true;
  /** Bytes, where the provider says so. */
  bytes?: number;
  /** Changes whenever the sound changes; opaque. */
  version?: string;
  /** What the provider said of it; kept as `meta/<id>.json` in the shape `{ raw }`. */
  raw: JsonObject;
}

/** Where to go on with listing: a time (ISO 8601, UTC), an id of a provider that counts, or the beginning. */
export type Cursor = { time: string } | { id: string } | 'start';

/** Sound as a provider gives it, checked: never empty, never HTML, of the length that was announced. */
export interface Download {
  body: Uint8Array;
  /** By its first bytes. */
  extension: 'wav' | 'mp3' | 'ogg' | 'flac' | 'm4a' | 'webm';
}

/** One organization's account at a provider. */
export interface RecordingProvider {
  readonly name: string; // e.g., "folder"
  /** Its ids rise with time: it is asked from an id on (`{ id }`), never from a time. */
  readonly counts?: true;
  /** Oldest first, to the end. @throws {PipelineError} never a short list */
  list(since: Cursor, signal: AbortSignal): AsyncIterable<Recording>;
  /** How many recordings the last listing left out, because they are still being written. */
  growing?(): number;
  /** @throws {PipelineError} `poison` where it is no sound, `retry` where it could not be had now */
  download(recording: Recording, signal: AbortSignal): Promise<Download>;
  /** A transcript that lies beside the recording, where there is one: its text and its form. */
  sidecar?(recording: Recording, signal: AbortSignal): Promise<Sidecar | undefined>;
}

export interface Sidecar {
  name: string; // e.g., "call-7.vtt"
  body: Uint8Array;
}

/** What was measured of a call's sound. */
export interface AudioFacts {
  extension: string;
  /** Seconds. */
  seconds: number;
  channels: number;
  /** Hertz. */
  sampleRate: number;
  /** Both channels hold the same; absent: not compared. */
  sameChannels?: boolean;
  /** Nothing is heard; absent: not looked. */
  silent?: boolean;
}

/** One call for a transcriber. */
export interface Job {
  /** Deterministic: the same call, sound, settings and attempt have the same name. `^[0-9a-zA-Z._-]{1,200}$` */
  name: string;
  org: string;
  call: string;
  /** The key of the sound in the input store, its ETag, and how to read it. */
  audio: { key: string; etag: string; facts: AudioFacts; read(): Promise<Uint8Array> };
  sidecar?: Sidecar;
  /** BCP 47, such as `en-US`, or `auto`. */
  language: string;
}

/**
 * A document in Amazon Transcribe's own shape, whatever engine made it: `results.items` with `speaker_label`, or
 * `results.channel_labels.channels[].items`; times and confidences are strings. One parser reads it (`transcript/transcribe-json.ts`).
 */
export type TranscribeDocument = JsonObject;

export type Progress =
  | { state: 'running' }
  /** @param seconds of sound that are to be paid for; 0 where nothing is */
  | { state: 'done'; document: TranscribeDocument; seconds: number }
  /** @param retry that another attempt may go well */
  | { state: 'failed'; reason: Printable; retry: boolean };

export interface Transcriber {
  readonly name: string; // e.g., "amazon-transcribe"
  /** Whatever changes its answers: part of the hash of what a call was transcribed from. */
  readonly settings: JsonObject;
  /** It costs nothing to ask it again: no claim is made before, and no budget is touched. */
  readonly free?: true;
  /** Idempotent by the job's name. @throws {PipelineError} */
  begin(job: Job, signal: AbortSignal): Promise<Progress>;
  /** Never starts anything. @throws {PipelineError} */
  check(job: Job, signal: AbortSignal): Promise<Progress>;
  /** Take away what the service keeps of it, where it keeps anything. */
  forget?(job: Pick<Job, 'name'>, signal: AbortSignal): Promise<void>;
}

/** What one voice said without a break. Times in seconds; both 0: no timing. */
export interface Turn {
  speaker: Party | 'unknown';
  start: number;
  end: number;
  text: string;
}

export interface Sentiment {
  overall: 'positive' | 'neutral' | 'negative' | 'mixed';
  /** 0 to 1. */
  positive: number;
  neutral: number;
  negative: number;
  mixed: number;
}

export interface SentimentScorer {
  readonly name: string;
  readonly settings: JsonObject;
  readonly free?: true;
  /** @throws {PipelineError} where the service fails */
  score(
    turns: readonly Turn[],
    language: string,
    signal: AbortSignal,
  ): Promise<{ sentiment: Sentiment; units: number } | { notAnalysed: Printable }>;
}

/** One rule of `qa-config.json`. */
export interface Rule {
  name: string;
  category: string;
  weight: number;
  description?: string;
  /** Phrases that decide it without a model. */
  match?: Match;
}

export interface Match {
  speaker?: Party | 'anyone';
  /** One of them must be heard. */
  any?: string[];
  /** None of them may be heard. */
  none?: string[];
  /** Part of the call, such as "first 30 s", "last 60 s" or "call". */
  within?: string;
  /** Share of a phrase's words that may be wrong, 0 to 0.5. */
  tolerance?: number;
}

/** What a call is judged by: of `qa-config.json` and `ai-config.json`. */
export interface Task {
  rules: Rule[];
  /** JSON schema of the insights, by their name, in the configuration's order; reserved names are not among them. */
  insights: Record<string, JsonObject>;
  instructions?: string;
  businessContext?: string;
  guidance?: string;
  maxTokens?: number;
  temperature?: number;
}

export interface Verdict {
  /** The rule's name, as configured. */
  rule: string;
  /** Absent: not evaluated, or it does not apply. */
  pass?: boolean;
  /** 0 to 100. */
  score?: number;
  /** Words that were said. */
  quote?: string;
  note?: string;
  /** Why there is no verdict. */
  reason?: Printable;
}

export interface Evaluation {
  verdicts: Verdict[];
  insights: JsonObject;
  /** What of a model's answer was left out, or could not be read. */
  remarks?: Printable[];
  /** Tokens that were paid for. */
  usage?: { input: number; output: number };
}

export interface Evaluator {
  readonly name: string;
  /** Also the version of its prompt. */
  readonly settings: JsonObject;
  readonly free?: true;
  /** @returns failed, a sentence, where the answer cannot be used; @throws {PipelineError} where the service fails */
  evaluate(
    turns: readonly Turn[],
    task: Task,
    signal: AbortSignal,
  ): Promise<Evaluation | { failed: Printable; retry: boolean; usage?: { input: number; output: number } }>;
}

/** The engines of one organization. */
export interface Engines {
  transcriber: Transcriber;
  sentiment: SentimentScorer;
  evaluator: Evaluator;
}

/** What an engine or a provider is opened with. */
export interface OpenContext {
  org: string;
  config: Config;
  env: NodeJS.ProcessEnv;
  /** A secret by its name, as JSON. @throws {PipelineError} `configuration` where there is none */
  secret(name: string): Promise<JsonObject>;
}
