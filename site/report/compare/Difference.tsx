import type { Comparison } from '#shared/figures/compare/compared.ts';
import { type Change, NOTABLE_POINTS } from '#shared/format/change.ts';
import { headOf } from './heads.ts';

interface Props {
  view: Comparison;
  /** Columns; absent where fewer than two have enough calls. */
  ends: { high: number; low: number } | undefined;
  /** From the lowest to the highest. */
  change: Change | undefined;
  /** What the highest is, to the lowest: "longer". */
  rise: string;
  /** Whether any column has the figure. */
  isKnown: boolean;
  /** In points: below a few of them nobody is told from another. */
  isShare: boolean;
}

/** Whether a change of a share is large enough to say that it is one. */
export const isNotable = ({ verdict }: Change): boolean => verdict !== undefined;

/** Which agents are farthest apart, in words: "Ann 12.0 pts higher than Bob". */
export default function Difference({ view, ends, change, rise, isKnown, isShare }: Props) {
  if (!ends || !change) return isKnown && <span className="quiet">too few to compare</span>;
  if (isShare && !isNotable(change)) return <span className="quiet">{`under ${NOTABLE_POINTS} points apart`}</span>;
  if (change.arrow === '→') return <span className="quiet">same</span>;
  const [high, low] = [view.columns[ends.high], view.columns[ends.low]];
  return high && low && `${headOf(view, high)} ${change.text} ${rise} than ${headOf(view, low)}`;
}
