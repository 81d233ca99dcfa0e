import { openDayFiles } from './days/files.ts';
import { emptyState, encodeState, fingerprintOf } from './days/state.ts';
import { updateDays } from './days/update.ts';
import type { Log } from './lib/console.ts';
import { UserError } from './lib/errors.ts';
import { maskError } from './lib/mask-error.ts';
import { type Printable, printable, say } from './lib/printable.ts';
import { openSpool } from './lib/spool.ts';
import { counted } from './lib/words.ts';
import { maskMessages } from './masking/names.ts';
import { maskWith } from './normalize/mask.ts';
import { hasCalls, lostObjects, openPreviousBuild, pagesGone } from './previous-build.ts';
import { openBlobs } from './publish/blobs.ts';
import { openGuard, probePrefix, type WriteGuard } from './publish/guard.ts';
import { openStart, publish } from './publish/publish.ts';
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
  /** Publish a site without calls where there were some: only where somebody has named the organization. */
  mayEmpty?: boolean;
  /** Publish even where nothing has changed, because somebody erases a call. */
  erasing?: {
    /** Paths that its page has or had: what is lost with it is no loss. */
    paths: readonly string[];
    /** No older build may show it again. */
    dropOlder: boolean;
  };
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
  /** Calls read in this run, and calls gone. */
  read: number;
  deleted: number;
  /** Pages and files made in this run. */
  rendered: number;
}

/**
 * The story of one organization's build. Whatever fails before the switch of the pointer leaves the old site as it was.
 * @param tidy whether the last run is known to have ended well: only then may a run with nothing to do end early
 * @throws {UserError} for a wrong configuration, {Overtaken} where another run published meanwhile
 */
export async function buildSite(context: BuildContext, org: string, tidy: boolean): Promise<BuildResult> {
  const listedAt = context.now().toISOString();
  const read = await readConfig(context.config, org, context.maskingKey !== undefined);
  if (!read.config.masking) return buildRead(context, org, tidy, listedAt, read);
  const { results, config, reports, log } = context;
  const mask = maskMessages([org, ...[results, config, reports].map(({ url }) => url)]);
  try {
    const masked = { ...context, log: { ...log, say: (text: Printable) => log.say(printable(mask(text))) } };
    return await buildRead(masked, org, tidy, listedAt, read);
  } catch (error) {
    throw maskError(error, mask);
  }
}

/** From the listing to the published site; whatever it says may name a call. */
async function buildRead(
  context: BuildContext,
  org: string,
  tidy: boolean,
  listedAt: string,
  read: ConfigRead,
): Promise<BuildResult> {
  const { reports, log, renderer, guard = openGuard(reports) } = context;
  const { config } = read;
  const fingerprint = fingerprintOf(context.codeVersion, read.hash, config.masking ? context.maskingKey : undefined);
  const start = await openStart(reports, org);
  const { pointer } = start;
  const before = await log.step(
    say`open`,
    async () => (pointer && !context.force ? openPreviousBuild(reports, org, pointer, fingerprint) : undefined),
    (opened) => (opened && pointer ? say`build ${pointer.generation}` : say`no earlier build, so everything is built`),
  );

  const state = before ? before.state : emptyState(fingerprint);
  const known = new Map(Object.entries(state.calls).map(([id, { etags }]) => [id, etags]));
  const listing = await log.step(
    say`list`,
    () => listCalls(context.results, org, Object.keys(config.metadata).length > 0, known),
    ({ objects, calls }) => say`${counted(objects, 'object')} of ${counted(calls.size, 'call')}`,
  );
  keepModified(listing, state.calls);
  const hasInput = listing.calls.size > 0 || listing.sheets.size > 0;
  if (!hasInput && !context.mayEmpty && pointer && (await hasCalls(reports, org, pointer, context.erasing?.paths))) {
    throw new UserError([
      say`${context.results.url} holds no call of ${org}, but its site has some, so the site stays as it was. Check --results. If all its calls were really erased, name it with --org ${org}.`,
    ]);
  }
  await using spool = await openSpool();
  const source = { results: context.results, org, listing, spool, log };
  const sheets = await openSheets(source, state.sheets, wantedColumns(config));
  const changes = compareListing(listing, known);
  const idle =
    changes.changed.length === 0 &&
    changes.deleted.length === 0 &&
    !sheets.changed &&
    same(listing.ignored, state.ignored);
  if (idle && before && pointer && tidy && !context.erasing) {
    const { generation, publishedAt } = pointer;
    const { trust, troubles } = reportOf(org, state, config);
    const { read: calls, refused } = trust;
    return {
      listedAt,
      published: false,
      generation,
      publishedAt,
      calls,
      refused,
      troubles,
      read: 0,
      deleted: 0,
      rendered: 0,
    };
  }

  const mask =
    config.masking && context.maskingKey ? maskWith(context.maskingKey, org, config.agentDomains) : undefined;
  const calls = { ...source, rowOf: sheets.rowOf, config, mask };
  const fresh = await readCalls(calls, changes.changed);
  const blobs = openBlobs(reports, org, start.generation, before ? Object.values(before.manifest.files) : []);
  const days = openDayFiles(reports, org, state, spool);
  const next = await log.step(
    say`count`,
    () =>
      updateDays(
        state,
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
      before: before?.manifest,
    },
    { blobs, renderer, pool: context.pool ?? inThisThread(renderer), log },
  );
  // Where the old state cannot be compared with, the old pages tell what is gone.
  const deleted = before || !pointer ? changes.deleted.length : await pagesGone(reports, org, pointer, site.manifest);
  const published = await log.step(
    say`publish`,
    async () =>
      publish(reports, org, {
        manifest: site.manifest,
        state: await blobs.put(await encodeState(next.state)),
        stateBlobs: Object.values(next.state.days).map(({ blob }) => blob),
        over: start,
        // Where the old state cannot be compared with, nobody knows what was deleted.
        dropOlder: !before || context.erasing?.dropOlder === true || lostObjects(state, next.state),
        keeps: await guard(probePrefix(org, start.generation), log),
        publishedAt: context.now().toISOString(),
      }),
    ({ generation }) => say`build ${generation}, ${counted(blobs.written, 'object')} written`,
  );
  return {
    listedAt,
    published: true,
    generation: published.generation,
    publishedAt: published.publishedAt,
    calls: report.trust.read,
    refused: report.trust.refused,
    troubles: report.troubles,
    unreadColumns: report.sheetColumns,
    missingColumns: report.missingColumns,
    read: fresh.size,
    deleted,
    rendered: site.rendered,
  };
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
