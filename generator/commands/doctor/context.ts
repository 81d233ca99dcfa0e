import type { Log } from '../../lib/console.ts';
import type { Settings } from '../../settings.ts';
import type { S3Options } from '../../store/s3-wire.ts';
import type { Store } from '../../store/store.ts';

/** The stores that settings name, by their setting. */
export type StoreName = 'results' | 'config' | 'input' | 'reports' | 'events';

/** What a server has said of the time. */
export interface HeardClock {
  /** Whose, for a sentence. */
  what: string; // e.g., "the store"
  /** Its Date header. */
  date: string | null;
  /** When it was asked and had answered by this machine's clock, in milliseconds since the epoch. */
  asked: number;
  answered: number;
}

/** What all checks are given. */
export interface Context {
  settings: Settings;
  stores: { [name in StoreName]?: Store };
  now: () => Date;
  log: Log;
  /** A request that is no store's, to Clerk or GitHub. */
  ask: typeof fetch;
  /** Filled by each question to such a server. */
  clocks: HeardClock[];
  /** Where Clerk's backend is. */
  clerkApi: string;
  /** Variables that clients of AWS go by. */
  env: NodeJS.ProcessEnv;
  /** Names of agents may be told: the output goes to a person, not into the log of a CI. */
  mayName: boolean;
}

/** A person waits: few tries, and an end. */
export const HASTE: S3Options = { attempts: 3, idleMs: 10_000, longestMs: 30_000 };

/** The longest that Clerk, GitHub or a mail service may take to answer, in milliseconds. */
export const ANSWER_MS = 10_000;
