import { countsOf } from '../days/ranges.ts';
import type { State } from '../days/state.ts';
import { numberOf, type Pointer } from '../publish/manifest.ts';
import { refusedCount } from '../report/remarks.ts';
import type { BuildResult } from './context.ts';

/** How many calls the pipeline has not brought to their end, where it says so. */
export const unfinishedOf = ({ waiting }: Pick<State, 'waiting'>): Pick<BuildResult, 'unfinished'> =>
  waiting ? { unfinished: { waiting: waiting.waiting, dead: waiting.dead } } : {};

/** How a run went that has published nothing: the root of the state tells all of it. @param listedAt see `BuildResult` */
export const unchanged = (pointer: Pointer, state: State, listedAt: string): BuildResult => ({
  listedAt,
  published: false,
  generation: numberOf(pointer),
  publishedAt: pointer.publishedAt,
  calls: countsOf(state.ranges).kinds.call ?? 0,
  refused: refusedCount(state),
  troubles: state.told.troubles,
  ...(state.told.arrivals && { arrivals: state.told.arrivals }),
  ...unfinishedOf(state),
  read: 0,
  deleted: 0,
  rendered: 0,
  repaired: 0,
});
