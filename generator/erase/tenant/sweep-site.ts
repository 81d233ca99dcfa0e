import { randomUUID } from 'node:crypto';
import { decodeText } from '../../lib/bytes.ts';
import { Unavailable } from '../../lib/errors.ts';
import { mapConcurrent } from '../../lib/map-concurrent.ts';
import { say } from '../../lib/printable.ts';
import { POINTER } from '../../publish/manifest.ts';
import type { Store } from '../../store/store.ts';

/** How often a build may publish over what is being removed before somebody has to stop it. */
const ATTEMPTS = 5;

/**
 * Remove everything below an organization in the reports store: site, state, builds that are kept, and what killed runs have left.
 *
 * First the pointer is replaced by a mark that is none: a build that began before cannot publish any more, as it only publishes over
 * the pointer that it has read. Then all else goes, and the mark last. A build that began meanwhile publishes over the mark: then the
 * mark is put again, over its pointer, and what it wrote goes too. So no pointer ever stays whose objects were removed. A sweep that was
 * killed leaves the mark, which is read as a damaged pointer, and the next sweep goes on.
 * @returns objects removed
 * @throws {Unavailable} where builds publish it again and again
 */
export async function sweepSite(reports: Store, org: string): Promise<number> {
  const pointer = `${org}/${POINTER}`;
  let removed = 0;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if ((await keysIn(reports, org)).length === 0) return removed;
    const mark = JSON.stringify({ version: 1, organization: org, removing: randomUUID() });
    await reports.put(pointer, mark);
    const rest = (await keysIn(reports, org)).filter((key) => key !== pointer);
    await mapConcurrent(rest, (key) => reports.remove(key));
    removed += rest.length;
    const now = await reports.get(pointer);
    if (now && decodeText(now.body) !== mark) continue;
    await reports.remove(pointer);
    removed++;
  }
  if ((await keysIn(reports, org)).length === 0) return removed;
  throw new Unavailable([
    say`${org}: builds publish it again while it is removed. Stop them, and run tenant remove again: it goes on where it stopped.`,
  ]);
}

async function keysIn(reports: Store, org: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of reports.list(`${org}/`)) keys.push(key);
  return keys;
}
