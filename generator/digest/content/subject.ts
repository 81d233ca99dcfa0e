import { namedRule, passedMoved } from '#shared/figures/named-rule.ts';
import { pointsInWords } from '#shared/format/change.ts';
import { count, counted, share } from '#shared/format/format.ts';
import { failedOf, isEnough } from '#shared/format/rate.ts';
import type { RuleLine, SiteView, Totals } from '#shared/view.ts';
import { dayWords } from '../schedule/dates.ts';
import type { DayFacts } from './day-facts.ts';
import { clean } from './view.ts';

/** Characters of a rule's name in a subject. */
export const NAME_LENGTH = 60;

/**
 * The subject: the number first, then the day and the change, then the reason. A share needs as many evaluated calls as the tenant's minimum n: of the
 * day, else of the seven days that end with it, else there is none and the day's calls are counted. A change needs as many on both sides.
 */
export function subjectOf(facts: DayFacts, alerts: readonly { subject?: string }[] = []): string {
  const alert = alertWords(alerts);
  const { site, date, now, before, rules, week, scope, silence } = facts;
  const whose = scope === null ? '' : ` (${clean(scope, NAME_LENGTH)})`;
  const on = `${dayWords(date, site)}${whose}`;
  const since = silence ? `, none since ${silence.day}` : '';
  // No number, because none is known.
  if (facts.late) return `Data of ${dayWords(date, site)} is late${whose}${since}`;
  if (facts.quiet) return `No calls on ${on}${since}`;
  const critical = criticalOf(now, site);
  if (isEnough(fewest(site), now.qaEvaluated)) {
    const reason = critical ?? ruleOf(rules, passedMoved(now, before, fewest(site)), site);
    return `${alert}${passed(now, site)} on ${on}${moved(now, before, dayWords(facts.past, site), site)}${alert ? '' : reason}`;
  }
  if (isEnough(fewest(site), week.now.qaEvaluated)) {
    const reason =
      critical === undefined
        ? ruleOf(week.rules, passedMoved(week.now, week.before, fewest(site)), site)
        : `${critical} that day`;
    const days = `${week.days} ${week.days === 1 ? 'day' : 'days'}`;
    return `${alert}${passed(week.now, site)} in ${days} to ${on}${moved(week.now, week.before, 'the 7 days before', site)}${alert ? '' : reason}`;
  }
  return `${alert}${counted(now.calls, 'call', site.locale)} on ${on}${alert ? '' : (critical ?? volumeMoved(facts))}`;
}

/** "Alert: critical rule failed on 4 calls, ": the first that a subject may say. It takes the place of the reason. */
export function alertWords(alerts: readonly { subject?: string }[]): string {
  const first = alerts.find(({ subject }) => subject !== undefined)?.subject;
  return first === undefined ? '' : `Alert: ${first}, `;
}

/** Calls that a share or a change in a subject needs on each side: minimum n, and never one alone. */
export const fewest = ({ minimumN }: SiteView): number => Math.max(2, minimumN);

/** "79.3% passed"; whole per cents without a decimal. */
export function passed({ qaPassRate = 0 }: Totals, { locale }: SiteView): string {
  const percent = qaPassRate * 100;
  return `${share(qaPassRate, locale, Math.abs(percent - Math.round(percent)) < 1e-9 ? 0 : 1)} passed`;
}

/** ", down 4.2 points", in the points of the sentence that opens the mail; nothing where a side has too few calls. */
export function moved(now: Totals, before: Totals, past: string, site: SiteView): string {
  const points = passedMoved(now, before, fewest(site));
  if (points === undefined) return '';
  if (points === 0) return `, level with ${past}`;
  return `, ${points < 0 ? 'down' : 'up'} ${pointsInWords(points, site.locale)}`;
}

/** Volumes are compared as counts; one call more or less is no news. */
function volumeMoved({ now, before, past, site }: DayFacts): string {
  if (site.hasQa || Math.min(now.calls, before.calls) < 2) return '';
  const more = now.calls - before.calls;
  if (more === 0) return `, as many as on ${dayWords(past, site)}`;
  return `, ${count(Math.abs(more), site.locale)} ${more > 0 ? 'more' : 'fewer'} than on ${dayWords(past, site)}`;
}

/** ": critical rule failed on 1 call", which is told whatever minimum n is. */
export const criticalOf = ({ criticalFailed = 0 }: Totals, site: SiteView): string | undefined =>
  criticalFailed > 0 ? `: critical rule failed on ${counted(criticalFailed, 'call', site.locale)}` : undefined;

/** The rule that the mail's first sentence names too. */
export function ruleOf(rules: readonly RuleLine[], points: number | undefined, site: SiteView): string {
  const named = namedRule(rules, points, fewest(site));
  if (!named || named.as === 'few') return '';
  const name = clean(named.rule.name, NAME_LENGTH);
  if (named.as === 'weakest') return `: ${name} is weakest`;
  return named.as === 'fell'
    ? `: ${name} failed less often`
    : `: ${name} failed on ${counted(failedOf(named.rule), 'call', site.locale)}`;
}
