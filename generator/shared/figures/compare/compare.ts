import { isEnough } from '#shared/format/rate.ts';
import { countedOf, weakest } from '../agent.ts';
import type { Dataset } from '../dataset.ts';
import { failedShare } from '../named-rule.ts';
import type { Compared, ComparedRule, Comparison } from './compared.ts';
import { compareLead } from './lead.ts';
import { namesApart } from './names.ts';

/**
 * Figures side by side, counted as on an agent's page.
 * @param of of each column: the dataset whose window is its period, and the agent's id
 */
export function comparison(of: Comparison['of'], wanted: readonly { dataset: Dataset; id: string }[]): Comparison {
  const [first] = wanted;
  if (!first) throw new Error('nothing to compare');
  const { site, agents } = first.dataset;
  const nameOf = namesApart(agents);
  const columns = wanted.map(({ dataset, id }): Compared => {
    const { agent, totals, weeks, rules } = countedOf(dataset, id);
    if (!dataset.window) throw new Error('missing window: nothing is compared without days');
    const { from, to } = dataset.window;
    return {
      agent,
      name: nameOf(agent),
      totals,
      weeks,
      rules,
      weakest: weakest(rules, site.minimumN),
      period: { from, to },
    };
  });
  const rules = rulesOf(columns, site.minimumN);
  return { of, site, lead: compareLead(of, site, columns, rules), columns, rules };
}

function rulesOf(columns: readonly Compared[], minimumN: number): ComparedRule[] {
  const known = new Map<string, ComparedRule>();
  for (const [at, { rules }] of columns.entries())
    for (const { id, name, critical, evaluated, passed } of rules) {
      const rule = known.get(id) ?? { id, name, critical, checks: columns.map(() => ({ evaluated: 0, passed: 0 })) };
      rule.checks[at] = { evaluated, passed };
      known.set(id, rule);
    }
  return [...known.values()].sort(
    (a, b) => worst(b, minimumN) - worst(a, minimumN) || checked(b) - checked(a) || (a.id < b.id ? -1 : 1),
  );
}

/** The greatest share failed in any column with enough calls for one; below all shares where none has. */
const worst = ({ checks }: ComparedRule, minimumN: number): number =>
  Math.max(-1, ...checks.filter(({ evaluated }) => isEnough(minimumN, evaluated)).map(failedShare));

const checked = ({ checks }: ComparedRule): number => checks.reduce((sum, { evaluated }) => sum + evaluated, 0);
