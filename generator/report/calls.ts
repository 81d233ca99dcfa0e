import { localDay } from '#shared/calendar/local-time.ts';
import { nameOf, newestFirst } from '#shared/calls/attention.ts';
import { callLine } from '#shared/calls/call-line.ts';
import { insightText } from '#shared/calls/dimensions.ts';
import { failedFirst } from '#shared/calls/failed-rules.ts';
import { shownId } from '#shared/calls/shown-id.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import { dayAndYear, time } from '#shared/format/format.ts';
import { otherEnd } from '#shared/format/party-name.ts';
import type { Call, Utterance } from '#shared/model.ts';
import type { CallLine, CallPage, CallRule, CallsPage, Reason, SiteView } from '#shared/view.ts';
import { callPath } from '../lib/paths.ts';
import { phraseFinder } from '../normalize/phrases.ts';
import { ruleId } from '../normalize/rules.ts';
import { configuredAgent } from './agent-names.ts';
import type { CallFrame, Report } from './report.ts';

/** Calls that the list shows without a script, as whole days: more would be too much for one page. */
export const CALLS_LIMIT = 2000;

/** @param newest the newest days' calls, at least `CALLS_LIMIT` of them, and those without a start, in any order */
export function callsPage(report: Report, newest: readonly Call[]): CallsPage {
  const isDated = ({ day }: Call) => day !== null;
  const dated = newest.filter(isDated).sort(newestFirst);
  const undated = newest.filter((call) => !isDated(call)).sort(newestFirst);
  const calls = [...dated, ...undated];
  return {
    kind: 'calls',
    path: '/calls/',
    title: 'Calls',
    site: report.site,
    calls: calls.map((call) => ({ ...lineOf(report, call), party: otherEnd(call) })),
    callCount: report.trust.read,
    views: report.config.views,
    trust: report.trust,
  };
}

/** A call of the state as lists show it. @param reasons why it needs attention, where the list is about that */
export function lineOf(report: Report, call: Call, reasons?: Reason[]): CallLine {
  const facts = {
    ...call,
    id: shownId(call),
    path: callPath(call),
    topic: insightText(call.insights, 'topic'),
    summary: insightText(call.insights, 'summary'),
  };
  return callLine(facts, agentOf(report, call.agent), report.attention, reasons);
}

/** Everything of one call. Depends on other calls only by the names of its rules and by what the site has at all. */
export function callPage(report: CallFrame, call: Call, turns: Utterance[]): CallPage {
  const id = shownId(call);
  const { day, started, ended, durationSeconds, direction, directionDerived, from, to, sentiment } = call;
  const topic = insightText(call.insights, 'topic');
  const summary = insightText(call.insights, 'summary');
  const ofCustomer = new Set(report.config.customerRules.map(ruleId));
  const shownApart = (key: string) =>
    (key === 'topic' && topic !== undefined) || (key === 'summary' && summary !== undefined);
  return {
    kind: 'call',
    path: callPath(call),
    title: topic ?? titleOf(id, call, report.site),
    site: report.site,
    id,
    day,
    started,
    ended,
    durationSeconds,
    direction,
    directionDerived,
    from,
    to,
    agent: configuredAgent(report, call.agent),
    sentiment,
    qa: call.qa,
    score: call.score,
    grade: call.grade,
    passed: call.passed,
    passedGiven: call.passedGiven,
    tooShort: call.tooShort,
    rules: call.rules.map((rule) => callRule(report, rule, ofCustomer)).sort(failedFirst),
    summary,
    topic,
    insights: call.insights.filter(({ key }) => !shownApart(key)),
    metadata: call.metadata,
    wordCount: call.wordCount,
    utteranceCount: call.utteranceCount,
    speakerSource: call.speakerSource,
    language: call.language,
    notEvaluatedReason: call.notEvaluatedReason,
    recording: call.recording,
    phrases: phrasesOf(report, call, turns),
    transcript: { state: call.transcript, turns },
    processed: call.processed,
  };
}

/** The phrases that it says, with where. Absent: none. */
function phrasesOf({ config }: CallFrame, { phrases = [] }: Call, turns: readonly Utterance[]): CallPage['phrases'] {
  if (phrases.length === 0) return undefined;
  return phraseFinder(config.phrases.filter(({ name }) => phrases.includes(name)))(turns);
}

/**
 * A call without a topic is known by its direction and its time: "Inbound call, Mon 8 Dec 2025, 22:06".
 * @param id as it is shown
 */
function titleOf(id: string, { direction, started }: Call, { locale, timeZone }: SiteView): string {
  const kind = direction === 'unknown' ? 'Call' : `${direction[0]?.toUpperCase()}${direction.slice(1)} call`;
  if (started === undefined) return `${kind} ${id}`;
  return `${kind}, ${dayAndYear(localDay(started, timeZone), locale)}, ${time(started, { locale, timeZone })}`;
}

/** Where on a call's page a rule is seen: at its quote where that was said, else among the rules. */
export function ruleHref({ critical }: Pick<CallFrame['attention'], 'critical'>, call: Call, wanted: string): string {
  const order = call.rules.map(({ rule, pass }) => ({ rule, pass, critical: critical.has(rule) })).sort(failedFirst);
  return `${callPath(call)}#q-${order.findIndex(({ rule }) => rule === wanted) + 1}`;
}

function callRule(
  { attention }: CallFrame,
  { rule, name: _ownSpelling, ...result }: Call['rules'][number],
  ofCustomer: ReadonlySet<string>,
): CallRule {
  return {
    name: nameOf(attention, rule),
    critical: attention.critical.has(rule),
    ...(ofCustomer.has(rule) && { ofCustomer: true }),
    ...result,
  };
}
