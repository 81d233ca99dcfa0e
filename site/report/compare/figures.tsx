import type { ReactNode } from 'react';
import { lengthOf } from '#shared/calendar/range.ts';
import type { Compared, Comparison, Covered } from '#shared/figures/compare/compared.ts';
import { KEY_FIGURES } from '#shared/figures/key-figures.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { type Change, countDifference, scoreChange } from '#shared/format/change.ts';
import { count, fixed } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import type { Totals } from '#shared/view.ts';
import FigureLink from '../components/ui/FigureLink.tsx';
import { callsIn } from './heads.ts';

/** One figure of every column. */
export interface ComparedFigure {
  name: string;
  cell: (column: Compared) => ReactNode;
  covered: (column: Compared) => Covered;
  change: (now: Compared, before: Compared) => Change;
  /** What the agent with the highest is to the one with the lowest; absent: which one that is says nothing. */
  rise?: string;
  /** A share, whose highest is best. */
  isShare: boolean;
}

/** The figures that the compared calls support. */
export function figuresOf({ site, columns }: Comparison): ComparedFigure[] {
  const { locale, minimumN } = site;
  const evaluated = { qa: ['passed' as const, 'failed' as const] };
  const { averageCall, averageSentiment, qaPassed } = KEY_FIGURES;
  const link = (figure: string, column: Compared, to: CallFilter, text: ReactNode) => (
    <FigureLink figure={figure} to={{ ...callsIn(column), ...to }}>
      {text}
    </FigureLink>
  );
  /** A mean with the number of calls that it is of. */
  const mean = (figure: string, column: Compared, to: CallFilter, text: string, n = 0) => (
    <>
      <b>{link(figure, column, to, text)}</b>{' '}
      <span className="quiet nowrap">n {link('n', column, to, count(n, locale))}</span>
    </>
  );
  const by =
    (value: (of: Totals) => number | undefined, n: (of: Totals) => number | undefined) =>
    ({ totals }: Compared): Covered => ({ value: value(totals), n: n(totals) });
  const between =
    (value: (of: Totals) => number | undefined, change: (now: number, before: number, locale: string) => Change) =>
    (now: Compared, before: Compared) =>
      change(value(now.totals) ?? 0, value(before.totals) ?? 0, locale);
  const has = (value: (of: Totals) => number | undefined) => columns.some(({ totals }) => value(totals) !== undefined);
  const figures: (ComparedFigure | false)[] = [
    {
      name: 'Calls',
      cell: (column) =>
        column.totals.calls > 0 ? <b>{link('calls', column, {}, count(column.totals.calls, locale))}</b> : <b>0</b>,
      // Counts are compared whatever they are.
      covered: ({ totals }) => ({ value: totals.calls, n: Number.POSITIVE_INFINITY }),
      change(now, before) {
        const days = [lengthOf(now.period), lengthOf(before.period)] as const;
        const spans = { days: days[0], before: before.period, ...(days[0] !== days[1] && { perDay: true as const }) };
        return countDifference(now.totals.calls, before.totals.calls, locale, spans);
      },
      isShare: false,
    },
    has(averageCall.value) && {
      name: averageCall.name,
      cell: (column) =>
        column.totals.averageDurationSeconds !== undefined &&
        mean(
          'average length',
          column,
          { with: ['duration'] },
          averageCall.inWords(column.totals),
          column.totals.durationCalls,
        ),
      covered: by(averageCall.value, averageCall.covers),
      change: between(averageCall.value, averageCall.change),
      rise: averageCall.words[0],
      isShare: false,
    },
    has(averageSentiment.value) && {
      name: averageSentiment.name,
      cell: (column) =>
        column.totals.averageSentiment !== undefined &&
        mean(
          'average sentiment',
          column,
          { with: ['sentiment'] },
          averageSentiment.inWords(column.totals, site),
          column.totals.sentimentAnalysed,
        ),
      covered: by(averageSentiment.value, averageSentiment.covers),
      change: between(averageSentiment.value, averageSentiment.change),
      rise: averageSentiment.words[0],
      isShare: false,
    },
    has(qaPassed.value) && {
      name: qaPassed.name,
      cell: (column) => {
        const { qaEvaluated = 0, qaPassed: passed = 0 } = column.totals;
        if (qaEvaluated === 0) return false;
        if (!isEnough(minimumN, qaEvaluated))
          return <b>{link('QA passed, of few', column, evaluated, qaPassed.inWords(column.totals, site))}</b>;
        return (
          <>
            <b>{link('QA passed', column, evaluated, qaPassed.inWords(column.totals, site))}</b>{' '}
            <span className="quiet nowrap">
              {passed > 0 ? link('passed', column, { qa: ['passed'] }, count(passed, locale)) : 0} of{' '}
              {link('evaluated', column, evaluated, count(qaEvaluated, locale))}
            </span>
          </>
        );
      },
      covered: by(qaPassed.value, qaPassed.covers),
      change: between(qaPassed.value, qaPassed.change),
      rise: qaPassed.words[0],
      isShare: true,
    },
    has((of) => of.qaAverageScore) && {
      name: 'Average score',
      cell: ({ ...column }) =>
        column.totals.qaAverageScore !== undefined &&
        mean(
          'average score',
          column,
          { ...evaluated, with: ['score'] },
          fixed(column.totals.qaAverageScore, locale),
          column.totals.qaScored ?? column.totals.qaEvaluated,
        ),
      covered: by(
        (of) => of.qaAverageScore,
        (of) => of.qaScored ?? of.qaEvaluated,
      ),
      change: between((of) => of.qaAverageScore, scoreChange),
      rise: 'higher',
      isShare: false,
    },
    columns.some(({ totals }) => (totals.criticalFailed ?? 0) > 0) && {
      name: 'Critical failed',
      cell: (column) => {
        const failed = column.totals.criticalFailed ?? 0;
        return <b>{failed > 0 ? link('critical failed', column, { critical: true }, count(failed, locale)) : 0}</b>;
      },
      covered: ({ totals }) => ({ value: totals.criticalFailed ?? 0, n: Number.POSITIVE_INFINITY }),
      change: (now, before) =>
        countDifference(now.totals.criticalFailed ?? 0, before.totals.criticalFailed ?? 0, locale),
      isShare: false,
    },
  ];
  return figures.filter((figure): figure is ComparedFigure => figure !== false);
}
