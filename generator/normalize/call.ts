import { localDay } from '../lib/time.ts';
import type { Call, QaState, Refused, Remark, Utterance } from '../model.ts';
import type { JsonObject } from '../source/json.ts';
import type { RawCall } from '../source/read.ts';
import type { TenantConfig } from '../tenant-config.ts';
import { instantOf, numberOf, partFields, textOf } from './fields.ts';
import { readInsights } from './insights.ts';
import type { Mask } from './mask.ts';
import { addressOf, agentEnd, directionOf, inDomains } from './parties.ts';
import { readQa } from './rules.ts';
import { readSentiment } from './sentiment.ts';
import { readTranscript, type Transcript } from './transcript.ts';

/** What one call's objects amount to. */
export type Normalized =
  | { kind: 'call'; call: Call; turns: Utterance[]; remarks: Remark[]; refused: Refused[] }
  /** Transcribed, but the analyser crashed on it. */
  | { kind: 'transcribed'; refused: Refused[] }
  /** Rules without their call. */
  | { kind: 'qa without call'; refused: Refused[] }
  /** Nothing that could be read. */
  | { kind: 'nothing'; refused: Refused[] };

/** From the objects as parsed to the call as the contract reads it, masked where the tenant wants it. Pure. */
export function normalizeCall(raw: RawCall, config: TenantConfig, mask?: Mask): Normalized {
  const { refused } = raw;
  if (typeof raw.calls === 'string') {
    if (raw.calls === 'refused') return { kind: 'nothing', refused };
    if (Array.isArray(raw.qa)) return { kind: 'qa without call', refused };
    return { kind: typeof raw.enriched === 'string' ? 'nothing' : 'transcribed', refused };
  }
  const transcript = typeof raw.enriched === 'string' ? undefined : readTranscript(raw.enriched);
  const { call, end, remarks } = callOf(raw, raw.calls, transcript, config);
  const turns = transcript?.turns ?? [];
  const told = { call, turns, remarks };
  const shown = mask ? mask(told, end) : told;
  return { kind: 'call', ...shown, remarks: shown.remarks.map((text) => ({ callId: raw.id, text })), refused };
}

function callOf(raw: RawCall, record: JsonObject, transcript: Transcript | undefined, config: TenantConfig) {
  const { fields, rest } = partFields(record);
  const from = textOf(fields.from_number);
  const to = textOf(fields.to_number);
  const { agentDomains } = config;
  const { direction, derived } = directionOf(
    fields.direction,
    inDomains(from, agentDomains),
    inDomains(to, agentDomains),
  );
  const end = agentEnd(direction, from, to, agentDomains);
  const started = instantOf(fields.start_timestamp);
  const ended = instantOf(fields.end_timestamp);
  const durationSeconds = durationOf(numberOf(fields.duration_seconds), started, ended);
  const score = numberOf(fields.overall_score);
  const grade = textOf(fields.grade);
  const qa = readQa(Array.isArray(raw.qa) ? raw.qa : undefined, score, grade);
  const call: Call = {
    id: raw.id,
    day: started === undefined ? null : localDay(Date.parse(started), config.timeZone),
    started,
    ended,
    durationSeconds,
    direction,
    directionDerived: derived ? true : undefined,
    from,
    to,
    agent: end === undefined ? null : addressOf((end === 'from' ? from : to) ?? ''),
    sentiment: readSentiment(fields),
    qa: qa.state,
    ...scored(qa.state, score, grade, config.passMark),
    rules: qa.rules,
    tooShort: durationSeconds !== undefined && durationSeconds < config.shortestCallSeconds ? true : undefined,
    insights: readInsights(rest),
    metadata: metadataOf(raw.metadata, config.metadata),
    wordCount: transcript?.wordCount,
    utteranceCount: transcript?.utteranceCount,
    processed: instantOf(fields.processing_timestamp),
    transcript:
      raw.enriched === 'refused' ? 'refused' : transcript && transcript.turns.length > 0 ? 'present' : 'absent',
  };
  return { call, end, remarks: qa.remarks };
}

/** A call's score and grade mean something only where its rules were evaluated. */
function scored(state: QaState, score: number | undefined, grade: string | undefined, passMark: number) {
  if (state !== 'evaluated') return {};
  return { score, grade, passed: score === undefined ? undefined : score >= passMark };
}

/** Given, else from the timestamps; a negative one is absent. */
function durationOf(given: number | undefined, started?: string, ended?: string): number | undefined {
  const worked =
    started !== undefined && ended !== undefined ? (Date.parse(ended) - Date.parse(started)) / 1000 : undefined;
  const duration = given ?? worked;
  return duration !== undefined && duration >= 0 ? duration : undefined;
}

/** The scalar values at the configured paths below `raw.metadata`. */
function metadataOf(document: RawCall['metadata'], paths: { [label: string]: string }): Call['metadata'] {
  if (typeof document === 'string') return [];
  const root = (document.raw as JsonObject | undefined)?.metadata;
  return Object.entries(paths).flatMap(([label, path]) => {
    const value = path
      .split('.')
      .reduce<unknown>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), root);
    const scalar = ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
    return scalar ? [{ label, value: String(value) }] : [];
  });
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
