import type { EvaluationAnswer, SentimentAnswer, TranscriptAnswer } from '../answers.ts';
import { audioKey, enrichedKey, metaKey } from '../keys.ts';
import type { Json, Recording, Task } from '../ports.ts';
import type { CallRecord } from '../record.ts';
import type { World } from '../world.ts';
import type { Transcript } from './enriched.ts';
import { endsOf } from './parties.ts';
import { type Scored, scoreOf } from './score.ts';

/** All that the final objects of a call are made of: the same gives the same bytes, whoever makes them and whenever. */
export interface Sources {
  record: CallRecord;
  task: Task;
  transcript: Transcript;
  answers: { transcribe: TranscriptAnswer; enrich: SentimentAnswer; analyse: EvaluationAnswer };
}

export interface Final {
  v1: object;
  /** The one line of `calls/`. */
  calls: object;
  /** The lines of `qa/`; none where the call was not evaluated. */
  qa: object[];
  /** Why it was not. */
  notEvaluated?: string;
}

/** What the report reads of a call. What the pipeline says of itself stands in `v1.0` alone: an unknown key of the flat line is an insight. */
export function finalOf(world: World, { record, task, transcript, answers }: Sources): Final {
  const { org } = world;
  const { evaluation, failed } = answers.analyse;
  const scored: Scored = evaluation ? scoreOf(task.rules, evaluation, transcript.turns) : { rows: [], remarks: [] };
  const remarks = [...(evaluation?.remarks ?? []), ...scored.remarks];
  const insights = insightsOf(task, evaluation?.insights ?? {});
  const call = callOf(world, record, transcript, answers.analyse.at);
  const sentiment = sentimentOf(answers.enrich);
  const { overall } = scored;
  const notEvaluated = overall ? undefined : (failed ?? whyNot(task, scored));
  const ids = { tenant_id: org, call_id: record.call };
  return {
    calls: { ...call, ...sentiment, ...insights, ...overall },
    qa: overall
      ? scored.rows.map((row) => ({ ...ids, ...row, ...overall, processing_timestamp: answers.analyse.at }))
      : [],
    v1: {
      schema_version: 'cci-lite-v1.0',
      call,
      sentiment,
      qa_evaluation: { rule_results: overall ? scored.rows : [], ...overall },
      ai_insights: insights,
      raw: { metadata: record.recording.raw },
      pipeline: provenanceOf(record, transcript, answers, remarks, notEvaluated),
    },
    ...(notEvaluated !== undefined && { notEvaluated }),
  };
}

function callOf(world: World, { call, recording, audio }: CallRecord, { language }: Transcript, at: string) {
  const { org, config, agentDomains, stores } = world;
  const { from, to, direction } = endsOf(recording, { agentDomains, agentNumbers: config.agentNumbers });
  return {
    tenant_id: org,
    call_id: call,
    language,
    direction,
    from_number: from,
    to_number: to,
    start_timestamp: recording.started ?? null,
    end_timestamp: recording.ended ?? null,
    duration_seconds: lengthOf(recording) ?? audio?.facts?.seconds ?? null,
    audio_uri: uriOf(stores.input.url, 'input', audioKey(org, call, audio?.extension ?? 'wav')),
    transcript_uri: uriOf(stores.results.url, 'results', enrichedKey(org, call)),
    metadata_uri: uriOf(stores.input.url, 'input', metaKey(org, call)),
    processing_timestamp: at,
  };
}

/** As its provider says, in seconds. */
function lengthOf({ started, ended }: Pick<Recording, 'started' | 'ended'>): number | undefined {
  const seconds = (Date.parse(ended ?? '') - Date.parse(started ?? '')) / 1000;
  return seconds > 0 ? seconds : undefined;
}

/** Where a store is a folder, its place on this machine is nobody's business. */
const uriOf = (url: string, name: string, key: string): string =>
  url.startsWith('s3:') ? `${(url.split(/[?#]/, 1)[0] ?? '').replace(/\/$/, '')}/${key}` : `s3://${name}/${key}`;

/** Exactly 0, 1, 0 with confidence 0 says that sentiment was not analysed. */
function sentimentOf({ sentiment }: SentimentAnswer) {
  if (!sentiment) return { overall: 'neutral', positive: 0, neutral: 1, negative: 0, confidence: 0 };
  const { overall, positive, neutral, negative } = sentiment;
  const confidence = sentiment[overall];
  return {
    overall,
    positive: cents(positive),
    neutral: cents(neutral),
    negative: cents(negative),
    // A confidence that is rounded to nothing must not say that nothing was analysed.
    confidence: Math.max(0.01, cents(confidence)),
  };
}

/** In the configuration's order, and no others. */
function insightsOf(task: Task, given: { [key: string]: Json }): { [key: string]: Json } {
  const keys = Object.keys(task.insights).filter((key) => Object.hasOwn(given, key));
  return Object.fromEntries(keys.map((key) => [key, given[key] ?? null]));
}

function whyNot(task: Task, { remarks }: Scored): string {
  if (task.rules.length === 0) return 'No QA rules are configured.';
  const [first = ''] = remarks.filter((remark) => remark.startsWith('not evaluated: '));
  return `None of the rules could be evaluated. The first one is ${first || 'without a verdict'}.`;
}

function provenanceOf(
  { recording, audio, made }: CallRecord,
  { source, language }: Transcript,
  { transcribe, enrich, analyse }: Sources['answers'],
  remarks: readonly string[],
  notEvaluated: string | undefined,
) {
  return {
    speaker_source: source,
    language,
    engines: { transcribe: transcribe.engine, sentiment: enrich.engine, evaluate: analyse.engine },
    made: made ?? {},
    paid: { seconds: transcribe.seconds, units: enrich.units, ...(analyse.usage && { tokens: analyse.usage }) },
    channels_compared: audio?.facts?.sameChannels !== undefined,
    ...(audio?.facts && { sound: audio.facts }),
    ...(recording.group !== undefined && { group: recording.group }),
    ...(enrich.notAnalysed !== undefined && { sentiment_not_analysed: enrich.notAnalysed }),
    ...(notEvaluated !== undefined && { not_evaluated: notEvaluated }),
    ...(remarks.length > 0 && { remarks }),
  };
}

const cents = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
