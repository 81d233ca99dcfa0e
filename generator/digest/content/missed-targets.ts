import { weekOf } from '#shared/calendar/calendar.ts';
import { addDays } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import { type Cell, fromMicros } from '#shared/counts/cube.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { counted, decimal, fixed, share, spanAt } from '#shared/format/format.ts';
import { isEnough, ratio } from '#shared/format/rate.ts';
import { isMet, isReached, shareTarget } from '#shared/format/target.ts';
import { ruleId } from '../../normalize/rules.ts';
import type { Report } from '../../report/report.ts';
import type { MissedTarget } from '../../tenants/alerts.ts';
import { type Alert, MOST_NAMED } from './alert.ts';
import { fewest, NAME_LENGTH } from './subject.ts';
import { clean } from './view.ts';

/** Something that has a target, and how it stood in a week. */
interface Aim {
  name: string;
  target: number;
  /** The figure, and the calls that it is of. */
  figureIn: (week: Cell) => { figure: number | undefined; of: number };
  isMet: (figure: number, target: number) => boolean;
  inWords: (figure: number) => string;
  targetInWords: string;
  /** How a subject names it; absent: by its target alone. */
  subject?: string;
  /** The calls behind it. */
  filter: CallFilter;
}

/**
 * The targets that were missed in so many calendar weeks running, the last of them over by the end of some days, each with enough calls for a share. Of
 * several rules those furthest from their targets are told one by one, the others together.
 */
export function missedAlerts({ weeks, of }: MissedTarget, report: Report, { to }: Range): Alert[] {
  const { sums, site, first } = report;
  const last = lastWeekEnd(to, site.weekStart);
  const spans = Array.from({ length: weeks }, (_, i) => ({
    from: addDays(last, -6 - 7 * (weeks - 1 - i)),
    to: addDays(last, -7 * (weeks - 1 - i)),
  }));
  const [{ from } = { from: last }] = spans;
  if (first === undefined || from < first) return [];
  const cells = spans.map((span) => sums.all(span));
  const missed = AIMS[of](report).flatMap((aim) => {
    const figures = cells.flatMap((cell) => missedIn(aim, cell, fewest(site)) ?? []);
    return figures.length === weeks ? [{ aim, figures }] : [];
  });
  const short = ({ aim, figures }: (typeof missed)[number]) => (figures.at(-1) ?? 0) / aim.target;
  missed.sort((a, b) => short(a) - short(b));

  const place = { locale: englishLocaleOf(site.locale), year: site.year };
  const running = weeks === 1 ? 'last week' : `${weeks} weeks running`;
  const inWeeks = weeks === 1 ? 'in the week' : `in ${running}`;
  const told = missed.slice(0, MOST_NAMED).map(({ aim, figures }): Alert => {
    const each = spans.map((span, i) => `${aim.inWords(figures[i] ?? 0)} in ${spanAt(span.from, span.to, place)}`);
    const whose = aim.subject === undefined ? '' : ` for ${aim.subject}`;
    return {
      text: `${aim.name} missed its target of ${aim.targetInWords} ${inWeeks}: ${each.join(', ')}`,
      subject: `target of ${aim.targetInWords}${whose} missed ${running}`,
      filter: { from, to: last, ...aim.filter },
    };
  });
  const rest = missed.slice(MOST_NAMED).map(({ aim }) => aim);
  if (rest.length === 0) return told;
  const names = rest.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = rest.length > MOST_NAMED ? ` and ${rest.length - MOST_NAMED} more` : '';
  const others = `${counted(rest.length, 'more rule', site.locale)} missed ${rest.length === 1 ? 'its target' : 'their targets'}`;
  return [
    ...told,
    {
      text: `${others} ${inWeeks}: ${names.join(', ')}${more}`,
      filter: { from, to: last, rule: rest.flatMap(({ filter }) => filter.rule ?? []) },
    },
  ];
}

/** The figure that a week missed a target with; undefined where it did not, or has too few calls to say. */
function missedIn(aim: Aim, week: Cell, least: number): number | undefined {
  const { figure, of } = aim.figureIn(week);
  return figure !== undefined && isEnough(least, of) && !aim.isMet(figure, aim.target) ? figure : undefined;
}

const AIMS: { [of in MissedTarget['of']]: (report: Report) => Aim[] } = {
  qaPassed: ({ site }) => {
    const target = site.targets?.qaPassed;
    if (target === undefined) return [];
    return [
      {
        ...shareAim('QA passed', target, site.locale),
        figureIn: ({ counts }) => ({ figure: ratio(counts.qaPassed, counts.qaEvaluated), of: counts.qaEvaluated }),
        filter: { qa: ['failed'] },
      },
    ];
  },
  averageScore: ({ site }) => {
    const target = site.targets?.averageScore;
    if (target === undefined) return [];
    return [
      {
        ...{ name: 'Average score', target, subject: 'average score', isMet: isReached },
        figureIn: ({ counts }) => ({
          figure: ratio(fromMicros(counts.scoreMicros), counts.qaScored),
          of: counts.qaScored,
        }),
        inWords: (figure) => fixed(figure, site.locale),
        targetInWords: decimal(target, site.locale),
        filter: { with: ['score'] },
      },
    ];
  },
  rules: ({ config, site, rules }) =>
    Object.entries(config.targets?.rules ?? {}).flatMap(([written, target]) => {
      const id = ruleId(written);
      if (!Object.hasOwn(rules, id)) return [];
      const name = clean(rules[id]?.name ?? written, NAME_LENGTH);
      return [
        {
          ...shareAim(name, target, site.locale),
          subject: name,
          figureIn: (week) => {
            const { evaluated = 0, passed = 0 } = week.rules[id] ?? {};
            return { figure: ratio(passed, evaluated), of: evaluated };
          },
          filter: { rule: [id] },
        },
      ];
    }),
};

const shareAim = (name: string, target: number, locale: string) => ({
  ...{ name, target, isMet, targetInWords: shareTarget(target, locale) },
  inWords: (figure: number) => share(figure, locale),
});

/** The last day of the last calendar week that is over on a day. */
function lastWeekEnd(day: string, weekStart = 1): string {
  const [first, last] = weekOf(day, weekStart);
  return last === day ? day : addDays(first, -1);
}
