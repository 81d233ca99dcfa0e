import { type Goal, median } from '../report.ts';
import type { Measured } from './measure.ts';
import { type Found, LAST_DAYS_CHANGED, number, type Table } from './tables.ts';

/** Of the older version's time of the processors for rendering the same calls; seconds of the processors. */
const MOST = { share: 0.45, lastDays: 0.3 };
const TRIED =
  'About 1 ms a call is the reading of its words; the rest are the blocks of three days and the segments that they lie in.';

/** Of one kind of build, in each round by itself: how many seconds of the processors more than without search. */
function costOf({ builds, without }: Found, kind: string): number | undefined {
  const bare = without?.get(kind) ?? [];
  if (bare.length === 0) return undefined;
  return median((builds.get(kind) ?? []).map((run, i) => run.cpuSeconds - (bare[i]?.cpuSeconds ?? Number.NaN)));
}

/** Seconds of the processors that the older version rendered for. */
function renderingOf({ before }: Found): number | undefined {
  const cold = before?.get('cold') ?? [];
  return cold.length === 0 ? undefined : median(cold.map(({ stepCpu }) => stepCpu.get('render') ?? Number.NaN));
}

/** What each build needs with search and without it. @param version the older one */
export function searchTable(found: readonly Found[], version: string): Table[] {
  const rows = found.flatMap((each) =>
    [...(each.without ?? [])].map(([kind, bare]) => {
      const rendering = renderingOf(each);
      const cost = costOf(each, kind) ?? Number.NaN;
      const share = kind === 'cold' && rendering !== undefined ? (cost / rendering).toFixed(2) : '–';
      return [number(each.calls), kind, ...cells(each.builds.get(kind) ?? []), ...cells(bare), cost.toFixed(2), share];
    }),
  );
  const units = ['CPU seconds', 'peak MB'];
  const head = ['calls', 'build', ...units, ...units.map((unit) => `without search: ${unit}`)];
  return rows.length === 0 ? [] : [{ head: [...head, 'search costs, CPU seconds', `of ${version}’s rendering`], rows }];
}

const cells = (runs: readonly Measured[]): string[] => [
  median(runs.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
  number(Math.round(median(runs.map(({ megabytes }) => megabytes)))),
];

export const searchGoals = (found: readonly Found[], version: string): Goal[] =>
  found.filter(({ without }) => without).flatMap((each) => [shareGoal(each, version), lastDaysGoal(each)]);

function shareGoal(each: Found, version: string): Goal {
  const what = `${number(each.calls)} calls, cold: CPU time of search, of that of ${version}’s rendering`;
  const goal = `≤ ${MOST.share}`;
  const [cost, rendering] = [costOf(each, 'cold'), renderingOf(each)];
  if (cost === undefined || rendering === undefined) return { what, goal, measured: 'that version is missing' };
  const share = cost / rendering;
  return { what, goal, measured: share.toFixed(2), met: share <= MOST.share };
}

function lastDaysGoal(each: Found): Goal {
  const cost = costOf(each, LAST_DAYS_CHANGED) ?? Number.NaN;
  return {
    what: `${number(each.calls)} calls, ${LAST_DAYS_CHANGED}: CPU time that search adds`,
    goal: `≤ ${MOST.lastDays} s`,
    measured: `${cost.toFixed(2)} s`,
    met: cost <= MOST.lastDays,
    tried: TRIED,
  };
}
