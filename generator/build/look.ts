import { type Changes, type Choice, compareCalls } from '../days/compare.ts';
import { callsOf, rangeReader } from '../days/ranges.ts';
import type { State } from '../days/state.ts';
import { say } from '../lib/printable.ts';
import type { Spool } from '../lib/spool.ts';
import { counted } from '../lib/words.ts';
import { damagedOf, newestState } from '../previous-build.ts';
import { damagedSample } from '../publish/inspect.ts';
import { readMarks } from '../publish/marks.ts';
import { wantedColumns } from '../source/header.ts';
import { type Listing, listCalls } from '../source/listing.ts';
import { openSheets, type Sheets } from '../source/sheets.ts';
import type { Run } from './context.ts';
import type { Opened } from './open.ts';

/** What a run finds. */
export interface Found {
  listing: Listing;
  sheets: Sheets;
  spool: Spool;
  /** Compares the input with a state once more, to choose other calls. */
  compare(base: State, choose: Choice): Promise<Changes>;
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

/**
 * List the input and compare it with the state, and look at what the build before consists of.
 * @throws {Damaged} where the state cannot be read: then everything has to be built again
 */
export async function look(run: Run, { start, comparable, before, state }: Opened, spool: Spool): Promise<Found> {
  const { results, reports, org, log, tenant } = run;
  const withMetadata = Object.keys(tenant.metadata).length > 0;
  const last = state.ranges.map(({ from, counts }) => ({ from, calls: counts.entries }));
  const listing = await log.step(
    say`list`,
    () => listCalls(results, org, withMetadata, spool, last),
    ({ objects, calls }) => say`${counted(objects, 'object')} of ${counted(calls.length, 'call')}`,
  );
  const sheets = await openSheets({ results, org, listing, spool, log }, state.sheets, wantedColumns(tenant));
  const compare = (base: State, choose?: Choice) =>
    compareCalls({ listing, rows: sheets.rows, known: callsOf(rangeReader(reports, org), base.ranges) }, spool, choose);
  const changes = await compare(state);
  const hasNews = changes.calls.length > 0 || sheets.changed || !same(listing.ignored, state.ignored);
  const newest = await newestState(reports, org, start, comparable?.state);
  const marked = await readMarks(reports, org, start.lies);
  const damaged = before ? damagedOf(before, start.lies, marked) : new Set<string>();
  if (before && !hasNews && damaged.size === 0)
    for (const blob of await damagedSample(reports, org, before.manifest, run.listedAt)) damaged.add(blob);
  return { listing, sheets, spool, compare, changes, hasNews, newest, marked, damaged };
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
