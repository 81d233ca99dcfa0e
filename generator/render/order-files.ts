import { orderPath } from '#shared/columns/order.ts';
import type { Cube } from '#shared/counts/cube.ts';
import { busiestDays, daysAround } from '#shared/figures/repeat-callers.ts';
import type { DayReader } from '../days/files.ts';
import { type PartyReader, partiesOn } from '../days/parties.ts';
import type { State } from '../days/state.ts';
import { shortHash } from '../lib/bytes.ts';
import { edgesByDay, orderData } from '../report/order.ts';
import type { DataFile } from './months.ts';

/**
 * The file of each day that says which call comes before and after which. Whether one is made again follows from the day files around it and from where its
 * agents have other calls, without a look at single calls.
 */
export function* orderFiles(
  state: State,
  days: ReadonlyMap<string, Cube>,
  readDay: DayReader,
  readParties: PartyReader,
): Generator<DataFile> {
  for (const [day, edges] of edgesByDay(days)) {
    const around = daysAround(day).map((each) => state.days[each]?.sha256);
    const agents = Object.entries(edges).sort(([a], [b]) => (a < b ? -1 : 1));
    yield {
      path: orderPath(day),
      input: shortHash(JSON.stringify([state.fingerprint, around, agents])),
      value: async () =>
        orderData(await readDay(day), edges, busiestDays(await partiesOn(daysAround(day), readParties), day)),
    };
  }
}
