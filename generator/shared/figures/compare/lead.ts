import { type CallFilter, callsHref } from '#shared/filter/filter.ts';
import { NOTABLE_POINTS, pointsBetween, pointsInWords } from '#shared/format/change.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { count, share, spanAt } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import type { Phrase, SiteView } from '#shared/view.ts';
import { callsOf } from '../dataset.ts';
import { ruleSentence } from '../lead-rule.ts';
import { failedShare, passedMoved } from '../named-rule.ts';
import type { Compared, ComparedRule, Comparison } from './compared.ts';
import { farthestOn } from './farthest.ts';

/** The sentence that opens a comparison: what passed in each column, and the rule on which they differ most. */
export function compareLead(
  of: Comparison['of'],
  site: SiteView,
  columns: readonly Compared[],
  rules: readonly ComparedRule[],
): Phrase {
  if (columns.every(({ totals }) => totals.calls === 0))
    return [`No calls ${of === 'agents' ? 'of these agents in this period' : 'of this agent in either period'}.`];
  const [first, second] = columns;
  if (of === 'periods' && first && second) return periodsLead(site, first, second);
  return [...each(site, columns), ...(site.hasQa ? between(site, columns, rules) : [])];
}

/** The calls of a column, or some of them. */
const within = ({ agent, period }: Compared, filter: CallFilter = {}): string =>
  callsHref({ ...period, ...callsOf(agent), ...filter });

const name = (text: string) => ({ text, strong: true as const });

/** "Ann passed 84.0% of 50 evaluated calls, Bob 71.4% of 42, Cid 1 of 2." */
function each(site: SiteView, columns: readonly Compared[]): Phrase {
  return [
    ...columns.flatMap((column, at): Phrase => {
      const isFirst = at === 0;
      return [...(isFirst ? [] : [', ']), name(column.name), ...didOf(site, column, isFirst)];
    }),
    '.',
  ];
}

function didOf(site: SiteView, column: Compared, isFirst: boolean): Phrase {
  const { totals } = column;
  if (totals.calls === 0) return [isFirst ? ' had no call' : ' no call'];
  if (!site.hasQa)
    return [isFirst ? ' had ' : ' ', calls(column, site), isFirst ? ` ${totals.calls === 1 ? 'call' : 'calls'}` : ''];
  if (!totals.qaEvaluated) return [isFirst ? ' had no evaluated call' : ' no evaluated call'];
  return [isFirst ? ' passed ' : ' ', ...passedOf(site, column, isFirst ? 'evaluated ' : undefined)];
}

const calls = (column: Compared, { locale }: SiteView) => ({
  text: count(column.totals.calls, locale),
  href: within(column),
});

/** "84.0% of 50 evaluated calls", "3 of 4"; the word for the calls only where it is asked for. */
function passedOf(site: SiteView, column: Compared, kind?: string): Phrase {
  const { qaEvaluated = 0, qaPassed = 0, qaPassRate = 0 } = column.totals;
  const evaluated = { qa: ['passed' as const, 'failed' as const] };
  const enough = isEnough(site.minimumN, qaEvaluated);
  return [
    enough
      ? { text: share(qaPassRate, site.locale), strong: true as const, href: within(column, evaluated) }
      : count(qaPassed, site.locale),
    ' of ',
    { text: count(qaEvaluated, site.locale), href: within(column, evaluated) },
    ...(kind === undefined ? [] : [` ${kind}${qaEvaluated === 1 ? 'call' : 'calls'}`]),
  ];
}

/** " They differ most on Greets the caller: Bob failed it on 40.0% of calls, Ann on 12.5%." */
function between(site: SiteView, columns: readonly Compared[], rules: readonly ComparedRule[]): Phrase {
  const apart = rules.flatMap((rule) => {
    const ends = farthestOn(rule, site.minimumN);
    if (!ends) return [];
    const [most, least] = [rule.checks[ends.high], rule.checks[ends.low]];
    if (!most || !least) return [];
    return [{ rule, ends, points: pointsBetween(failedShare(most), failedShare(least)) }];
  });
  if (apart.length === 0) return [' No rule was checked often enough to compare them.'];
  const [most] = apart.sort((a, b) => b.points - a.points);
  if (!most || most.points < NOTABLE_POINTS) return [` No rule sets them ${NOTABLE_POINTS} points apart.`];
  const side = (at: number): Phrase => {
    const [column, checks] = [columns[at], most.rule.checks[at]];
    if (!column || !checks) return [];
    const failed = failedShare(checks);
    const on = { rule: [most.rule.id], result: 'evaluated' as const };
    return [name(column.name), ...failedOn(share(failed, site.locale), failed, within(column, on))];
  };
  return [
    ' They differ most on ',
    name(most.rule.name),
    ': ',
    ...side(most.ends.high),
    '; ',
    ...side(most.ends.low),
    '.',
  ];
}

/** " failed it on 40.0%", " failed it on none". */
const failedOn = (text: string, failed: number, href: string): Phrase => [
  ' failed it on ',
  { text: failed === 0 ? 'none' : text, href },
];

/** "Passed 84.0% of 50 evaluated calls, 12.6 points above 4 – 31 Oct (71.4% of 42)." with the rule behind it. */
function periodsLead(site: SiteView, now: Compared, past: Compared): Phrase {
  const { from, to } = past.period;
  const words = spanAt(from, to, { ...site, locale: englishLocaleOf(site.locale) });
  const then = ` ${from === to ? 'on' : 'in'} ${words}`;
  if (!site.hasQa)
    return [calls(now, site), now.totals.calls === 1 ? ' call, ' : ' calls, ', calls(past, site), `${then}.`];
  if (!now.totals.qaEvaluated) return ['No evaluated call, ', ...pastOf(site, past), `${then}.`];
  const moved = passedMoved(now.totals, past.totals, site.minimumN);
  const compared =
    moved === undefined
      ? ['; ', ...pastOf(site, past), `${then}, too few to compare`]
      : [
          ', ',
          moved === 0 ? 'level with ' : name(pointsInWords(moved, site.locale)),
          ...(moved === 0 ? [] : [moved < 0 ? ' below ' : ' above ']),
          `${words} (`,
          ...passedOf(site, past),
          ')',
        ];
  const rules = now.rules.map((rule) => {
    const before = past.rules.find(({ id }) => id === rule.id);
    return { ...rule, before: { evaluated: before?.evaluated ?? 0, passed: before?.passed ?? 0 } };
  });
  return [
    'Passed ',
    ...passedOf(site, now, 'evaluated '),
    ...compared,
    '.',
    ...ruleSentence(site, rules, moved, { ...now.period }, { ...past.period, words }, (filter) =>
      callsHref({ ...callsOf(now.agent), ...filter }),
    ),
  ];
}

const pastOf = (site: SiteView, past: Compared): Phrase =>
  past.totals.qaEvaluated ? passedOf(site, past) : ['no evaluated call'];
