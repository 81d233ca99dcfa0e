import type { Range } from '../calendar/range.ts';
import { noValueCounts, OTHER, type ValueCounts } from '../counts/about.ts';
import type { DimensionId } from '../filter/dimension-id.ts';
import { failedOf, rateOf } from '../format/rate.ts';
import type { AboutLine, AboutTable } from '../view.ts';
import type { Dataset } from './dataset.ts';

/**
 * What the calls of the window are about, most calls first; those that are not told apart are the last line.
 * @returns undefined where the window's calls do not differ in it, or where it is not known what those of some teams are about
 */
export function aboutTable(dataset: Dataset, id: DimensionId): AboutTable | undefined {
  const { window, sums, dimensions } = dataset;
  if (!window) return undefined;
  const [now, before] = [sums.about(window, id), sums.about(window.before, id)];
  const isPhrase = id === 'phrase';
  if (isPhrase ? now.size === 0 : now.size < 2) return undefined;
  // A phrase that nobody said in these days is told too: it is asked for.
  const values = isPhrase ? (dimensions.find((each) => each.id === id)?.values ?? []) : now.keys();
  const lines = [...values].map((value) =>
    lineOf(dataset, value, now.get(value) ?? noValueCounts(), before.get(value) ?? noValueCounts()),
  );
  lines.sort(
    (a, b) =>
      Number(a.value === undefined) - Number(b.value === undefined) ||
      b.calls - a.calls ||
      ((a.value ?? '') < (b.value ?? '') ? -1 : 1),
  );
  const calls = isPhrase ? now.get(OTHER)?.calls : undefined;
  return { id, lines, calls: calls ?? lines.reduce((sum, line) => sum + line.calls, 0) };
}

/**
 * The values that are told apart, and their calls, where these are less than half of all: then values differ from call to call, and the most frequent one
 * says little.
 */
export function fewTold({ lines, calls }: AboutTable): { values: number; calls: number } | undefined {
  const told = lines.filter(({ value }) => value !== undefined);
  const own = told.reduce((sum, line) => sum + line.calls, 0);
  return own < calls / 2 ? { values: told.length, calls: own } : undefined;
}

/** The values of a dimension in a span, with their counts, without those that are not told apart. */
export const valuesIn = ({ sums }: Pick<Dataset, 'sums'>, span: Range, id: DimensionId): [string, ValueCounts][] =>
  [...sums.about(span, id)].filter(([value]) => value !== OTHER);

function lineOf(dataset: Dataset, value: string, counts: ValueCounts, past: ValueCounts): AboutLine {
  const { calls, analysed, negative, evaluated, passed } = counts;
  return {
    ...(value !== OTHER && { value }),
    ...{ calls, before: past.calls, analysed, negative, evaluated, passed },
    rule: mostFailed(dataset, counts),
  };
}

/** The rule that failed on most of the calls; of several the one that failed on more of those it was checked on. */
function mostFailed({ rules, critical }: Dataset, counts: ValueCounts): AboutLine['rule'] {
  const failing = Object.entries(counts.rules).filter(([, checks]) => failedOf(checks) > 0);
  failing.sort(
    ([a, x], [b, y]) => failedOf(y) - failedOf(x) || (rateOf(x) ?? 1) - (rateOf(y) ?? 1) || (a < b ? -1 : 1),
  );
  const [[id, checks] = []] = failing;
  if (id === undefined || !checks) return undefined;
  return {
    id,
    name: (Object.hasOwn(rules, id) ? rules[id]?.name : undefined) ?? id,
    critical: critical.has(id),
    evaluated: checks.evaluated,
    failed: failedOf(checks),
  };
}
