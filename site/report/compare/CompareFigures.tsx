import type { ReactNode } from 'react';
import type { Compared, Comparison } from '#shared/figures/compare/compared.ts';
import { farthest } from '#shared/figures/compare/farthest.ts';
import { failedShare } from '#shared/figures/named-rule.ts';
import { count, share } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import LeftOut from '../agent/LeftOut.tsx';
import FigureLink from '../components/ui/FigureLink.tsx';
import CompareRow from './CompareRow.tsx';
import { type ComparedFigure, figuresOf } from './figures.tsx';
import { callsIn } from './heads.ts';

interface Props {
  view: Comparison;
  head: ReactNode;
}

/** The key figures of each column, and what sets them apart. */
export default function CompareFigures({ view, head }: Props) {
  const { site, columns } = view;
  const isLeftOut = columns.some(
    ({ totals: t }) => t.notEvaluated + t.notEvaluatedYet + (t.evaluatedWithoutScore ?? 0) + t.tooShort > 0,
  );
  return (
    <table className="table compare">
      {head}
      <tbody>
        {figuresOf(view).map((figure) => (
          <FigureRow key={figure.name} view={view} figure={figure} />
        ))}
        {site.hasQa && isLeftOut && (
          <CompareRow
            view={view}
            name="Not in the score"
            cell={(column) => <LeftOut totals={column.totals} of={callsIn(column)} site={site} start="" />}
          />
        )}
        {site.hasQa && (
          // Left out on paper, where another table has it all.
          <CompareRow
            className="paper-none"
            view={view}
            name="Weakest rules"
            cell={(column) => <Weakest column={column} view={view} />}
          />
        )}
      </tbody>
    </table>
  );
}

function FigureRow({ view, figure }: { view: Comparison; figure: ComparedFigure }) {
  const { site, columns } = view;
  const apart = {
    ends: farthest(columns.map(figure.covered), site.minimumN),
    change: (now: number, before: number) => figure.change(columns[now] as Compared, columns[before] as Compared),
    rise: figure.rise,
    worse: figure.worse,
    isKnown: columns.some((column) => figure.covered(column).value !== undefined),
  };
  return <CompareRow view={view} name={figure.name} cell={figure.cell} apart={apart} />;
}

/** The rules that an agent fails most often, of those that were checked often enough. */
function Weakest({ column, view: { site } }: { column: Compared; view: Comparison }) {
  const { weakest, totals } = column;
  if (weakest.length === 0)
    return totals.qaEvaluated ? (
      <span className="quiet">
        {isEnough(site.minimumN, totals.qaEvaluated)
          ? 'none failed'
          : `n = ${count(totals.qaEvaluated, site.locale)}: too few`}
      </span>
    ) : null;
  return (
    <ol className="weakest">
      {weakest.map((rule) => (
        <li key={rule.id}>
          {`${rule.name} `}
          <FigureLink figure="rule failed share" to={{ ...callsIn(column), rule: [rule.id], result: 'evaluated' }}>
            {share(failedShare(rule), site.locale)}
          </FigureLink>
        </li>
      ))}
    </ol>
  );
}
