import type { Comparison } from '#shared/figures/compare/compared.ts';
import type { Ends } from '#shared/figures/compare/farthest.ts';
import { type Change, NOTABLE_POINTS } from '#shared/format/change.ts';
import ChangeWords from '../components/ui/ChangeWords.tsx';
import { headOf } from './heads.ts';

/** What sets the columns of a figure apart. */
export interface Apart {
  /** Absent where fewer than two columns have enough calls. */
  ends: Ends | undefined;
  /** From one column to another, by their places. */
  change: (now: number, before: number) => Change;
  /** What the agent with the highest is to the one with the lowest: "longer"; absent: which one that is says nothing. */
  rise?: string | undefined;
  /** Of a share, which end is worse. It is in points: below a few of them nobody is told from another. */
  worse?: keyof Ends | undefined;
  /** Whether any column has the figure. */
  isKnown: boolean;
}

/** Whether a change of a share is large enough to say that it is one. */
export const isNotable = ({ verdict }: Change): boolean => verdict !== undefined;

/** The change between two periods; or which agents are farthest apart, in words: "Ann 12.0 pts higher than Bob". */
export default function Difference({ view, apart }: { view: Comparison; apart: Apart }) {
  const { ends, rise, worse, isKnown } = apart;
  const isOfAgents = view.of === 'agents';
  if (isOfAgents && rise === undefined) return null;
  if (!ends) return isKnown && <span className="quiet">too few to compare</span>;
  if (!isOfAgents) return <ChangeWords change={apart.change(0, 1)} />;
  const change = apart.change(ends.high, ends.low);
  if (worse && !isNotable(change)) return <span className="quiet">{`under ${NOTABLE_POINTS} points apart`}</span>;
  if (change.arrow === '→') return <span className="quiet">same</span>;
  const [high, low] = [view.columns[ends.high], view.columns[ends.low]];
  return high && low && `${headOf(view, high)} ${change.text} ${rise} than ${headOf(view, low)}`;
}
