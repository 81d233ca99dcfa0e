import { shortHash, stableJson } from '../lib/bytes.ts';
import type { Evaluator, JsonObject, SentimentScorer, Transcriber } from './ports.ts';

/** A name for what an answer depends on: equal means that the same was asked. 24 hex. */
export const hashOf = (...parts: readonly unknown[]): string => shortHash(stableJson(parts));

/** What an engine's answers depend on beside what it is asked. */
export const engineHash = ({ name, settings }: Transcriber | SentimentScorer | Evaluator): string =>
  hashOf(name, settings satisfies JsonObject);
