import type { ReactNode } from 'react';
import { lengthOf } from '#shared/calendar/range.ts';
import type { Compared, Comparison } from '#shared/figures/compare/compared.ts';
import type { Covered } from '#shared/figures/compare/farthest.ts';
import { KEY_FIGURES, type KeyFigure } from '#shared/figures/key-figures.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { type Change, countDifference, scoreChange } from '#shared/format/change.ts';
import { count, fixed } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
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
  /** Of a share, which end is worse. */
  worse?: 'low';
}

/** A mean, or a share. */
type Mean = Pick<KeyFigure, 'name' | 'value' | 'inWords' | 'filter' | 'change' | 'words' | 'covers'>;

const EVALUATED: CallFilter = { qa: ['passed', 'failed'] };

const AVERAGE_SCORE: Mean = {
  name: 'Average score',
  value: ({ qaAverageScore }) => qaAverageScore,
  inWords: ({ qaAverageScore = 0 }, { locale }) => fixed(qaAverageScore, locale),
  filter: { ...EVALUATED, with: ['score'] },
  change: scoreChange,
  words: ['higher', 'lower'],
  covers: ({ qaScored, qaEvaluated }) => qaScored ?? qaEvaluated,
};

/** The figures that the compared calls support. */
export function figuresOf({ site, columns }: Comparison): ComparedFigure[] {
  const { locale, minimumN } = site;
  const { averageCall, averageSentiment, qaPassed } = KEY_FIGURES;
  const link = (figure: string, column: Compared, to: CallFilter, text: ReactNode) => (
    <FigureLink figure={figure} to={{ ...callsIn(column), ...to }}>
      {text}
    </FigureLink>
  );
  /** With the number of calls that it is of; false where no column has it. */
  const mean = (kind: string, { name, value, inWords, filter, change, words, covers }: Mean): ComparedFigure | false =>
    columns.some(({ totals }) => value(totals) !== undefined) && {
      name,
      cell: (column) =>
        value(column.totals) !== undefined && (
          <>
            <b>{link(kind, column, filter, inWords(column.totals, site))}</b>{' '}
            <span className="quiet nowrap">
              n {link('n', column, filter, count(covers?.(column.totals) ?? 0, locale))}
            </span>
          </>
        ),
      covered: ({ totals }) => ({ value: value(totals), n: covers?.(totals) }),
      change: (now, before) => change(value(now.totals) ?? 0, value(before.totals) ?? 0, locale, undefined),
      rise: words[0],
    };
  const passedMean = mean('QA passed', qaPassed);
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
    },
    mean('average length', averageCall),
    mean('average sentiment', averageSentiment),
    passedMean && {
      ...passedMean,
      cell: (column) => {
        const { qaEvaluated = 0, qaPassed: passed = 0 } = column.totals;
        if (qaEvaluated === 0) return false;
        if (!isEnough(minimumN, qaEvaluated))
          return <b>{link('QA passed, of few', column, EVALUATED, qaPassed.inWords(column.totals, site))}</b>;
        return (
          <>
            <b>{link('QA passed', column, EVALUATED, qaPassed.inWords(column.totals, site))}</b>{' '}
            <span className="quiet nowrap">
              {passed > 0 ? link('passed', column, { qa: ['passed'] }, count(passed, locale)) : 0} of{' '}
              {link('evaluated', column, EVALUATED, count(qaEvaluated, locale))}
            </span>
          </>
        );
      },
      worse: 'low',
    },
    mean('average score', AVERAGE_SCORE),
    columns.some(({ totals }) => (totals.criticalFailed ?? 0) > 0) && {
      name: 'Critical failed',
      cell: (column) => {
        const failed = column.totals.criticalFailed ?? 0;
        return <b>{failed > 0 ? link('critical failed', column, { critical: true }, count(failed, locale)) : 0}</b>;
      },
      covered: ({ totals }) => ({ value: totals.criticalFailed ?? 0, n: Number.POSITIVE_INFINITY }),
      change: (now, before) =>
        countDifference(now.totals.criticalFailed ?? 0, before.totals.criticalFailed ?? 0, locale),
    },
  ];
  return figures.filter((figure): figure is ComparedFigure => figure !== false);
}
