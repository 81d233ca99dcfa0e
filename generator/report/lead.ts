import type { CallFilter } from '../../site/lib/call-filter.ts';
import { count, day, share } from '../../site/lib/format.ts';
import { failedOf } from '../../site/lib/rate.ts';
import type { Phrase, RuleLine, SiteView, Totals, Window } from './view.ts';

/** Where a number of the sentence leads, given the calls that it counts; a mail about part of the calls has no such doors. */
export type Doors = (filter: CallFilter) => string;

/** A change below this many points is "level": one call more or less moves a day's rate by as much. */
const NOTABLE_POINTS = 1;

/**
 * What happened on one day against the same weekday a week before: the sentence that opens the overview and the digest.
 * @param rules of that day, worst first, each with the day it is compared with in `before`
 */
export function dayLead(
  site: SiteView,
  date: string,
  now: Totals,
  before: Totals,
  rules: readonly RuleLine[],
  doors?: Doors,
): Phrase {
  const span = { from: date, to: date };
  const on = day(date, site.locale);
  if (now.calls === 0) return [`No calls on ${on}.`];
  const weekday = weekdayOf(date, site.locale);
  if (!now.qaEvaluated || now.qaPassed === undefined) {
    const none = !site.hasQa ? '' : now.calls === 1 ? ', not evaluated' : ', none of them evaluated';
    const moved = before.calls === 0 ? '' : `, ${movement(now.calls, before.calls, site)} the ${weekday} before`;
    return [
      `On ${on} there ${now.calls === 1 ? 'was' : 'were'} `,
      strong(calls(now.calls, site), doors?.(span)),
      `${none || moved}.`,
    ];
  }
  return [
    `On ${on} `,
    ...passedOf(now.qaPassed, now.qaEvaluated, site, span, doors),
    ' evaluated calls passed (',
    strong(share(now.qaPassRate ?? 0, site.locale, 0)),
    `)${against(site, now, before, `the ${weekday} before`)}.`,
    ...worstRule(site, rules, `the ${weekday} before`, span, doors),
  ];
}

/** What a longer period says: the sentence of the QA page. */
export function periodLead(
  site: SiteView,
  window: Window,
  now: Totals,
  before: Totals,
  rules: readonly RuleLine[],
  doors?: Doors,
): Phrase {
  if (!now.qaEvaluated || now.qaPassed === undefined) return [];
  const span = { from: window.from, to: window.to };
  const past = `the ${window.days} days before`;
  return [
    ...passedOf(now.qaPassed, now.qaEvaluated, site, span, doors),
    ' evaluated calls passed (',
    strong(share(now.qaPassRate ?? 0, site.locale)),
    `)${against(site, now, before, past)}.`,
    ...worstRule(site, rules, past, span, doors),
  ];
}

/** What an agent's period says, against the own past and the team. */
export function agentLead(
  site: SiteView,
  window: Window,
  now: Totals,
  before: Totals,
  team: { name: string; totals: Totals } | undefined,
  rules: readonly RuleLine[],
): Phrase {
  if (now.calls === 0) return [`No calls in the ${window.days} days to ${day(window.to, site.locale)}.`];
  if (!now.qaEvaluated) return [strong(calls(now.calls, site)), site.hasQa ? ', none of them evaluated.' : '.'];
  const few = now.qaEvaluated < site.minimumN;
  const teamRate = team?.totals.qaPassRate;
  const weakest = rules.find((rule) => rule.passed < rule.evaluated && rule.evaluated >= site.minimumN);
  return [
    'Passes ',
    strong(share(now.qaPassRate ?? 0, site.locale, 0)),
    ` of ${count(now.qaEvaluated, site.locale)} evaluated calls`,
    few
      ? ': too few to compare.'
      : `${against(site, now, before, `the ${window.days} days before`)}${teamRate === undefined ? '.' : `, while the ${team?.name} team stands at ${share(teamRate, site.locale, 0)}.`}`,
    ...(weakest && !few
      ? [
          ' The weakest rule is ',
          strong(weakest.name),
          `, passed on ${share(weakest.passed / weakest.evaluated, site.locale, 0)} of ${count(weakest.evaluated, site.locale)}.`,
        ]
      : []),
  ];
}

const movement = (now: number, before: number, site: SiteView): string =>
  now === before ? 'as many as' : `${now > before ? 'up' : 'down'} from ${count(before, site.locale)}`;
const strong = (text: string, href?: string) => ({ text, strong: true, ...(href !== undefined && { href }) }) as const;
const calls = (n: number, site: SiteView): string => `${count(n, site.locale)} ${n === 1 ? 'call' : 'calls'}`;

/** "70 of 89". */
function passedOf(passed: number, evaluated: number, { locale }: SiteView, span: CallFilter, doors?: Doors): Phrase {
  if (!doors) return [strong(`${count(passed, locale)} of ${count(evaluated, locale)}`)];
  const opened = passed > 0 ? doors({ ...span, qa: ['passed'] }) : undefined;
  return [
    strong(count(passed, locale), opened),
    strong(' of '),
    strong(count(evaluated, locale), doors({ ...span, qa: ['passed', 'failed'] })),
  ];
}

/** ", 4 points below the Tuesday before", or nothing where there is nothing to compare with, or too little. */
function against(site: SiteView, now: Totals, before: Totals, what: string): string {
  const enough = ({ qaEvaluated = 0 }: Totals) => qaEvaluated >= site.minimumN;
  if (!enough(now) || !enough(before)) return '';
  if (now.qaPassRate === undefined || before.qaPassRate === undefined) return '';
  const points = Math.round((now.qaPassRate - before.qaPassRate) * 100);
  if (Math.abs(points) < NOTABLE_POINTS) return `, level with ${what}`;
  return `, ${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'} ${points < 0 ? 'below' : 'above'} ${what}`;
}

/** The rule that failed most calls, and whether that is more than before. */
function worstRule(site: SiteView, rules: readonly RuleLine[], past: string, span: CallFilter, doors?: Doors): Phrase {
  const [worst] = [...rules].sort((a, b) => failedOf(b) - failedOf(a));
  if (!worst || failedOf(worst) === 0) return [' No rule failed on any of them.'];
  const was = failedOf(worst.before);
  const moved =
    worst.before.evaluated === 0
      ? ''
      : was === failedOf(worst)
        ? `, as many as ${past}`
        : `, ${was < failedOf(worst) ? 'up' : 'down'} from ${count(was, site.locale)}`;
  return [
    ' ',
    strong(worst.name),
    ' failed on ',
    strong(count(failedOf(worst), site.locale), doors?.({ ...span, rule: [worst.id] })),
    `${moved}.`,
  ];
}

const weekdayOf = (date: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
