import type { Cell } from '../counts/cube.ts';
import { failedOf } from '../format/rate.ts';
import type { MostBy } from '../view.ts';
import { agentOf, type Dataset } from './dataset.ts';

/** Agents who are named where several have as many failures. */
const NAMED = 3;

/**
 * Who failed a rule on most calls: a count, no rank, so it may be of few calls, which are always given beside it.
 * @param cells agent → what it did in the period; "" is the unknown one
 */
export function mostBy(dataset: Pick<Dataset, 'agents'>, rule: string, cells: ReadonlyMap<string, Cell>): MostBy {
  const failures = [...cells].flatMap(([agent, { rules }]) => {
    const counts = rules[rule];
    return counts && failedOf(counts) > 0 ? [{ agent, failed: failedOf(counts), evaluated: counts.evaluated }] : [];
  });
  const known = failures.filter(({ agent }) => agent !== '');
  if (known.length === 0) {
    const [unknown] = failures;
    return unknown ? { kind: 'unknown', failed: unknown.failed, evaluated: unknown.evaluated } : { kind: 'none' };
  }
  const most = Math.max(...known.map(({ failed }) => failed));
  const first = known
    .filter(({ failed }) => failed === most)
    .sort((a, b) => a.evaluated - b.evaluated || (a.agent < b.agent ? -1 : 1));
  return {
    kind: 'agents',
    agents: first.slice(0, NAMED).map((each) => ({ ...each, agent: agentOf(dataset, each.agent) })),
    others: Math.max(0, first.length - NAMED),
  };
}
