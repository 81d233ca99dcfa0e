import type { State } from '../days/state.ts';
import { say } from '../lib/printable.ts';
import type { Spool } from '../lib/spool.ts';
import { counted } from '../lib/words.ts';
import { damagedOf, newestState } from '../previous-build.ts';
import { damagedSample } from '../publish/inspect.ts';
import { readMarks } from '../publish/marks.ts';
import { wantedColumns } from '../source/header.ts';
import { type Changes, compareListing, keepModified, type Listing, listCalls } from '../source/listing.ts';
import { openSheets, type Sheets } from '../source/sheets.ts';
import type { Run } from './context.ts';
import type { Opened } from './open.ts';

/** What a run finds. */
export interface Found {
  listing: Listing;
  sheets: Sheets;
  spool: Spool;
  changes: Changes;
  /** Whether anything of the input is not as the state knows it. */
  hasNews: boolean;
  /** The state that knows every call which a kept build shows; undefined where nobody can tell. */
  newest?: State;
  /** Keys of the reports store that somebody has found to be damaged. */
  marked: ReadonlySet<string>;
  /** Blobs of the build before that have to be made again. */
  damaged: ReadonlySet<string>;
}

/** List the input and compare it with the state, and look at what the build before consists of. */
export async function look(run: Run, { start, comparable, before, state }: Opened, spool: Spool): Promise<Found> {
  const { results, reports, org, log, tenant } = run;
  const known = new Map(Object.entries(state.calls).map(([id, { etags }]) => [id, etags]));
  const listing = await log.step(
    say`list`,
    () => listCalls(results, org, Object.keys(tenant.metadata).length > 0, known),
    ({ objects, calls }) => say`${counted(objects, 'object')} of ${counted(calls.size, 'call')}`,
  );
  keepModified(listing, state.calls);
  const sheets = await openSheets({ results, org, listing, spool, log }, state.sheets, wantedColumns(tenant));
  const changes = compareListing(listing, known);
  const hasNews =
    changes.changed.length > 0 || changes.deleted.length > 0 || sheets.changed || !same(listing.ignored, state.ignored);
  const newest = await newestState(reports, org, start, comparable?.state);
  const marked = await readMarks(reports, org, start.lies);
  const damaged = before ? damagedOf(before, start.lies, marked) : new Set<string>();
  if (before && !hasNews && damaged.size === 0)
    for (const blob of await damagedSample(reports, org, before.manifest, run.listedAt)) damaged.add(blob);
  return { listing, sheets, spool, changes, hasNews, newest, marked, damaged };
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
