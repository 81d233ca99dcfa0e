import type { Utterance } from '../model.ts';
import type { JsonObject } from '../source/json.ts';
import { numberOf } from './fields.ts';

export interface Transcript {
  turns: Utterance[];
  wordCount?: number;
  utteranceCount?: number;
}

/** The turns of `enriched/`. Both times 0 mean no timing; `total_duration` is made up and not read. */
export function readTranscript(enriched: JsonObject): Transcript {
  const list = Array.isArray(enriched.transcript) ? enriched.transcript : [];
  const turns = list.flatMap((entry) => (isObject(entry) && typeof entry.text === 'string' ? [turnOf(entry)] : []));
  const features = isObject(enriched.analysis_features) ? enriched.analysis_features : {};
  return {
    turns,
    wordCount: countOf(features.word_count),
    utteranceCount: countOf(features.utterance_count),
  };
}

function turnOf(entry: JsonObject): Utterance {
  const speaker = typeof entry.speaker === 'string' && entry.speaker.trim() !== '' ? entry.speaker.trim() : 'unknown';
  const [start, end] = [numberOf(entry.start_time), numberOf(entry.end_time)];
  const timed = start !== undefined && end !== undefined && start >= 0 && end >= start && !(start === 0 && end === 0);
  return { speaker, ...(timed && { start, end }), text: String(entry.text) };
}

function countOf(value: unknown): number | undefined {
  const count = numberOf(value);
  return count !== undefined && Number.isInteger(count) && count >= 0 ? count : undefined;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
