import type { SpeakerSource, Utterance } from '#shared/model.ts';
import { cutTo, LIMITS } from '../lib/limits.ts';
import type { JsonObject } from '../source/json.ts';
import { isObject, ledger, type Reader, read, upTo } from './reading.ts';
import type { FieldRemark } from './remarks.ts';
import { nameOf } from './texts.ts';
import { countOf, numberOf } from './values.ts';

export interface Transcript {
  turns: Utterance[];
  wordCount?: number | undefined;
  utteranceCount?: number | undefined;
  speakerSource?: SpeakerSource | undefined;
  language?: string | undefined;
  notEvaluatedReason?: string | undefined;
  remarks: FieldRemark[];
}

/** BCP 47 for a language that nobody knows. */
const NO_LANGUAGE = 'und';

const asWritten: Reader<string> = (value) => read(String(value));

/** What a pipeline says of how it knew the speakers, where that can be trusted. */
const SPEAKER_SOURCES: readonly SpeakerSource[] = ['channel', 'phrase'];

/** The turns of `enriched/`, and what our own pipeline says of the call there. Both times 0 mean no timing; `total_duration` is made up and not read. */
export function readTranscript(enriched: JsonObject): Transcript {
  const { remarks, take } = ledger();
  const { transcript = null } = enriched;
  const list = Array.isArray(transcript) ? transcript : [];
  const turns = list.flatMap((entry) => (isObject(entry) && typeof entry.text === 'string' ? [turnOf(entry)] : []));
  const long = turns.find(({ speaker }) => speaker.length > LIMITS.name)?.speaker;
  if (long !== undefined) take('speaker', long, upTo(LIMITS.name, asWritten));
  if (transcript !== null && !Array.isArray(transcript)) remarks.push({ code: 'unread-transcript' });
  if (turns.length < list.length) remarks.push({ code: 'unread-turns', count: String(list.length - turns.length) });
  const untimed = list.filter((entry) => isObject(entry) && hasOddTimes(entry)).length;
  if (untimed > 0) remarks.push({ code: 'untimed-turns', count: String(untimed) });
  const features = isObject(enriched.analysis_features) ? enriched.analysis_features : {};
  const pipeline = isObject(enriched.pipeline) ? enriched.pipeline : {};
  return {
    turns: turns.map((turn) => ({ ...turn, speaker: cutTo(turn.speaker, LIMITS.name) })),
    wordCount: take('word_count', features.word_count, countOf),
    utteranceCount: take('utterance_count', features.utterance_count, countOf),
    speakerSource: SPEAKER_SOURCES.find((source) => source === pipeline.speaker_source),
    language:
      pipeline.language === NO_LANGUAGE ? undefined : take('language', pipeline.language, upTo(LIMITS.name, nameOf)),
    notEvaluatedReason: take('not_evaluated', pipeline.not_evaluated, upTo(LIMITS.note, nameOf)),
    remarks,
  };
}

function turnOf(entry: JsonObject): Utterance {
  const speaker = typeof entry.speaker === 'string' && entry.speaker.trim() !== '' ? entry.speaker.trim() : 'unknown';
  const [start, end] = [numberOf(entry.start_time), numberOf(entry.end_time)];
  const timed = isSpan(start, end) && !(start === 0 && end === 0);
  return { speaker, ...(timed && { start, end }), text: String(entry.text) };
}

const isSpan = (start: number | undefined, end: number | undefined): boolean =>
  start !== undefined && end !== undefined && start >= 0 && end >= start;

/** Whether a turn has times of which none can be made. */
const hasOddTimes = ({ start_time: start = null, end_time: end = null }: JsonObject): boolean =>
  (start !== null || end !== null) && !isSpan(numberOf(start), numberOf(end));
