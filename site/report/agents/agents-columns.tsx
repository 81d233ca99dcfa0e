import type { ReactNode } from 'react';
import type { CallFilter } from '#shared/filter/filter.ts';
import { countDifference, pointsChange } from '#shared/format/change.ts';
import { count, duration, fixed, sentiment, share } from '#shared/format/format.ts';
import { passedInWords } from '#shared/format/passed.ts';
import { failedOf, isEnough, qaChecks, ratio } from '#shared/format/rate.ts';
import { passedAim } from '#shared/format/target.ts';
import type { AgentsPage, Totals } from '#shared/view.ts';
import ChangeWords from '../components/ui/ChangeWords.tsx';
import FigureLink from '../components/ui/FigureLink.tsx';

/** What an agent, a team or everybody did: a row of the agents page. */
export interface Row {
  name: ReactNode;
  /** What its name is sorted by, and found by beside that. */
  by: string;
  find?: string | undefined;
  /** Whose calls its figures are of. */
  of: CallFilter;
  /** An agent's team, and what stands for it in other rows. */
  team?: string | undefined;
  beside?: ReactNode;
  totals: Totals;
  before: Totals;
  ranked: boolean;
}

/** One column: what stands in it, and what it is sorted by. */
export interface Column {
  head: string;
  /** Where there is little room it goes: 1 first, 3 last. */
  drop?: 1 | 2 | 3;
  words?: true;
  quiet?: true;
  cell: (row: Row) => ReactNode;
  by: (row: Row) => number | string | undefined;
  /** What its number is in a file: so many times what it is sorted by, with so many decimals, and named so. */
  file?: { times?: number; decimals: number; unit?: string };
  /** How many calls a share or a mean is of: with too few a row is last, whatever way it is sorted, and the figure is of less weight. */
  covers?: (row: Row) => number | undefined;
}

/** The columns that the period's calls support. */
export function columnsOf({ agents, site, window }: AgentsPage): Column[] {
  const { locale, minimumN } = site;
  const own = (row: Row): CallFilter => ({ from: window?.from, to: window?.to, ...row.of });
  const some = (has: (line: Pick<Row, 'totals' | 'before'>) => boolean): boolean => agents.some(has);
  const before = some((line) => line.before.calls > 0);
  const qa = some((line) => line.totals.qaPassRate !== undefined);
  const passed = (row: Row) => ({ ...own(row), qa: ['passed' as const, 'failed' as const] });
  const failed = ({ totals: t }: Row) => failedOf(qaChecks(t));
  const positiveOf = ({ totals: t }: Row) => ratio(t.positive, t.sentimentAnalysed);
  const evaluated = ({ totals: t }: Row) => t.qaEvaluated;
  const analysed = ({ totals: t }: Row) => t.sentimentAnalysed;
  const enough = (row: Row) => isEnough(minimumN, evaluated(row));
  const moved = ({ totals: t, before: b }: Row) =>
    isEnough(minimumN, t.qaEvaluated, b.qaEvaluated) && t.qaPassRate !== undefined && b.qaPassRate !== undefined
      ? t.qaPassRate - b.qaPassRate
      : undefined;
  /** "85% met"; nothing of too few calls. */
  const targetOf = (row: Row) => (enough(row) ? passedAim(row.totals, site) : undefined);
  const columns: (Column | false)[] = [
    agents.some(({ agent }) => agent.team !== undefined) && {
      head: 'Team',
      drop: 2,
      words: true,
      quiet: true,
      cell: ({ team, beside }) => beside ?? team,
      by: ({ team }) => team,
    },
    {
      head: 'Calls',
      cell: (row) => (
        <FigureLink figure="calls" to={own(row)}>
          {count(row.totals.calls, locale)}
        </FigureLink>
      ),
      by: ({ totals: t }) => t.calls,
    },
    before && {
      head: window?.perDay ? 'Change per day' : 'Change',
      drop: 3,
      cell: ({ totals: t, before: b }) => (
        <ChangeWords change={countDifference(t.calls, b.calls, locale, window)} short />
      ),
      by: ({ totals: t, before: b }) => t.calls - b.calls,
    },
    some((line) => line.totals.averageDurationSeconds !== undefined) && {
      head: 'Average call',
      drop: 3,
      file: { decimals: 0, unit: 's' },
      cell: (row) =>
        row.totals.averageDurationSeconds !== undefined && (
          <FigureLink figure="average length" to={{ ...own(row), with: ['duration'] }}>
            {duration(row.totals.averageDurationSeconds)}
          </FigureLink>
        ),
      by: ({ totals: t }) => t.averageDurationSeconds,
    },
    some((line) => line.totals.averageSentiment !== undefined) && {
      head: 'Sentiment',
      file: { decimals: 2 },
      covers: analysed,
      cell: (row) =>
        row.totals.averageSentiment !== undefined && (
          <FigureLink figure="average sentiment" to={{ ...own(row), with: ['sentiment'] }}>
            {sentiment(row.totals.averageSentiment, locale)}
          </FigureLink>
        ),
      by: ({ totals: t }) => t.averageSentiment,
    },
    some((line) => line.totals.positive !== undefined) && {
      head: 'Positive',
      drop: 2,
      file: { times: 100, decimals: 0, unit: '%' },
      covers: analysed,
      cell: (row) => {
        const positive = positiveOf(row);
        return (
          positive !== undefined && (
            <FigureLink figure="positive share" to={{ ...own(row), with: ['sentiment'] }}>
              {share(positive, locale, 0)}
            </FigureLink>
          )
        );
      },
      by: positiveOf,
    },
    qa && {
      head: 'QA passed',
      file: { times: 100, decimals: 1, unit: '%' },
      covers: evaluated,
      cell: (row) =>
        row.totals.qaPassRate !== undefined && (
          <FigureLink figure={enough(row) ? 'QA passed' : 'QA passed, of few'} to={passed(row)}>
            {passedInWords(row.totals, site)}
          </FigureLink>
        ),
      by: ({ totals: t }) => t.qaPassRate,
    },
    qa &&
      site.targets?.qaPassed !== undefined && {
        head: 'Target',
        drop: 3,
        words: true,
        cell: targetOf,
        by: targetOf,
      },
    qa &&
      before && {
        head: 'Change, pts',
        drop: 2,
        file: { times: 100, decimals: 1 },
        cell: (row) =>
          moved(row) !== undefined && (
            <ChangeWords
              change={pointsChange(row.totals.qaPassRate ?? 0, row.before.qaPassRate ?? 0, locale, '')}
              short
            />
          ),
        by: moved,
      },
    qa && {
      head: 'Failed',
      drop: 3,
      cell: (row) =>
        row.totals.qaEvaluated ? (
          <FigureLink figure="failed" to={{ ...own(row), qa: ['failed'] }} open={failed(row) > 0}>
            {count(failed(row), locale)}
          </FigureLink>
        ) : (
          ''
        ),
      by: (row) => (row.totals.qaEvaluated ? failed(row) : undefined),
    },
    qa && {
      head: 'n',
      drop: 3,
      quiet: true,
      cell: (row) => (
        <FigureLink figure="evaluated" to={passed(row)} open={(evaluated(row) ?? 0) > 0}>
          {count(evaluated(row) ?? 0, locale)}
        </FigureLink>
      ),
      by: evaluated,
    },
    some((line) => line.totals.qaAverageScore !== undefined) && {
      head: 'Average score',
      drop: 1,
      file: { decimals: 1 },
      covers: evaluated,
      cell: (row) =>
        row.totals.qaAverageScore !== undefined && (
          <FigureLink figure="average score" to={{ ...passed(row), with: ['score'] }}>
            {fixed(row.totals.qaAverageScore, locale)}
          </FigureLink>
        ),
      by: ({ totals: t }) => t.qaAverageScore,
    },
    some((line) => (line.totals.criticalFailed ?? 0) > 0) && {
      head: 'Critical failed',
      drop: 1,
      cell: (row) => (
        <FigureLink
          figure="critical failed"
          to={{ ...own(row), critical: true }}
          open={(row.totals.criticalFailed ?? 0) > 0}
        >
          {count(row.totals.criticalFailed ?? 0, locale)}
        </FigureLink>
      ),
      by: ({ totals: t }) => t.criticalFailed,
    },
  ];
  return columns.filter((column): column is Column => column !== false);
}
