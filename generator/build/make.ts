import { type DayFiles, type DayReader, openDayFiles } from '../days/files.ts';
import { encodeState, type State } from '../days/state.ts';
import { type ReadCall, updateDays } from '../days/update.ts';
import { say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import { callsAfter, lossOf, refuseLoss } from '../loss.ts';
import { maskWith } from '../normalize/mask.ts';
import { lostObjects, type PreviousBuild, withoutDamaged } from '../previous-build.ts';
import { type Blobs, openBlobs } from '../publish/blobs.ts';
import { type Manifest, numberOf, type Pointer } from '../publish/manifest.ts';
import { publish } from '../publish/publish.ts';
import { type CallSource, readCalls } from '../read-calls.ts';
import { inThisThread } from '../render/pool.ts';
import { changedContext, renderSite } from '../render/render-site.ts';
import { type Report, reportOf } from '../report/report.ts';
import type { BuildResult, Run } from './context.ts';
import type { Found } from './look.ts';
import type { Opened } from './open.ts';

/**
 * Read what has changed, and build and publish the new site.
 * @throws {UserError} where more than half of the calls would go, {Overtaken} where another run published meanwhile
 */
export async function make(run: Run, opened: Opened, found: Found): Promise<BuildResult> {
  const { reports, org, log } = run;
  const { start, before, state } = opened;
  const { listing, changes, spool, damaged } = found;
  const whole = before && withoutDamaged(before, damaged);
  if (damaged.size > 0)
    log.say(say`${counted(damaged.size, 'object')} missing or damaged; building what was in them again`);
  const wanted = new Set([...changes.changed, ...(whole?.again ?? []).filter((id) => listing.calls.has(id))]);
  const source = sourceOf(run, found);
  const fresh = await readCalls(source, [...wanted]);
  const loss = lossOf(opened.last, callsAfter(state, changes.deleted, fresh), run.erasing?.paths);
  if (!run.acceptLoss) refuseLoss(loss, org, { results: run.results.url, config: run.config.url });

  const blobs = openBlobs(
    reports,
    org,
    start.generation,
    whole ? Object.values(whole.manifest.files) : [],
    async () => (await run.probe(start.generation)).createOnly,
  );
  const days = openDayFiles(reports, org, whole?.state ?? state, spool);
  const next = await count(run, found, whole?.state ?? state, fresh, days, blobs);
  const report = reportOf(org, next, run.tenant);
  await readAgain(source, before && reportOf(org, state, run.tenant), report, days.read, fresh);

  const site = await renderSite(
    { org, report, state: next, readDay: days.read, fresh, spool, logo: run.logo, before: whole?.manifest },
    { blobs, renderer: run.renderer, pool: run.pool ?? inThisThread(run.renderer), log },
  );
  const published = await switchTo(run, opened, found, { state: next, manifest: site.manifest, report, blobs });
  return {
    listedAt: run.listedAt,
    published: true,
    generation: numberOf(published),
    publishedAt: published.publishedAt,
    calls: report.trust.read,
    refused: report.trust.refused,
    troubles: report.troubles,
    unreadColumns: report.sheetColumns,
    missingColumns: report.missingColumns,
    read: fresh.size,
    deleted: loss.gone,
    rendered: site.rendered,
    repaired: damaged.size,
  };
}

function sourceOf({ results, org, log, tenant, maskingKey }: Run, { listing, sheets, spool }: Found): CallSource {
  const mask = tenant.masking && maskingKey ? maskWith(maskingKey, org, tenant.agentDomains) : undefined;
  return { results, org, listing, spool, log, rowOf: sheets.rowOf, config: tenant, mask };
}

/** The state after this run. */
async function count(
  { log, tenant }: Run,
  { listing, changes, sheets, spool }: Found,
  base: State,
  fresh: ReadonlyMap<string, ReadCall>,
  days: DayFiles,
  blobs: Blobs,
): Promise<State> {
  const read = { read: fresh.values(), deleted: changes.deleted, sheets: sheets.known, ignored: listing.ignored };
  const { state } = await log.step(
    say`count`,
    () => updateDays(base, read, days, spool, tenant, blobs),
    ({ written, state: { days: all } }) => say`${written.length} of ${counted(Object.keys(all).length, 'day')}`,
  );
  return state;
}

/** A call's page holds little that other calls decide; where that has changed, the call is read again for its transcript. */
async function readAgain(
  source: CallSource,
  before: Report | undefined,
  after: Report,
  readDay: DayReader,
  fresh: Map<string, ReadCall>,
): Promise<void> {
  const also = await changedContext(before, after, readDay);
  const unread = [...also].filter((id) => !fresh.has(id));
  for (const [id, call] of await readCalls(source, unread)) fresh.set(id, call);
}

/** What is to be current. */
interface Made {
  state: State;
  manifest: Manifest;
  report: Report;
  blobs: Blobs;
}

function switchTo(
  run: Run,
  { start, comparable }: Opened,
  { newest, marked, damaged }: Found,
  { state, manifest, report, blobs }: Made,
): Promise<Pointer> {
  const isKept = ({ state: older }: Pick<PreviousBuild, 'state'>) => !lostObjects(older, state);
  const mayKeep = !run.erasing?.dropOlder && newest !== undefined && isKept({ state: newest });
  return run.log.step(
    say`publish`,
    async () =>
      publish(run.reports, run.org, {
        manifest,
        state: await blobs.put(await encodeState(state)),
        stateBlobs: Object.values(state.days).map(({ blob }) => blob),
        calls: report.trust.read,
        written: blobs.written,
        over: start,
        // Where the old state cannot be compared with, nobody knows what was deleted.
        before: mayKeep && comparable && isKept(comparable) ? comparable.manifest : undefined,
        damaged: new Set([...damaged, ...marked]),
        keepBuilds: run.keepBuilds,
        keeps: await run.probe(start.generation),
        publishedAt: run.now().toISOString(),
      }),
    (pointer) => say`build ${numberOf(pointer)}, ${counted(blobs.written.size, 'object')} written`,
  );
}
