import { type DimensionId, isDimensionId } from './dimension-id.ts';
import type { CallFilter } from './filter.ts';
import { type FilterableCall, type FilterPart, type FilterTest, rulesOf, VALUES, valueIn } from './match.ts';

/** What can be ticked, with its counts. */
export const FACETS = ['agent', 'team', 'direction', 'sentiment', 'qa', 'grade', 'rule'] as const;
type FixedFacet = (typeof FACETS)[number];
export type Facet = FixedFacet | DimensionId;

export interface CallCounts<Each> {
  /** The calls that every test lets through, in the order given. */
  wanted: Each[];
  /** Facet → value → the calls that there would be with this value alone, and everything else as it is. */
  facets: { [facet in FixedFacet]: Map<string, number> } & { [dimension in DimensionId]?: Map<string, number> };
  /** Part → the calls that there would be without it. */
  without: Map<FilterPart, number>;
}

/**
 * Tell in one pass which calls are wanted, what each facet would give, and what dropping each part would.
 * @param dimensions that can be ticked, too
 */
export function countCalls<Each extends FilterableCall>(
  calls: Iterable<Each>,
  tests: readonly FilterTest[],
  result: NonNullable<CallFilter['result']> = 'failed',
  dimensions: readonly DimensionId[] = [],
): CallCounts<Each> {
  const wanted: Each[] = [];
  const ticked: Facet[] = [...FACETS, ...dimensions];
  const facets = Object.fromEntries(ticked.map((facet) => [facet, new Map()])) as CallCounts<Each>['facets'];
  const count = (facet: Facet, call: Each) => countFacet(facets[facet] as Map<string, number>, facet, call, result);
  const kept = new Map<FilterPart, number>(tests.map(({ part }) => [part, 0]));
  for (const call of calls) {
    const failed = failedPart(tests, call);
    if (failed === 'several') continue;
    if (failed === undefined) {
      wanted.push(call);
      for (const facet of ticked) count(facet, call);
    } else {
      add(kept, failed);
      if (Object.hasOwn(facets, failed)) count(failed as Facet, call);
    }
  }
  const without = new Map([...kept].map(([part, calls]) => [part, calls + wanted.length]));
  return { wanted, facets, without };
}

/** The one part that keeps a call out; undefined where none does. */
function failedPart(tests: readonly FilterTest[], call: FilterableCall): FilterPart | 'several' | undefined {
  let failed: FilterPart | undefined;
  for (const { part, fits } of tests) {
    if (fits(call)) continue;
    if (failed !== undefined) return 'several';
    failed = part;
  }
  return failed;
}

function countFacet(
  counts: Map<string, number>,
  facet: Facet,
  call: FilterableCall,
  result: NonNullable<CallFilter['result']>,
): void {
  if (facet === 'rule') for (const rule of rulesOf(call, result)) add(counts, rule);
  else if (facet === 'phrase') for (const phrase of call.phrases ?? []) add(counts, phrase);
  else {
    const value = isDimensionId(facet) ? valueIn(call, facet) : VALUES[facet](call);
    if (value !== undefined) add(counts, value);
  }
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
