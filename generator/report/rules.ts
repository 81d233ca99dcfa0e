import { type Checks, failedOf, rateOf } from '../../site/lib/rate.ts';
import type { Cell, RuleCounts } from '../days/cube.ts';
import { agentOf, type Counted } from './counted.ts';
import type { RuleLine } from './view.ts';

const NONE: RuleCounts = { evaluated: 0, passed: 0 };
/** For sorting: what was never checked has failed nothing. */
export const rateOrAll = (checks: Checks): number => rateOf(checks) ?? 1;

/**
 * Rules with any evaluated call in the period, worst first; those with too few calls to be ranked are last.
 * @param cells agent → what it did in the period, to name who fails a rule most
 */
export function ruleLines(
  counted: Counted,
  now: Cell,
  before: Cell,
  cells: Map<string, Cell>,
  team?: Cell,
): RuleLine[] {
  const lines = Object.entries(now.rules).map(([id, counts]): RuleLine => {
    const known = counted.rules[id];
    return {
      id,
      name: known?.name ?? id,
      category: known?.category,
      weight: known?.weight,
      critical: counted.critical.has(id),
      ...counts,
      before: before.rules[id] ?? NONE,
      mostBy: mostBy(counted, id, cells),
      team: team?.rules[id],
    };
  });
  const unranked = ({ evaluated }: RuleLine) => Number(evaluated < counted.site.minimumN);
  return lines.sort(
    (a, b) =>
      unranked(a) - unranked(b) || rateOrAll(a) - rateOrAll(b) || b.evaluated - a.evaluated || (a.id < b.id ? -1 : 1),
  );
}

/** The known agent with the most failures of a rule; nobody where several have as many, or where that one cannot be ranked. */
function mostBy(counted: Counted, rule: string, cells: Map<string, Cell>): RuleLine['mostBy'] {
  const failures = [...cells]
    .filter(([agent]) => agent !== '')
    .map(([agent, { rules }]) => {
      const counts = rules[rule] ?? NONE;
      return { agent, failed: failedOf(counts), evaluated: counts.evaluated };
    })
    .sort((a, b) => b.failed - a.failed);
  const [most, next] = failures;
  if (!most || most.failed === 0 || most.failed === next?.failed) return undefined;
  if (most.evaluated < counted.site.minimumN) return undefined;
  return { ...most, agent: agentOf(counted, most.agent) };
}
