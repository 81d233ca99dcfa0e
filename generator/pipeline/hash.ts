import { shortHash, stableJson } from '../lib/bytes.ts';
import type { Evaluator, JsonObject, SentimentScorer, Transcriber } from './ports.ts';

/** A name for what an answer depends on: equal means that the same was asked. 24 hex. */
export const hashOf = (...parts: readonly unknown[]): string => shortHash(stableJson(parts));

/** What an engine's answers depend on beside what it is asked. */
export const engineHash = ({ name, settings }: Transcriber | SentimentScorer | Evaluator): string =>
  hashOf(name, settings satisfies JsonObject);

/** The job of a call at a service that transcribes. @param asked the hash of what it is asked with, which its answer is named by too */
export const jobName = (org: string, call: string, asked: string): string =>
  `cci-${org}-${hashOf(call, asked).slice(0, 16)}`;
