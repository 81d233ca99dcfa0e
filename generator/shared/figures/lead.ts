import { monthOf } from '../calendar/calendar.ts';
import { addDays } from '../calendar/days.ts';
import type { CallFilter } from '../filter/filter.ts';
import { pointsInWords } from '../format/change.ts';
import { englishLocaleOf, monthName } from '../format/english.ts';
import { count, dayAt, share, spanAt } from '../format/format.ts';
import { isEnough } from '../format/rate.ts';
import { targetSentence } from '../format/target.ts';
import type { Phrase, RuleLine, SiteView, Totals, Window } from '../view.ts';
import type { FigureLinks, Named } from './lead-parts.ts';
import { ruleSentence } from './lead-rule.ts';
import { passedMoved } from './named-rule.ts';

/**
 * What happened on one day against the same weekday a week before: the sentence that opens the overview and the digest. The mail calls it with the
 * totals of the digest's day and of the day seven days before, in the recipient's scope, and `ruleLines` of the same two.
 * @param before of the day seven days before `date`; without calls nothing is compared
 * @param rules of that day, each with the day it is compared with in `before`
 */
export function dayLead(
  site: SiteView,
  date: string,
  now: Totals,
  before: Totals,
  rules: readonly RuleLine[],
  links?: FigureLinks,
): Phrase {
  const own = { from: date, to: date };
  const past = addDays(date, -7);
  const compared = { from: past, to: past, words: dayAt(past, sentencePlace(site)) };
  const on = dayAt(date, sentencePlace(site));
  if (now.calls === 0) return [`No calls on ${on}.`];
  if (!now.qaEvaluated || now.qaPassed === undefined) {
    const none = !site.hasQa ? '' : now.calls === 1 ? ', not evaluated' : ', none of them evaluated';
    return [
      `On ${on} there ${now.calls === 1 ? 'was' : 'were'} `,
      strong(calls(now.calls, site), links?.(own)),
      none,
      ...(before.calls > 0 ? volume(now.calls, before.calls, site, compared, links) : []),
      '.',
    ];
  }
  return [
    `On ${on}, `,
    ...passedOf(now, site, own, links),
    ...against(site, now, before, compared, links),
    `.${targetSentence(now, site)}`,
    ...ruleSentence(site, rules, passedMoved(now, before, site.minimumN), own, compared, links),
  ];
}

/**
 * What a longer period says: the sentence of the QA page, and of a weekly or monthly digest.
 * @param before without calls where the window is compared with nothing
 * @param when the period, where the page does not say it: "In the week 23 – 29 Mar, "
 */
export function periodLead(
  site: SiteView,
  window: Window,
  now: Totals,
  before: Totals,
  rules: readonly RuleLine[],
  links?: FigureLinks,
  when?: string,
): Phrase {
  if (!now.qaEvaluated || now.qaPassed === undefined) return [];
  const own = { from: window.from, to: window.to };
  return [
    ...periodPassed(site, window, now, before, links, when),
    ...ruleSentence(site, rules, passedMoved(now, before, site.minimumN), own, comparedWith(window, site), links),
  ];
}

/** What a period says that somebody has chosen, on the overview: also where nothing was evaluated, or nobody called. */
export function chosenLead(
  site: SiteView,
  window: Window,
  now: Totals,
  before: Totals,
  rules: readonly RuleLine[],
  links?: FigureLinks,
): Phrase {
  if (now.calls === 0) return [`No calls ${daysTo(window, site)}.`];
  const compared = window.perDay || before.calls === 0 ? undefined : comparedWith(window, site);
  if (now.qaEvaluated) return periodLead(site, window, now, before, rules, links);
  const none = !site.hasQa ? '' : now.calls === 1 ? ', not evaluated' : ', none of them evaluated';
  return [
    capital(daysTo(window, site)),
    ` there ${now.calls === 1 ? 'was' : 'were'} `,
    strong(calls(now.calls, site), links?.({ from: window.from, to: window.to })),
    none,
    ...(compared ? volume(now.calls, before.calls, site, compared, links, 'in') : []),
    '.',
  ];
}

/** "1,743 of 2,053 evaluated calls passed (84.9%), 4.3 points below the 28 days before, 15 Oct – 11 Nov." Ask for it only where some were evaluated. */
export function periodPassed(
  site: SiteView,
  window: Window,
  now: Totals,
  before: Totals,
  links?: FigureLinks,
  when?: string,
): Phrase {
  const [first, ...rest] = passedOf(now, site, { from: window.from, to: window.to }, links);
  return [
    ...(when === undefined ? [] : [when]),
    typeof first === 'string' && when === undefined ? first.replace(/^t/, 'T') : (first as Phrase[number]),
    ...rest,
    ...against(site, now, before, comparedWith(window, site), links),
    `.${targetSentence(now, site)}`,
  ];
}

/**
 * What an agent's period says, against the own past and the team.
 * @param team with where the calls that its share is of are listed
 */
export function agentLead(
  site: SiteView,
  window: Window,
  now: Totals,
  before: Totals,
  team: { name: string; totals: Totals; href: FigureLinks } | undefined,
  rules: readonly RuleLine[],
  links?: FigureLinks,
): Phrase {
  const own = { from: window.from, to: window.to };
  if (now.calls === 0) return [`No calls ${daysTo(window, site)}.`];
  if (!now.qaEvaluated || now.qaPassed === undefined)
    return [strong(calls(now.calls, site), links?.(own)), site.hasQa ? ', none of them evaluated.' : '.'];
  const compared = comparedWith(window, site);
  const moved = passedMoved(now, before, site.minimumN);
  const others = team?.totals.qaPassRate;
  return [
    'Passed ',
    ...ofEvaluated(now.qaPassed, now.qaEvaluated, site, own, links),
    ` evaluated ${now.qaEvaluated === 1 ? 'call' : 'calls'}`,
    ...(isEnough(site.minimumN, now.qaEvaluated)
      ? [' (', strong(share(now.qaPassRate ?? 0, site.locale)), ')', ...against(site, now, before, compared, links)]
      : [', too few to compare']),
    ...(team && others !== undefined && isEnough(site.minimumN, now.qaEvaluated, team.totals.qaEvaluated)
      ? [
          `; the ${team.name} team stands at `,
          strong(share(others, site.locale), team.href({ ...own, qa: ['passed', 'failed'] })),
        ]
      : []),
    `.${targetSentence(now, site)}`,
    ...ruleSentence(site, rules, moved, own, compared, links),
  ];
}

/** The period that a window is compared with, named by its length and its days. */
export function comparedWith({ days, before, perDay, from }: Window, site: SiteView): Named | undefined {
  if (!before) return undefined;
  const place = { ...sentencePlace(site), year: from.slice(0, 4) };
  const isMonth = perDay && before.from.endsWith('-01');
  const weeks = Math.ceil(days / 7);
  const words = isMonth
    ? monthName(monthOf(before.from), site.locale)
    : perDay
      ? 'the week before'
      : days === 1
        ? 'a week before'
        : days % 7 === 0
          ? `the ${days} days before`
          : `the same weekdays ${weeks === 1 ? 'a week' : `${weeks} weeks`} before`;
  const dates = days === 1 ? dayAt(before.from, place) : spanAt(before.from, before.to, place);
  return { ...before, words: isMonth ? words : `${words}, ${dates}` };
}

/** "on Wed 25 Nov", "in the 7 days to Wed 25 Nov". */
const daysTo = ({ days, to }: Window, site: SiteView): string =>
  `${days === 1 ? 'on' : `in the ${days} days to`} ${dayAt(to, sentencePlace(site))}`;

const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());

/** Dates of a sentence are English, whatever the tenant's locale is. */
const sentencePlace = ({ locale, year }: SiteView) => ({ locale: englishLocaleOf(locale), year });

const strong = (text: string, href?: string) => ({ text, strong: true, ...(href !== undefined && { href }) }) as const;
const calls = (n: number, site: SiteView): string => `${count(n, site.locale)} ${n === 1 ? 'call' : 'calls'}`;

/** ", up from 12 on Tue 2 Dec": a volume, so its counts are compared. */
function volume(
  now: number,
  before: number,
  { locale }: SiteView,
  past: Named,
  links?: FigureLinks,
  at: 'on' | 'in' = 'on',
): Phrase {
  if (now === before) return [`, as many as ${at} ${past.words}`];
  const was = count(before, locale);
  const href = links?.({ from: past.from, to: past.to });
  return [
    `, ${now > before ? 'up' : 'down'} from `,
    href === undefined ? was : { text: was, href },
    ` ${at} ${past.words}`,
  ];
}

/** "70 of 89 evaluated calls passed (78.7%)"; below minimum n without the share; "the one evaluated call passed". */
function passedOf(
  { qaPassed = 0, qaEvaluated = 0, qaPassRate }: Totals,
  site: SiteView,
  own: CallFilter,
  links?: FigureLinks,
): Phrase {
  if (qaEvaluated === 1) {
    const href = links?.({ ...own, qa: ['passed', 'failed'] });
    return ['the ', strong('one evaluated call', href), qaPassed === 1 ? ' passed' : ' did not pass'];
  }
  return [
    ...ofEvaluated(qaPassed, qaEvaluated, site, own, links),
    ' evaluated calls passed',
    ...(isEnough(site.minimumN, qaEvaluated) ? [' (', strong(share(qaPassRate ?? 0, site.locale)), ')'] : []),
  ];
}

/** "70 of 89". */
function ofEvaluated(
  passed: number,
  evaluated: number,
  { locale }: SiteView,
  own: CallFilter,
  links?: FigureLinks,
): Phrase {
  if (!links) return [strong(`${count(passed, locale)} of ${count(evaluated, locale)}`)];
  return [
    strong(count(passed, locale), passed > 0 ? links({ ...own, qa: ['passed'] }) : undefined),
    strong(' of '),
    strong(count(evaluated, locale), links({ ...own, qa: ['passed', 'failed'] })),
  ];
}

/** ", 4.2 points below Tue 2 Dec", or nothing where there is nothing to compare with, or too little. */
function against(site: SiteView, now: Totals, before: Totals, past: Named | undefined, links?: FigureLinks): Phrase {
  const points = passedMoved(now, before, site.minimumN);
  if (points === undefined || !past) return [];
  const href = links?.({ from: past.from, to: past.to, qa: ['passed', 'failed'] });
  const what = href === undefined ? past.words : { text: past.words, href };
  if (points === 0) return [', level with ', what];
  return [', ', strong(pointsInWords(points, site.locale)), points < 0 ? ' below ' : ' above ', what];
}
