import { type Changes, type Choice, compareCalls } from '../days/compare.ts';
import { callsAmong, callsOf, rangeReader } from '../days/ranges.ts';
import type { State } from '../days/state.ts';
import { say } from '../lib/printable.ts';
import type { Spool } from '../lib/spool.ts';
import { counted } from '../lib/words.ts';
import { numberOf } from '../publish/manifest.ts';
import { wantedColumns } from '../source/header.ts';
import { type Listing, listCalls } from '../source/listing.ts';
import { lookUpCalls } from '../source/look-up.ts';
import { openSheets, type Sheets } from '../source/sheets.ts';
import { readWaiting, type Waiting } from '../source/waiting.ts';
import { collect } from '../store/ranges.ts';
import type { LookRun } from './context.ts';
import type { Hint } from './feed.ts';
import type { Opened } from './open.ts';

/** What is there of the input, as far as the run has looked. */
export interface Input {
  sheets: Sheets;
  /** Keys below the organization that are not of a call. */
  ignored: string[];
  /** What the pipeline says of calls that are not done: asked for by each run, as no feed tells of it. */
  waiting: Waiting | undefined;
  changes: Changes;
  /** Compares all of the input with a state once more, to choose other calls. */
  compare(base: State, choose: Choice): Promise<Changes>;
  /** When the listing began that all of it goes back to; ISO 8601. */
  listedAt: string;
  /** Whether everything was listed. */
  isWhole: boolean;
}

/** All of the input, listed, and compared with the state. */
export async function listInput(run: LookRun, { state }: Opened, spool: Spool): Promise<Input> {
  const { results, reports, org, log, tenant } = run;
  const last = state.ranges.map(({ from, counts }) => ({ from, calls: counts.entries }));
  const listing = await log.step(
    say`list`,
    () => listCalls(results, org, withMetadata(run), spool, last),
    ({ objects, calls }) => say`${counted(objects, 'object')} of ${counted(calls.length, 'call')}`,
  );
  const sheets = await openSheets({ results, org, listing, spool, log }, state.sheets, wantedColumns(tenant));
  const compare = (base: State, choose?: Choice) =>
    compareCalls({ listing, rows: sheets.rows, known: callsOf(rangeReader(reports, org), base.ranges) }, spool, choose);
  const { ignored } = listing;
  const waiting = await readWaiting(results, org);
  return { sheets, ignored, waiting, changes: await compare(state), compare, listedAt: run.listedAt, isWhole: true };
}

/**
 * What the change feed names of the input, looked up; all else is taken to be as the state knows it.
 * @returns undefined where the feed says nothing to this state, or names a call with a row: a sheet is not looked at by calls
 */
export async function lookUpInput(run: LookRun, opened: Opened, hint: Hint, spool: Spool): Promise<Input | undefined> {
  const { results, reports, org, log, tenant } = run;
  const { start, before, state } = opened;
  if (!before || !start.pointer || numberOf(start.pointer) !== hint.generation) return undefined;
  const sheetKeys = Object.keys(state.sheets);
  for (const id of hint.ids)
    if (sheetKeys.some((key) => Object.hasOwn(state.sheets[key]?.rows ?? {}, id))) return undefined;
  const calls = await log.step(
    say`look up`,
    () => lookUpCalls(results, org, withMetadata(run), hint.ids, spool),
    (found) => say`${counted(found.length, 'call')} of ${hint.ids.size} there`,
  );
  const listing: Listing = { calls, sheets: sheetsIn(state), ignored: state.ignored, objects: 0 };
  const sheets = await openSheets({ results, org, listing, spool, log }, state.sheets, wantedColumns(tenant));
  const known = await collect(callsAmong(rangeReader(reports, org), state.ranges, hint.ids));
  return {
    sheets,
    ignored: state.ignored,
    waiting: await readWaiting(results, org),
    changes: await compareCalls({ listing, rows: [], known: [known] }, spool),
    compare: async (base, choose) => (await listInput(run, opened, spool)).compare(base, choose),
    listedAt: hint.listedAt,
    isWhole: false,
  };
}

const withMetadata = ({ tenant }: LookRun): boolean => Object.keys(tenant.metadata).length > 0;

/** As a listing has them that finds nothing new. */
const sheetsIn = ({ sheets }: State): Listing['sheets'] =>
  new Map(Object.entries(sheets).map(([key, { etag, modified }]) => [key, { etag, size: 0, modified }]));
