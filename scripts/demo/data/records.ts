import type { Json } from '#shared/model.ts';
import {
  factsOf,
  gradeOf,
  overallOf,
  passesOf,
  type Row,
  recommendationsOf,
  rowsOf,
  sentimentOf,
  tempered,
} from './analysis.ts';
import type { Day } from './calendar.ts';
import { type Conversation, converse } from './conversation.ts';
import { corrupt, corruptRows } from './corrupt.ts';
import { line } from './files.ts';
import type { Facts, Lines } from './model.ts';
import type { Odd } from './odd.ts';
import type { Plan } from './plan.ts';
import { random } from './random.ts';
import { timed, type Utterance, untimed, words } from './transcript.ts';

/** An object to be written: key inside its store, and body. */
export interface Put {
  key: string;
  body: string | Uint8Array;
}

/**
 * What one call leaves in the buckets, in the order in which the pipeline writes it.
 * @param spoken what was said has been spoken already, with these times; the call is on this day
 */
export function objectsOf(
  planned: Plan,
  odd: Odd | undefined,
  spoken?: { transcript: Utterance[]; seconds: number; day: Day },
): { id: string; results: Put[]; input: Put[] } {
  const { conversation, passes, facts } = talk(planned, odd);
  const plan = spoken ? onDay(planned, spoken.day) : planned;
  const { tenant, seed, day, index } = plan;
  const id = callId(random(seed, tenant.org, day.date, index, 'id').hex(32));
  const { transcript, seconds } = spoken ?? timed(plan, conversation);
  const shown =
    odd === 'no timing' ? untimed(transcript, 2) : odd === 'one voice' ? untimed(transcript, 1) : transcript;
  const times = timesOf(plan, seconds);
  const call = callOf(plan, id, seconds, times, odd);
  const sentiment =
    odd === 'no sentiment'
      ? { overall: 'neutral', positive: 0, neutral: 1, negative: 0, confidence: 0 }
      : sentimentOf(plan, facts, odd === 'mixed' ? 'mixed' : odd === 'short' ? 'neutral' : undefined);
  const failed = odd === 'failed analysis';
  const rows = odd === 'no rules' ? [] : rowsOf(plan, conversation, passes);
  const scored = failed
    ? rows.map((row) => ({ ...row, score: 0, pass: false, evidence: null, coach_note: null }))
    : rows;
  const insights = insightsOf(plan, facts, conversation, rows, odd);
  const overall = { overall_score: overallOf(scored), grade: gradeOf(overallOf(scored)) };
  const metadata = odd === 'undated' ? {} : metadataOf(plan, id, seconds, times);

  const enriched = line({
    tenant_id: tenant.org,
    call_id: id,
    language: tenant.language,
    transcript: shown,
    analysis_features: {
      utterance_count: shown.length,
      word_count: shown.reduce((sum, { text }) => sum + words(text), 0),
      total_duration: shown.at(-1)?.end_time ?? 0,
      processing_timestamp: iso(times.processed - 120_000),
    },
  });
  const folder = `${tenant.org}/final/v2.0-flat`;
  const results: Put[] = [
    { key: `${tenant.org}/enriched/${id}.json`, body: odd === 'cut transcript' ? enriched.slice(0, 700) : enriched },
  ];
  if (odd !== 'not analysed') {
    const v1 = {
      schema_version: 'cci-lite-v1.0',
      call,
      sentiment,
      qa_evaluation: { rule_results: scored, ...overall },
      ai_insights: insights,
      raw: { metadata },
    };
    results.push({ key: `${tenant.org}/final/v1.0/${id}.json`, body: line(v1) });
    const flat = `${line({ ...call, ...sentiment, ...insights, ...overall })}\n`;
    results.push({ key: `${folder}/calls/${id}.jsonl`, body: corrupt(flat, odd) });
    const qa = corruptRows(scored, odd).map((row) =>
      line({ tenant_id: tenant.org, call_id: id, ...row, ...qaOverall(overall, odd) }),
    );
    if (odd !== 'qa to come') results.push({ key: `${folder}/qa/${id}.jsonl`, body: `${qa.join('\n')}\n` });
  }
  // The provider's metadata is deleted after a day: only the last day's is still there, and not all of that.
  const kept = day.ago === 0 && index % 3 === 0 && odd !== 'undated';
  const meta = kept ? [{ key: `${tenant.org}/meta/${id}.json`, body: line({ raw: metadata }) }] : [];
  return { id, results, input: meta };
}

/** The same hour of another day. */
const onDay = (plan: Plan, day: Day): Plan => ({ ...plan, day, start: plan.start + day.noon - plan.day.noon });

/** A call that never got going. */
const wrongNumber: Lines = ['C: Oh, sorry. I must have the wrong number.', "A: That's all right. Bye."];
const readsCode: Lines = [
  'C: Oh, and your website is broken, by the way. When I sign in it says, let me read it out, less than script greater than, <script>alert("session")</script>, and then <b>Error &amp; retry</b> all the way down.',
  "A: That doesn't sound right. I'll pass it on.",
];

function talk(
  plan: Plan,
  odd: Odd | undefined,
): { conversation: Conversation; passes: (rule: string) => boolean; facts: Facts } {
  const hoped = factsOf(plan);
  const passes = passesOf(plan, hoped);
  const facts = tempered(plan, hoped, passes);
  if (odd !== 'short') {
    const extra = odd === 'markup' ? readsCode : [];
    return { facts, passes, conversation: converse(plan, facts, passes, extra, odd === 'redacted') };
  }
  const { tenant } = plan;
  const opening = Object.keys(tenant.blocks)[0] ?? '';
  const first = tenant.rules[0]?.key;
  const short = { ...plan, scenario: { ...plan.scenario, steps: [opening, wrongNumber] } };
  const conversation = converse(short, facts, (rule) => rule === first);
  // The model judges every rule all the same.
  for (const { key } of tenant.rules) if (!conversation.quotes.has(key)) conversation.quotes.set(key, undefined);
  return { conversation, facts, passes: (rule) => rule === first };
}

/** Instants in epoch milliseconds. */
interface Times {
  start: number;
  end: number;
  processed: number;
}

function timesOf({ start, day, index, calls, seed, tenant }: Plan, seconds: number): Times {
  const end = start + seconds * 1000;
  // Ingest runs every quarter of an hour. The day's last call is analysed again after midnight: that completes the day.
  const wait = random(seed, tenant.org, day.date, index, 'wait').int(4, 38) * 60_000;
  return { start, end, processed: index === calls - 1 ? day.end + 4 * 60_000 : end + wait };
}

function partiesOf({ tenant, agent, caller, scenario, seed, day, index }: Plan): { from: string; to: string } {
  const others = tenant.agents.filter(({ id }) => id !== agent.id);
  const colleague = random(seed, tenant.org, day.date, index, 'colleague').pick(others).id;
  const outside = tenant.phone(caller);
  if (scenario.direction === 'internal') return { from: agent.id, to: colleague };
  return scenario.direction === 'outbound' ? { from: agent.id, to: outside } : { from: outside, to: agent.id };
}

function callOf(plan: Plan, id: string, seconds: number, { start, end, processed }: Times, odd: Odd | undefined) {
  const { tenant, scenario } = plan;
  const { from, to } = partiesOf(plan);
  const known = odd !== 'undated';
  return {
    tenant_id: tenant.org,
    call_id: id,
    // One environment variable of the pipeline, the same for every tenant.
    language: 'en-GB',
    direction: known && tenant.knownDirection ? scenario.direction : 'unknown',
    from_number: known ? from : null,
    to_number: known ? to : null,
    start_timestamp: known ? iso(start) : null,
    end_timestamp: known ? iso(end) : null,
    duration_seconds: known ? seconds : null,
    audio_uri: `s3://cci-lite-input-000000000000-eu-central-1/${tenant.org}/audio/${id}.mp3`,
    transcript_uri: `s3://cci-lite-results-000000000000-eu-central-1/${tenant.org}/enriched/${id}.json`,
    metadata_uri: `s3://cci-lite-input-000000000000-eu-central-1/${tenant.org}/meta/${id}.json`,
    processing_timestamp: iso(processed),
  };
}

function insightsOf(plan: Plan, facts: Facts, { fill }: Conversation, rows: readonly Row[], odd: Odd | undefined) {
  const { scenario, tenant } = plan;
  const own = tenant.insights(scenario, facts);
  const nothing = Object.fromEntries(Object.keys(own).map((key): [string, Json] => [key, null]));
  if (odd === 'failed analysis')
    return { summary: null, topic: null, key_phrases: null, ...nothing, recommendations: null };
  if (odd === 'short')
    return {
      summary: ['Wrong number.'],
      topic: ['Wrong number'],
      key_phrases: null,
      ...nothing,
      recommendations: null,
    };
  // A single string comes wrapped in a list.
  return {
    summary: [fill(scenario.summary[facts.outcome])],
    topic: [scenario.topic],
    key_phrases: [...scenario.phrases],
    ...own,
    recommendations: recommendationsOf(plan, rows),
  };
}

function metadataOf(plan: Plan, id: string, seconds: number, { start, end }: Times): Record<string, Json> {
  const { tenant, scenario, agent, seed, day, index } = plan;
  const { from, to } = partiesOf(plan);
  return {
    id,
    callingParty: from,
    calledParty: to,
    mediaStartedTime: iso(start),
    mediaCompletedTime: iso(end),
    recordingGroupingId: id.slice(0, 8),
    ...tenant.metadata(scenario, agent, seconds, random(seed, tenant.org, day.date, index, 'metadata').chance),
  };
}

/** The rows' own copy of the overall figures; another run gave others. */
const qaOverall = (overall: { overall_score: number; grade: string }, odd: Odd | undefined) =>
  odd === 'another run' ? { overall_score: overall.overall_score === 55 ? 45 : 55, grade: 'E' } : overall;

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** 32 hex digits as a version 4 UUID. */
const callId = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

/** What is said in a call, turn by turn. */
export const spokenTurns = (plan: Plan): Pick<Conversation, 'turns'> => talk(plan, undefined).conversation;
