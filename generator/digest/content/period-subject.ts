import { passedMoved } from '#shared/figures/named-rule.ts';
import { counted } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import { PERIODS } from '../schedule/issue.ts';
import type { PeriodFacts } from './period-facts.ts';
import { alertWords, criticalOf, fewest, moved, NAME_LENGTH, passed, ruleOf } from './subject.ts';
import { clean } from './view.ts';

/** The subject of a weekly or monthly digest: as a day's, but a period with too few calls for a share only counts them. */
export function periodSubject(
  { kind, site, when, now, before, rules, scope, quiet, late, silence }: PeriodFacts,
  alerts: readonly { subject?: string }[] = [],
): string {
  const alert = alertWords(alerts);
  const of = `${when}${scope === null ? '' : ` (${clean(scope, NAME_LENGTH)})`}`;
  const since = silence ? `, none since ${silence.day}` : '';
  if (quiet && late) return `Data of ${of} is late${since}`;
  if (quiet) return `No calls in ${of}${since}`;
  const critical = criticalOf(now, site);
  if (!isEnough(fewest(site), now.qaEvaluated))
    return `${alert}${counted(now.calls, 'call', site.locale)} in ${of}${alert ? '' : (critical ?? '')}`;
  const reason = critical ?? ruleOf(rules, passedMoved(now, before, fewest(site)), site);
  return `${alert}${passed(now, site)} in ${of}${moved(now, before, `the ${PERIODS[kind]} before`, site)}${alert ? '' : reason}`;
}
