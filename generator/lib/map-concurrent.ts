import pMap from 'p-map';

/** Objects under way at once: enough to hide a store's latency, few enough for its limits. */
const AT_ONCE = 64;

/** Work on each, a bounded number at once; results in the order of the items. */
export const mapConcurrent = <In, Out>(items: Iterable<In>, work: (item: In) => Promise<Out>): Promise<Out[]> =>
  pMap(items, work, { concurrency: AT_ONCE });
