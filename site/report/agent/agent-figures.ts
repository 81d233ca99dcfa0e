import { KEY_FIGURES, type KeyFigure } from '#shared/figures/key-figures.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { type Change, countDifference } from '#shared/format/change.ts';
import { count } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import type { AgentPage, Totals } from '#shared/view.ts';

/** Key figures of one person. */
const SHOWN: readonly KeyFigure[] = [
  KEY_FIGURES.calls,
  KEY_FIGURES.averageCall,
  KEY_FIGURES.averageSentiment,
  KEY_FIGURES.qaPassed,
];

/**
 * What `Figure` shows of an agent's period, beside the period before and the team; undefined for what the data lacks.
 * @param now the agent's calls of the period
 * @param teamName how the team is called
 */
export function agentFigures(view: AgentPage, now: CallFilter, teamName: string) {
  const { totals, before, team, weeks, site } = view;
  // A shorter one is no fall of the calls.
  const wholeWeeks = weeks.filter((week) => week.days === 7);
  return SHOWN.map((figure) => {
    if (figure.value(totals) === undefined) return undefined;
    return {
      name: figure.name,
      kind: figure.kind?.(totals, site),
      to: { ...now, ...figure.filter },
      value: figure.inWords(totals, site),
      locale: site.locale,
      n: nOf(figure, totals, view),
      change: changeOf(figure, view),
      line: lineOf(figure, before, view),
      second: team && teamInWords(figure, team, teamName, view),
      spark: wholeWeeks.map(({ own }) => figure.value(own)),
    };
  });
}

/** Shares and sentiment say how many calls they are of. */
const nOf = (figure: KeyFigure, totals: Totals, { site }: AgentPage): number | undefined =>
  figure.fromMinimumN && figure.n?.(totals, site);

const isComparable = (figure: KeyFigure, { totals, before, site }: AgentPage): boolean =>
  !figure.fromMinimumN || isEnough(site.minimumN, figure.covers?.(totals), figure.covers?.(before));

/** A person has few calls, so theirs are compared as numbers, not in per cent. */
function changeOf(figure: KeyFigure, view: AgentPage): Change | undefined {
  const { totals, before, window, site } = view;
  if (figure === KEY_FIGURES.calls)
    return window?.before ? countDifference(totals.calls, before.calls, site.locale, window) : undefined;
  const [now, past] = [figure.value(totals), figure.value(before)];
  if (now === undefined || past === undefined || !isComparable(figure, view)) return undefined;
  return figure.change(now, past, site.locale, undefined);
}

/** Why a share of the period before, which is there, is not compared. */
function lineOf(figure: KeyFigure, before: Totals, view: AgentPage): string | undefined {
  if (figure !== KEY_FIGURES.qaPassed || figure.value(before) === undefined || isComparable(figure, view))
    return undefined;
  return `before n = ${before.qaEvaluated}: too few to compare`;
}

function teamInWords(figure: KeyFigure, team: Totals, teamName: string, view: AgentPage): string | undefined {
  if (figure === KEY_FIGURES.calls || figure.value(team) === undefined) return undefined;
  const n = nOf(figure, team, view);
  return `${teamName} ${figure.inWords(team, view.site)}${n === undefined ? '' : ` · n ${count(n, view.site.locale)}`}`;
}
