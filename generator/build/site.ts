import { isDeepStrictEqual } from 'node:util';
import { openDayFiles } from '../days/files.ts';
import { openParties } from '../days/parties.ts';
import { arrivalsOf } from '../days/standstill.ts';
import type { State } from '../days/state.ts';
import { openStateFiles } from '../days/state-files.ts';
import { tellApart } from '../days/tell-apart.ts';
import { type ReadCall, type Tools, updateDays } from '../days/update.ts';
import { openRangeFiles } from '../days/write-ranges.ts';
import { Moved } from '../lib/errors.ts';
import { say } from '../lib/printable.ts';
import { type SpooledList, spooledList } from '../lib/spooled.ts';
import { counted } from '../lib/words.ts';
import type { Blobs } from '../publish/blobs.ts';
import type { Draft } from '../publish/draft.ts';
import { type CallSource, readCalls } from '../read/read-calls.ts';
import { changedContext, seenOf } from '../render/changed-context.ts';
import { renderSite } from '../render/render-site.ts';
import { reportOf } from '../report/report.ts';
import { tell } from '../report/tell.ts';
import type { BuildResult, Run } from './context.ts';
import type { Found } from './look.ts';
import { unfinishedOf } from './unchanged.ts';

/** What a site is made from. */
interface From {
  /** Over which the changes are counted. */
  base: State;
  /** What the pages of the build before have of their surroundings. */
  seen: State['seen'] | undefined;
  /** Read in this run. */
  calls: SpooledList<ReadCall>;
  source: CallSource;
  blobs: Blobs;
  /** Takes the files. */
  files: Draft;
}

/** A site whose files are made. */
interface MadeSite {
  state: State;
  /** Of the calls that it shows. */
  shown: Pick<
    BuildResult,
    'calls' | 'refused' | 'troubles' | 'arrivals' | 'unreadColumns' | 'missingColumns' | 'unknownRules' | 'unfinished'
  >;
  /** Calls read once more, for what other calls decide of their pages. */
  again: number;
  rendered: number;
}

/** Count what has come, and make every file that is another one now. @throws {Damaged}, {Moved} */
export async function makeSite(
  run: Run,
  found: Found,
  { base, seen, calls, source, blobs, files }: From,
): Promise<MadeSite> {
  const { reports, org, log } = run;
  const { spool } = found;
  const days = openDayFiles(reports, org, base, spool);
  const stateFiles = openStateFiles(reports, org, spool, blobs);
  const updated = await count(run, found, base, calls, { days, stateFiles, spool, blobs });
  const { state: counts, counted: sums } = await tellApart(updated, base.months, stateFiles, days.read);
  const { told: single, ...notes } = await tell(counts, openRangeFiles(stateFiles).read, run.tenant);
  const report = reportOf(org, { ...counts, told: single }, sums, run.tenant);
  const arrivals = arrivalsOf(report.days, run.tenant.timeZone);
  const told = { ...single, ...(arrivals && { arrivals }) };
  const next: State = { ...counts, told, seen: seenOf(report) };
  const other = await changedContext(seen, next.seen, sums.cubes.keys(), days.read);
  const also = await readAgain(source, found, next, other, calls);

  const { rendered, segments } = await renderSite(
    {
      report,
      state: next,
      notes,
      readDay: days.read,
      readParties: openParties(stateFiles.read, next.months),
      stateFiles,
      calls: [calls, also],
      spool,
      logo: run.logo,
    },
    { files, renderer: run.renderer, pool: run.pool, log },
  );
  const { trust, troubles, sheetColumns: unreadColumns, missingColumns, unknownRules } = report;
  const shown = {
    ...{ calls: trust.read, refused: trust.refused, troubles, unreadColumns, missingColumns },
    ...(arrivals && { arrivals }),
    ...(unknownRules.length > 0 && { unknownRules }),
    ...unfinishedOf(next),
  };
  return { state: { ...next, segments }, shown, again: also.length, rendered };
}

/** The state after this run; what is told of it is still to come. */
async function count(
  { log, tenant }: Run,
  { ignored, sheets, waiting }: Found,
  base: State,
  calls: SpooledList<ReadCall>,
  tools: Tools,
): Promise<State> {
  const { state } = await log.step(
    say`count`,
    () => updateDays(base, { calls, sheets: sheets.known, ignored, waiting }, tools, tenant),
    ({ written, state: { days } }) => say`${written.length} of ${counted(Object.keys(days).length, 'day')}`,
  );
  return state;
}

/**
 * A call's page holds little that other calls decide; where that has changed, the call is read again for its transcript.
 * @throws {Moved} where what is read is not what is counted: its page would say something else than all other pages
 */
async function readAgain(
  source: CallSource,
  found: Found,
  state: State,
  also: Set<string>,
  calls: SpooledList<ReadCall>,
): Promise<SpooledList<ReadCall>> {
  if (also.size > 0) for await (const { id } of calls) also.delete(id);
  if (also.size === 0) return spooledList(source.spool);
  const again = await readCalls(source, await found.compare(state, (id) => also.has(id)));
  let moved = 0;
  for await (const { before, known } of again) if (!isDeepStrictEqual(known?.etags, before?.etags)) moved++;
  if (moved > 0)
    throw new Moved([
      say`${counted(moved, 'call')} changed while the site was being made, so the old site stays. Run it again once the pipeline writes less.`,
    ]);
  return again;
}
