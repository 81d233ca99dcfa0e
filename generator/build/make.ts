import { openDayFiles } from '../days/files.ts';
import { openParties } from '../days/parties.ts';
import type { State } from '../days/state.ts';
import { openStateFiles } from '../days/state-files.ts';
import { tellApart } from '../days/tell-apart.ts';
import { type ReadCall, type Tools, updateDays } from '../days/update.ts';
import { openRangeFiles } from '../days/write-ranges.ts';
import { WORTH_THREADS } from '../lib/pool.ts';
import { say } from '../lib/printable.ts';
import { type SpooledList, spooledList } from '../lib/spooled.ts';
import { counted } from '../lib/words.ts';
import { lossOf, refuseLoss } from '../loss.ts';
import { withoutDamaged } from '../previous-build.ts';
import { openBlobs } from '../publish/blobs.ts';
import { openDraft } from '../publish/draft.ts';
import { numberOf } from '../publish/manifest.ts';
import { type CallSource, readCalls } from '../read/read-calls.ts';
import { changedContext, seenOf } from '../render/changed-context.ts';
import { preparePageMaker } from '../render/page-maker.ts';
import { renderSite } from '../render/render-site.ts';
import { reportOf } from '../report/report.ts';
import { tell } from '../report/tell.ts';
import type { BuildResult, Run } from './context.ts';
import type { Found } from './look.ts';
import type { Opened } from './open.ts';
import { switchTo } from './switch.ts';

/**
 * Read what has changed, and build and publish the new site.
 * @throws {UserError} where more than half of the calls would go, {Overtaken} where another run published meanwhile, {Damaged} where
 * what should be used again cannot be read
 */
export async function make(run: Run, opened: Opened, found: Found): Promise<BuildResult> {
  const { reports, org, log } = run;
  const { start, before, state } = opened;
  const { spool, damaged } = found;
  if (damaged.size > 0)
    log.say(say`${counted(damaged.size, 'object')} missing or damaged; building what was in them again`);
  const whole = before && withoutDamaged(reports, before, damaged);
  const changes =
    whole && damaged.size > 0
      ? await found.compare(state, (id, isSame, known) => !isSame || whole.isAgain(id, known))
      : found.changes;
  const source = sourceOf(run, found);
  const calls = await readCalls(source, changes);
  if (changes.toRead >= WORTH_THREADS) preparePageMaker(run.renderer, run.pool);
  const loss = await lossOf(opened.last, { base: before?.state, calls }, run.erasing?.paths);
  if (!run.acceptLoss) refuseLoss(loss, org, { results: run.results.url, config: run.config.url });

  const blobs = openBlobs(reports, org, start.generation, async () => (await run.probe(start.generation)).createOnly);
  const files = openDraft(whole?.manifest.files, whole?.lost ?? new Set(), blobs, spool);
  const base = whole?.state ?? state;
  const days = openDayFiles(reports, org, base, spool);
  const stateFiles = openStateFiles(reports, org, spool, blobs);
  const updated = await count(run, found, base, calls, { days, stateFiles, spool, blobs });
  const { state: counts, counted: sums } = await tellApart(updated, base.months, stateFiles, days.read);
  const { told, ...notes } = await tell(counts, openRangeFiles(stateFiles).read, run.tenant);
  const report = reportOf(org, { ...counts, told }, sums, run.tenant);
  const next: State = { ...counts, told, seen: seenOf(report) };
  const other = await changedContext(before?.state.seen, next.seen, sums.cubes.keys(), days.read);
  const also = await readAgain(source, found, next, other, calls);

  const site = await renderSite(
    {
      report,
      state: next,
      notes,
      readDay: days.read,
      readParties: openParties(stateFiles.read, next.months),
      calls: [calls, also],
      spool,
      logo: run.logo,
    },
    { files, renderer: run.renderer, pool: run.pool, log },
  );
  const csp = whole?.manifest.csp ?? run.renderer.csp();
  const published = await switchTo(run, opened, found, { state: next, calls, files, csp, report, blobs });
  return {
    listedAt: found.listedAt,
    published: true,
    generation: numberOf(published),
    publishedAt: published.publishedAt,
    calls: report.trust.read,
    refused: report.trust.refused,
    troubles: report.troubles,
    unreadColumns: report.sheetColumns,
    missingColumns: report.missingColumns,
    ...(report.unknownTargets.length > 0 && { unknownTargets: report.unknownTargets }),
    read: changes.toRead + also.length,
    deleted: loss.gone,
    rendered: site.rendered,
    repaired: damaged.size,
  };
}

function sourceOf({ results, org, log, tenant, maskingKey, pool }: Run, { sheets, spool }: Found): CallSource {
  const masking = tenant.masking && maskingKey ? { key: maskingKey, org } : undefined;
  const terms = { config: tenant, ...(masking && { masking }) };
  return { results, org, spool, log, pool, rowOf: sheets.rowOf, terms };
}

/** The state after this run; what is told of it is still to come. */
async function count(
  { log, tenant }: Run,
  { ignored, sheets }: Found,
  base: State,
  calls: SpooledList<ReadCall>,
  tools: Tools,
): Promise<State> {
  const { state } = await log.step(
    say`count`,
    () => updateDays(base, { calls, sheets: sheets.known, ignored }, tools, tenant),
    ({ written, state: { days } }) => say`${written.length} of ${counted(Object.keys(days).length, 'day')}`,
  );
  return state;
}

/** A call's page holds little that other calls decide; where that has changed, the call is read again for its transcript. */
async function readAgain(
  source: CallSource,
  found: Found,
  state: State,
  also: Set<string>,
  calls: SpooledList<ReadCall>,
): Promise<SpooledList<ReadCall>> {
  if (also.size > 0) for await (const { id } of calls) also.delete(id);
  if (also.size === 0) return spooledList(source.spool);
  return readCalls(source, await found.compare(state, (id) => also.has(id)));
}
