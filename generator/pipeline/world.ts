import type { Log } from '../lib/console.ts';
import type { Printable } from '../lib/printable.ts';
import type { Store } from '../store/store.ts';
import type { Config } from './config.ts';
import type { AudioFacts, Engines, JsonObject, RecordingProvider } from './ports.ts';
import type { Stage, WaitingCall } from './record.ts';

/** Everything that the pipeline of one organization works with: the stages ask nothing else of the world. */
export interface World {
  org: string;
  config: Config;
  /** `qa-config.json` and `ai-config.json` as they are, where there are some. */
  qa?: JsonObject | undefined;
  ai?: JsonObject | undefined;
  /** Domains of agents' addresses, lower case: those of `pipeline-config.json`, else of `report-config.json`. */
  agentDomains: readonly string[];
  stores: { input: Store; results: Store };
  provider: RecordingProvider;
  engines: Engines;
  /** @throws {PipelineError} poison, where it is no sound */
  probe(body: Uint8Array, extension: string): Promise<AudioFacts>;
  now(): Date;
  log: Log;
}

/** What one run of an organization came to. */
export interface RunOutcome {
  org: string;
  /** Recordings, as their provider lists them. */
  ingest: {
    listed: number;
    /** New calls. */
    taken: number;
    /** Known from before. */
    known: number;
    /** Of those known, recordings of another size than when they were taken. */
    changed: number;
    /** Other legs of a call, and meetings that are to be left out. */
    legs: number;
    meetings: number;
    /** Without an id that a call can have. */
    refused: number;
    /** Still being written: left to the next run. */
    growing: number;
    /** To be had later: they wait. */
    failed: number;
    /** Why the provider could not be asked. */
    problem?: Printable[];
  };
  /** Calls that this run worked on: `seen` is the sum of the others. */
  calls: { seen: number; done: number; waiting: number; dead: number };
  paid: Paid;
  /** Why no call can go on before somebody changes a setting; absent where all is well. */
  stopped?: Printable[];
  /** Calls of the organization that are not done, the dead ones first; at most 1,000. */
  notDone: WaitingCall[];
}

/** What was asked of engines that cost something. */
export interface Paid {
  /** Requests. */
  calls: number;
  /** Of sound, transcribed. */
  minutes: number;
  /** Of a model. */
  tokens: number;
  /** Of sentiment. */
  units: number;
}

/** What became of a call at one stage. `next`: the stage after it may begin. */
export interface StageOutcome {
  state: 'next' | 'waiting' | 'dead' | 'done' | 'absent';
  stage: Stage;
  reason?: Printable;
}
