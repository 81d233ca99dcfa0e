import { factsOf } from '#shared/calls/row-facts.ts';
import { aboutCalls } from '#shared/counts/about-calls.ts';
import type { Sums } from '#shared/counts/sums.ts';
import type { Dimension } from '#shared/filter/dimension-id.ts';
import type { PlacedCall } from './calls.ts';

/** What some calls are about: of teams it is counted from their calls, which takes more than figures of everybody. */
export const aboutRows = (calls: readonly PlacedCall[], dimensions: readonly Dimension[]): Sums['about'] =>
  aboutCalls(calls.map(factsOf), dimensions);
