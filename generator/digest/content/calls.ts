import { type AttentionList, rankAttention } from '#shared/calls/attention.ts';
import { moreRulesInWords, reasonInWords } from '#shared/format/attention-reason.ts';
import { duration, score, time } from '#shared/format/format.ts';
import type { Call } from '#shared/model.ts';
import type { CallLine } from '#shared/view.ts';
import { lineOf } from '../../report/calls.ts';
import type { Report } from '../../report/report.ts';
import { momentWords } from '../schedule/dates.ts';
import type { Links } from './links.ts';
import { type CallView, clean, finite } from './view.ts';

/** Calls that the mail lists. */
export const CALL_LIMIT = 5;

/** A day's calls that need attention. */
export function worstOf(report: Report, calls: readonly Call[]): AttentionList {
  const ranked = rankAttention(calls, report.attention);
  return { total: ranked.length, worst: ranked.slice(0, CALL_LIMIT) };
}

/**
 * The calls that need attention, most urgent first, with the reasons that the site gives.
 * @param links to calls, each within the list that they are of
 * @param withAgents whether calls are named by their agent too: not in a digest about one agent
 * @param withDay whether they are named by their day too
 */
export function callsToHear(
  report: Report,
  { worst }: AttentionList,
  links: Links,
  withAgents: boolean,
  withDay = false,
): CallView[] {
  const shown = worst.map(({ call, reasons }) => lineOf(report, call, reasons));
  return finite(shown).map((line) => callView(report, line, links, withAgents, withDay));
}

function callView({ site }: Report, call: CallLine, links: Links, withAgents: boolean, withDay: boolean): CallView {
  const when = call.started && (withDay ? momentWords : time)(call.started, site);
  const critical = call.failedRules.some((rule) => rule.critical);
  return {
    score: call.score === undefined ? null : score(call.score, site.passMark, site.locale),
    unscored: site.hasQa && call.score === undefined ? unscored(call) : null,
    below: call.passed === false,
    name: [(withAgents || !when) && clean(call.agent.name, 80), when].filter(Boolean).join(', '),
    length: call.durationSeconds === undefined ? '' : duration(call.durationSeconds),
    critical,
    reasons: reasonsInWords(call, critical, site.locale),
    href: links(call.href),
  };
}

/** Why a call has no score, so that the place of it is not blank. */
function unscored({ qa, passed }: CallLine): string {
  if (qa !== 'evaluated') return qa;
  return passed === undefined ? 'no score' : `${passed ? 'passed' : 'failed'}, no score`;
}

/** As the site's list words them: a score below the mark goes without saying where a critical rule failed. */
function reasonsInWords({ reasons = [], failedRules }: CallLine, critical: boolean, locale: string): string {
  const words = reasons
    .filter(({ kind }) => kind !== 'failed' || !critical)
    .map((reason) => reasonInWords(reason, locale));
  const more = moreRulesInWords(failedRules);
  const leads = words[0]?.shape === 'critical' || words[0]?.shape === 'fail';
  const texts = words.map(({ text }) => clean(text));
  if (more) texts.splice(leads ? 1 : 0, 0, more);
  return texts.join(' · ');
}
