import { count, day, share } from '../../site/lib/format.ts';
import { failedOf } from '../../site/lib/rate.ts';
import type { RuleLine, SiteView, Totals } from '../report/view.ts';
import { failingRules } from './rules.ts';
import { clean } from './view.ts';

/** Characters of a rule's name in a subject. */
const NAME_LENGTH = 60;

/**
 * The subject: the number first, then the day and the change, then the reason.
 * @param past the day that is compared with
 * @param scope whose calls; null: everybody's
 */
export function subjectOf(
  site: SiteView,
  date: string,
  past: string,
  now: Totals,
  before: Totals,
  rules: readonly RuleLine[],
  scope: string | null,
): string {
  const on = `on ${day(date, site.locale)}${scope === null ? '' : ` (${clean(scope, NAME_LENGTH)})`}`;
  if (now.calls === 0) return `No calls ${on}`;
  if (now.qaPassRate === undefined) return `${calls(now.calls, site)} ${on}${volumeMoved(now, before, past, site)}`;
  const enough = (now.qaEvaluated ?? 0) >= site.minimumN && (before.qaEvaluated ?? 0) >= site.minimumN;
  const moved =
    enough && before.qaPassRate !== undefined ? pointsMoved(now.qaPassRate, before.qaPassRate, past, site) : '';
  return `${share(now.qaPassRate, site.locale, 0)} passed ${on}${moved}${because(now, rules, site)}`;
}

/** The subject where the day's data has not come: no number, because none is known. */
export const lateSubject = ({ locale }: SiteView, date: string, scope: string | null): string =>
  `Data of ${day(date, locale)} is late${scope === null ? '' : ` (${clean(scope, NAME_LENGTH)})`}`;

const calls = (n: number, { locale }: SiteView): string => `${count(n, locale)} ${n === 1 ? 'call' : 'calls'}`;

/** Whole points, rounded as the sentence that opens the mail rounds them. */
function pointsMoved(now: number, before: number, past: string, { locale }: SiteView): string {
  const points = Math.round((now - before) * 100);
  if (points === 0) return `, level with ${day(past, locale)}`;
  return `, ${points < 0 ? 'down' : 'up'} ${count(Math.abs(points), locale)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
}

function volumeMoved(now: Totals, before: Totals, past: string, { locale }: SiteView): string {
  if (before.calls === 0) return '';
  const more = now.calls - before.calls;
  if (more === 0) return `, as many as on ${day(past, locale)}`;
  return `, ${count(Math.abs(more), locale)} ${more > 0 ? 'more' : 'fewer'} than on ${day(past, locale)}`;
}

function because({ criticalFailed = 0 }: Totals, rules: readonly RuleLine[], site: SiteView): string {
  if (criticalFailed > 0) return `: critical rule failed on ${calls(criticalFailed, site)}`;
  const [worst] = failingRules(rules);
  return worst ? `: ${clean(worst.name, NAME_LENGTH)} failed on ${calls(failedOf(worst), site)}` : '';
}
