import type { ReactNode } from 'react';
import { type Compared, type Comparison, farthest } from '#shared/figures/compare/compared.ts';
import { failedShare } from '#shared/figures/named-rule.ts';
import { count, share } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import LeftOut from '../agent/LeftOut.tsx';
import ChangeWords from '../components/ui/ChangeWords.tsx';
import FigureLink from '../components/ui/FigureLink.tsx';
import Difference, { isNotable } from './Difference.tsx';
import { type ComparedFigure, figuresOf } from './figures.tsx';
import { callsIn, headOf } from './heads.ts';

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
          <Row
            view={view}
            name="Not in the score"
            cell={(column) => <LeftOut totals={column.totals} of={callsIn(column)} site={site} start="" />}
          />
        )}
        {site.hasQa && (
          <Row screen view={view} name="Weakest rules" cell={(column) => <Weakest column={column} view={view} />} />
        )}
      </tbody>
    </table>
  );
}

interface RowProps {
  view: Comparison;
  name: string;
  cell: (column: Compared, at: number) => ReactNode;
  /** The column that is behind the others. */
  worse?: number | undefined;
  last?: ReactNode;
  /** Left out on paper, where another table has it all. */
  screen?: true;
}

function Row({ view, name, cell, worse, last, screen }: RowProps) {
  return (
    <tr className={screen && 'paper-none'}>
      <th scope="row">{name}</th>
      {view.columns.map((column, at) => (
        <td key={headOf(view, column)} data-of={headOf(view, column)} className={at === worse ? 'worse' : undefined}>
          <div>{cell(column, at)}</div>
        </td>
      ))}
      <td>{last}</td>
    </tr>
  );
}

function FigureRow({ view, figure }: { view: Comparison; figure: ComparedFigure }) {
  const { of, site, columns } = view;
  const ends = farthest(columns.map(figure.covered), site.minimumN);
  const change = (now: number, before: number) => figure.change(columns[now] as Compared, columns[before] as Compared);
  const isKnown = columns.some((column) => figure.covered(column).value !== undefined);
  const isBehind = ends && figure.isShare && isNotable(change(ends.high, ends.low));
  return (
    <Row
      view={view}
      name={figure.name}
      cell={figure.cell}
      worse={of === 'agents' && isBehind ? ends.low : undefined}
      last={
        of === 'periods' ? (
          ends ? (
            <ChangeWords change={change(0, 1)} />
          ) : (
            isKnown && <span className="quiet">too few to compare</span>
          )
        ) : figure.rise === undefined ? null : (
          <Difference
            view={view}
            ends={ends}
            change={ends && change(ends.high, ends.low)}
            rise={figure.rise}
            isKnown={isKnown}
            isShare={figure.isShare}
          />
        )
      }
    />
  );
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
