import { openDayFiles } from './days/files.ts';
import { emptyState, encodeState, fingerprintOf, type KnownCall, type State } from './days/state.ts';
import { type ReadCall, updateDays } from './days/update.ts';
import type { Log } from './lib/console.ts';
import { maskError } from './lib/mask-error.ts';
import { type Printable, printable, say } from './lib/printable.ts';
import { openSpool } from './lib/spool.ts';
import { counted } from './lib/words.ts';
import { lossOf, refuseLoss } from './loss.ts';
import { maskMessages } from './masking/names.ts';
import { maskWith } from './normalize/mask.ts';
import {
  damagedOf,
  lostObjects,
  newestState,
  openedText,
  openLastBuild,
  usableBuild,
  withoutDamaged,
} from './previous-build.ts';
import { openBlobs } from './publish/blobs.ts';
import { tidyUp } from './publish/clean-up.ts';
import { openGuard, probePrefix, type WriteGuard } from './publish/guard.ts';
import { damagedSample } from './publish/inspect.ts';
import { KEPT_BUILDS } from './publish/kept.ts';
import { numberOf } from './publish/manifest.ts';
import { readMarks } from './publish/marks.ts';
import { publish } from './publish/publish.ts';
import { openStart } from './publish/start.ts';
import type { Trouble } from './publish/status.ts';
import { readCalls } from './read-calls.ts';
import { inThisThread, type Pool } from './render/pool.ts';
import { changedContext, renderSite } from './render/render-site.ts';
import type { Renderer } from './render/renderer.ts';
import { reportOf } from './report/report.ts';
import type { MissingColumn, SheetColumns } from './report/sheet-columns.ts';
import { wantedColumns } from './source/header.ts';
import { compareListing, keepModified, listCalls } from './source/listing.ts';
import { type ConfigRead, readConfig } from './source/read-config.ts';
import { openSheets } from './source/sheets.ts';
import type { Store } from './store/store.ts';

/** What a build of one organization needs of the world. */
export interface BuildContext {
  results: Store;
  config: Store;
  reports: Store;
  renderer: Renderer;
  log: Log;
  /** Shared by the builds of one run; absent: one of its own. */
  guard?: WriteGuard;
  /** The clock, for what is said about the build; nothing of it is in any page. */
  now: () => Date;
  maskingKey?: string;
  /** Of the code that runs; state of another version is not used. */
  codeVersion: string;
  /** Build everything again from the input. */
  force?: boolean;
  /** Publish also where more than half of the site's calls would go: only where somebody has said so. */
  acceptLoss?: boolean;
  /** Publish even where nothing has changed, because somebody erases a call. */
  erasing?: {
    /** Paths that its page has or had: what is lost with it is no loss. */
    paths: readonly string[];
    /** No older build may show it again. */
    dropOlder: boolean;
  };
  /** Most older builds that are kept where nothing was deleted; 7 by default. */
  keepBuilds?: number;
  /** A time that the reports store's clock has reached, in milliseconds since the epoch, where one is known. */
  storeTime?: number;
  /** Makes many call pages at once; absent: this thread does. */
  pool?: Pool;
}

export interface BuildResult {
  /** When the listing began: what the site covers. */
  listedAt: string;
  published: boolean;
  generation: number;
  publishedAt: string;
  calls: number;
  refused: number;
  /** What is wrong with much of the input. */
  troubles: Trouble[];
  /** Of sheets; only of a build that published. */
  unreadColumns?: SheetColumns[];
  missingColumns?: MissingColumn[];
  /** Calls read in this run, and calls of the site before that are gone. */
  read: number;
  deleted: number;
  /** Pages and files made in this run. */
  rendered: number;
  /** Objects of the site before that were missing or damaged, and have been made again. */
  repaired: number;
}

/**
 * The story of one organization's build. Whatever fails before the switch of the pointer leaves the old site as it was.
 * @throws {UserError} for a wrong configuration, {Overtaken} where another run published meanwhile
 */
export async function buildSite(context: BuildContext, org: string): Promise<BuildResult> {
  const listedAt = context.now().toISOString();
  const read = await readConfig(context.config, org, context.maskingKey !== undefined);
  if (!read.config.masking) return buildRead(context, org, listedAt, read);
  const { results, config, reports, log } = context;
  // Messages of a store name it without the options of its URL.
  const mask = maskMessages([org, ...[results, config, reports].flatMap(({ url }) => [url, url.split('?')[0] ?? url])]);
  try {
    const masked = { ...context, log: { ...log, say: (text: Printable) => log.say(printable(mask(text))) } };
    return await buildRead(masked, org, listedAt, read);
  } catch (error) {
    throw maskError(error, mask);
  }
}

/** From the listing to the published site; whatever it says may name a call. */
async function buildRead(context: BuildContext, org: string, listedAt: string, read: ConfigRead): Promise<BuildResult> {
  const { reports, log, renderer, guard = openGuard(reports) } = context;
  const { config } = read;
  const fingerprint = fingerprintOf(context.codeVersion, read.hash, config.masking ? context.maskingKey : undefined);
  const start = await openStart(reports, org);
  const { pointer } = start;
  const last = await log.step(
    say`open`,
    () => openLastBuild(reports, org, start),
    (opened) => openedText(start, opened, fingerprint, context.force),
  );
  const comparable = usableBuild(last, fingerprint);
  const before = context.force ? undefined : comparable;
  const state = before ? before.state : emptyState(fingerprint);
  const known = new Map(Object.entries(state.calls).map(([id, { etags }]) => [id, etags]));
  const listing = await log.step(
    say`list`,
    () => listCalls(context.results, org, Object.keys(config.metadata).length > 0, known),
    ({ objects, calls }) => say`${counted(objects, 'object')} of ${counted(calls.size, 'call')}`,
  );
  keepModified(listing, state.calls);
  await using spool = await openSpool();
  const source = { results: context.results, org, listing, spool, log };
  const sheets = await openSheets(source, state.sheets, wantedColumns(config));
  const changes = compareListing(listing, known);
  const hasNews =
    changes.changed.length > 0 || changes.deleted.length > 0 || sheets.changed || !same(listing.ignored, state.ignored);
  const probe = () => guard(probePrefix(org, start.generation), log);
  const newest = await newestState(reports, org, start, comparable?.state);
  const marked = await readMarks(reports, org, start.lies);
  const damaged = before ? damagedOf(before, start.lies, marked) : new Set<string>();
  if (before && !hasNews && damaged.size === 0)
    for (const blob of await damagedSample(reports, org, before.manifest, listedAt)) damaged.add(blob);
  if (before && pointer && start.etag !== undefined && !hasNews && damaged.size === 0 && !context.erasing) {
    // After a rollback the newest build may show what is gone from the input by now.
    const mayKeep = newest !== undefined && !lostObjects(newest, state);
    const removed = await tidyUp(reports, org, {
      start: { ...start, pointer, etag: start.etag },
      manifest: before.manifest,
      stateBlobs: [pointer.state.blob, ...Object.values(state.days).map(({ blob }) => blob)],
      damaged: marked,
      kept: mayKeep ? pointer.kept.slice(0, context.keepBuilds ?? KEPT_BUILDS) : [],
      storeTime: context.storeTime,
      keeps: probe,
    });
    if (removed > 0) log.say(say`removed ${counted(removed, 'object')} that no build needs`);
    const { trust, troubles } = reportOf(org, state, config);
    return {
      listedAt,
      published: false,
      generation: numberOf(pointer),
      publishedAt: pointer.publishedAt,
      calls: trust.read,
      refused: trust.refused,
      troubles,
      read: 0,
      deleted: 0,
      rendered: 0,
      repaired: 0,
    };
  }

  const whole = before && withoutDamaged(before, damaged);
  if (damaged.size > 0)
    log.say(say`${counted(damaged.size, 'object')} missing or damaged; building what was in them again`);
  const wanted = new Set([...changes.changed, ...(whole?.again ?? []).filter((id) => listing.calls.has(id))]);
  const mask =
    config.masking && context.maskingKey ? maskWith(context.maskingKey, org, config.agentDomains) : undefined;
  const calls = { ...source, rowOf: sheets.rowOf, config, mask };
  const fresh = await readCalls(calls, [...wanted]);
  const loss = lossOf(last, callsAfter(state, changes.deleted, fresh), context.erasing?.paths);
  if (!context.acceptLoss) refuseLoss(loss, org, { results: context.results.url, config: context.config.url });

  const blobs = openBlobs(
    reports,
    org,
    start.generation,
    whole ? Object.values(whole.manifest.files) : [],
    async () => (await probe()).createOnly,
  );
  const base = whole?.state ?? state;
  const days = openDayFiles(reports, org, base, spool);
  const next = await log.step(
    say`count`,
    () =>
      updateDays(
        base,
        { read: fresh.values(), deleted: changes.deleted, sheets: sheets.known, ignored: listing.ignored },
        days,
        spool,
        config,
        blobs,
      ),
    ({ written, state: { days: all } }) => say`${written.length} of ${counted(Object.keys(all).length, 'day')}`,
  );
  const report = reportOf(org, next.state, config);

  // A call's page holds little that other calls decide; where that has changed, the call is read again for its transcript.
  const also = await changedContext(before ? reportOf(org, state, config) : undefined, report, days.read);
  for (const [id, call] of await readCalls(
    calls,
    [...also].filter((id) => !fresh.has(id)),
  ))
    fresh.set(id, call);

  const site = await renderSite(
    {
      org,
      report,
      state: next.state,
      readDay: days.read,
      fresh,
      spool,
      logo: read.logo,
      before: whole?.manifest,
    },
    { blobs, renderer, pool: context.pool ?? inThisThread(renderer), log },
  );
  const mayKeep =
    !context.erasing?.dropOlder &&
    newest !== undefined &&
    !lostObjects(newest, next.state) &&
    comparable &&
    !lostObjects(comparable.state, next.state);
  const published = await log.step(
    say`publish`,
    async () =>
      publish(reports, org, {
        manifest: site.manifest,
        state: await blobs.put(await encodeState(next.state)),
        stateBlobs: Object.values(next.state.days).map(({ blob }) => blob),
        calls: report.trust.read,
        written: blobs.written,
        over: start,
        // Where the old state cannot be compared with, nobody knows what was deleted.
        before: mayKeep ? comparable.manifest : undefined,
        damaged: new Set([...damaged, ...marked]),
        keepBuilds: context.keepBuilds,
        keeps: await probe(),
        publishedAt: context.now().toISOString(),
      }),
    (pointer) => say`build ${numberOf(pointer)}, ${counted(blobs.written.size, 'object')} written`,
  );
  return {
    listedAt,
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

/** The calls that the new build will know, before any of it is written. */
function callsAfter(
  state: State,
  deleted: readonly string[],
  fresh: ReadonlyMap<string, ReadCall>,
): Map<string, KnownCall> {
  const calls = new Map(Object.entries(state.calls));
  for (const id of deleted) calls.delete(id);
  for (const [id, { known }] of fresh) calls.set(id, known);
  return calls;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
