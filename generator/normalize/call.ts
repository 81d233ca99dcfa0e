import { localDay } from '#shared/calendar/local-time.ts';
import { agentEnd, agentId, agentName, directionOf, inDomains, isAddress } from '#shared/calls/parties.ts';
import type { Call, QaState, Remark, Utterance } from '#shared/model.ts';
import type { Moment } from '../lib/time.ts';
import type { RawCall } from '../source/read.ts';
import type { Refused } from '../source/refusals.ts';
import type { Facts } from './facts.ts';
import { flatFacts } from './flat.ts';
import type { Mask } from './mask.ts';
import { instantOf } from './moments.ts';
import { type FieldRemark, remarkOf } from './remarks.ts';
import type { CallTerms } from './terms.ts';
import { readTranscript, type Transcript } from './transcript.ts';
import { wideFacts } from './wide.ts';

/** What one call's objects, or its row and its transcript, amount to. */
export type Normalized =
  | { kind: 'call'; call: Call; turns: Utterance[]; remarks: Remark[]; refused: Refused[] }
  /** Transcribed, but the analyser crashed on it. */
  | { kind: 'transcribed'; refused: Refused[] }
  /** Rules without their call. */
  | { kind: 'qa without call'; refused: Refused[] }
  /** Nothing that could be read. */
  | { kind: 'nothing'; refused: Refused[] };

/** From what was parsed to the call as the contract reads it, masked where the tenant wants it. Pure. */
export function normalizeCall(raw: RawCall, config: CallTerms, mask?: Mask): Normalized {
  const { refused } = raw;
  const facts = factsOf(raw, config);
  if (!facts) {
    if (raw.calls === 'refused') return { kind: 'nothing', refused };
    if (Array.isArray(raw.qa)) return { kind: 'qa without call', refused };
    return { kind: typeof raw.enriched === 'string' ? 'nothing' : 'transcribed', refused };
  }
  const transcript = typeof raw.enriched === 'string' ? undefined : readTranscript(raw.enriched);
  const { call, end } = callOf(raw, facts, transcript, config);
  const turns = transcript?.turns ?? [];
  const told = { call, turns, remarks: [...facts.remarks, ...(transcript?.remarks ?? []), ...timeRemarks(facts)] };
  const shown = mask ? mask(told, end) : told;
  return { kind: 'call', ...shown, remarks: shown.remarks.map((remark) => remarkOf(raw.id, remark)), refused };
}

/** JSONL wins, whole: a call that has both is read from it alone. */
function factsOf(raw: RawCall, config: CallTerms): Facts | undefined {
  if (typeof raw.calls !== 'string') return flatFacts(raw, raw.calls, config);
  return raw.row && wideFacts(raw.row, config, raw.modified);
}

/** The same for every form of the input. @returns the call, and which of its ends is the agent's */
function callOf(raw: RawCall, facts: Facts, transcript: Transcript | undefined, config: CallTerms) {
  const { from, to, qa } = facts;
  const [started, ended] = [instantOf(facts.started), instantOf(facts.ended)];
  const { agentDomains } = config;
  const { direction, derived } = directionOf(
    facts.direction,
    inDomains(from, agentDomains),
    inDomains(to, agentDomains),
  );
  const end = agentEnd(direction, from, to, agentDomains, facts.agent);
  const agent = facts.agent ?? (end === 'from' ? from : end === 'to' ? to : undefined);
  // "sip:;x" names nobody.
  const id = agentId(agent ?? '') || null;
  const durationSeconds = durationOf(facts.durationSeconds, started, ended);
  const call: Call = {
    id: raw.id,
    day: dayOf(facts.started, config.timeZone),
    started,
    ended,
    durationSeconds,
    direction,
    directionDerived: derived ? true : undefined,
    from,
    to,
    agent: id,
    agentName: id !== null && agent !== undefined ? spellingOf(agent, id) : undefined,
    sentiment: facts.sentiment,
    qa: qa.state,
    ...scored(qa.state, facts, config.passMark),
    rules: qa.rules,
    tooShort: durationSeconds !== undefined && durationSeconds < config.shortestCallSeconds ? true : undefined,
    insights: facts.insights,
    metadata: facts.metadata,
    wordCount: facts.wordCount ?? transcript?.wordCount,
    utteranceCount: facts.utteranceCount ?? transcript?.utteranceCount,
    processed:
      instantOf(facts.processed) ?? (facts.processed ? dayOf(facts.processed, config.timeZone) : null) ?? undefined,
    transcript:
      raw.enriched === 'refused' ? 'refused' : transcript && transcript.turns.length > 0 ? 'present' : 'absent',
    speakerSource: transcript?.speakerSource,
    language: transcript?.language,
    recording: config.playback !== false && facts.recording ? true : undefined,
    notEvaluatedReason: qa.state === 'evaluated' ? undefined : transcript?.notEvaluatedReason,
  };
  return { call, end };
}

/** A call's score and grade mean something only where its rules were evaluated. */
function scored(state: QaState, { score, grade, passed }: Facts, passMark: number) {
  if (state !== 'evaluated') return {};
  if (passed !== undefined) return { score, grade, passed, passedGiven: true as const };
  return { score, grade, passed: score === undefined ? undefined : score >= passMark };
}

const dayOf = (moment: Moment | undefined, timeZone: string): string | null =>
  moment === undefined ? null : 'day' in moment ? moment.day : localDay(moment.at, timeZone);

/** How a record spells its agent's name, where that is not how it is compared. */
function spellingOf(agent: string, id: string): string | undefined {
  const name = agentName(agent);
  return isAddress(agent) || name === id ? undefined : name;
}

/** What start and end are together. */
function timeRemarks({ started, ended, endColumn: column }: Facts): FieldRemark[] {
  if (ended && 'day' in ended) return [{ code: 'end-without-hour', column: column ?? '' }];
  if (started && ended && 'at' in started && ended.at < started.at) return [{ code: 'ends-before-start' }];
  return [];
}

/** Given, else from the timestamps; a negative one is absent. */
function durationOf(given: number | undefined, started?: string, ended?: string): number | undefined {
  const worked =
    started !== undefined && ended !== undefined ? (Date.parse(ended) - Date.parse(started)) / 1000 : undefined;
  const duration = given ?? worked;
  return duration !== undefined && duration >= 0 ? duration : undefined;
}
