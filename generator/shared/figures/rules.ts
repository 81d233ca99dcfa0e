import type { Cell, RuleCounts } from '../counts/cube.ts';
import { type Checks, isEnough, rateOf } from '../format/rate.ts';
import type { RuleLine } from '../view.ts';
import type { Dataset } from './dataset.ts';
import { mostBy } from './most-by.ts';

const NONE: RuleCounts = { evaluated: 0, passed: 0 };
/** For sorting: what was never checked has failed nothing. */
export const rateOrAll = (checks: Checks): number => rateOf(checks) ?? 1;

/**
 * Rules with any evaluated call in the period, worst first; those with too few calls to be ranked are last.
 * @param cells agent → what it did in the period, to name who fails a rule most; without it nobody is named
 */
export function ruleLines(
  dataset: Dataset,
  now: Cell,
  before: Cell,
  cells?: ReadonlyMap<string, Cell>,
  team?: Cell,
): RuleLine[] {
  const targets = dataset.site.targets?.rules;
  const lines = Object.entries(now.rules).map(([id, counts]): RuleLine => {
    const known = dataset.rules[id];
    return {
      id,
      name: known?.name ?? id,
      category: known?.category,
      weight: known?.weight,
      critical: dataset.critical.has(id),
      ...counts,
      before: before.rules[id] ?? NONE,
      ...(targets && Object.hasOwn(targets, id) && { target: targets[id] }),
      mostBy: cells && mostBy(dataset, id, cells),
      team: team?.rules[id],
    };
  });
  const unranked = ({ evaluated }: RuleLine) => Number(!isEnough(dataset.site.minimumN, evaluated));
  return lines.sort(
    (a, b) =>
      unranked(a) - unranked(b) || rateOrAll(a) - rateOrAll(b) || b.evaluated - a.evaluated || (a.id < b.id ? -1 : 1),
  );
}
