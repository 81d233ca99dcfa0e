import pMap from 'p-map';
import type { DayReader } from '../days/files.ts';
import type { PartyReader } from '../days/parties.ts';
import type { State } from '../days/state.ts';
import type { StateFiles } from '../days/state-files.ts';
import type { ReadCall } from '../days/update.ts';
import { batchesOf } from '../lib/batches.ts';
import { encodeText, shortHash, stableJson } from '../lib/bytes.ts';
import type { Log, Progress } from '../lib/console.ts';
import { allDone } from '../lib/map-concurrent.ts';
import { callPath } from '../lib/paths.ts';
import { type Pool, WORTH_THREADS } from '../lib/pool.ts';
import { say } from '../lib/printable.ts';
import type { Spool } from '../lib/spool.ts';
import type { SpooledList } from '../lib/spooled.ts';
import { counted } from '../lib/words.ts';
import { pack } from '../publish/blobs.ts';
import type { Draft } from '../publish/draft.ts';
import type { SiteFile, StateAt } from '../publish/manifest.ts';
import { overviewFiles, overviewPages } from '../report/pages.ts';
import { callFrame, type Report } from '../report/report.ts';
import { JSON_TYPE } from '../report/search/segment-files.ts';
import type { Notes } from '../report/tell.ts';
import { type CallJob, HTML, inputOf, type MadePage } from './call-pages.ts';
import { callFiles, countFiles, type DataFile } from './months.ts';
import { orderFiles } from './order-files.ts';
import { openPageMaker } from './page-maker.ts';
import type { Renderer } from './renderer.ts';
import { makeSearch } from './search.ts';

/** What a site is made from. */
export interface SiteInput {
  report: Report;
  state: State;
  readDay: DayReader;
  readParties: PartyReader;
  stateFiles: StateFiles;
  notes: Notes;
  /** Calls whose page is made in this run, or is no more. */
  calls: readonly SpooledList<ReadCall>[];
  /** Where their records are. */
  spool: Spool;
  logo?: Uint8Array;
}

interface Tools {
  /** Takes the files. */
  files: Draft;
  renderer: Renderer;
  /** Absent: all pages are made in this thread. */
  pool: Pool | undefined;
  log: Log;
}

const CSS = 'text/css; charset=utf-8';
const LOGO_TYPES: { [ending: string]: string } = {
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  jpg: 'image/jpeg',
};
/** Call pages that are rendered together, and the bytes of records from which on a batch is full. */
const BATCH_CALLS = 20;
const BATCH_BYTES = 2 * 1024 * 1024;
/** Files made at once: while one is compressed in another thread, the next is rendered. */
const FILES_AT_ONCE = 4;

/**
 * Make every file whose input has changed, and take the others from the build before.
 * @returns how many were made, and where lies what is remembered of the segments of the search
 */
export async function renderSite(input: SiteInput, tools: Tools): Promise<{ rendered: number; segments: StateAt }> {
  const { files, renderer, log } = tools;
  let rendered = 0;
  let all = input.report.trust.read;
  const make = async (path: string, type: string, inputHash: string, bytes: () => Promise<Uint8Array>) => {
    all++;
    const known = await files.published(path);
    if (known?.input === inputHash) return files.keep(path, known);
    await files.put(path, await pack(await bytes(), type), inputHash);
    rendered++;
  };
  const makeJson = async (path: string, value: unknown) => {
    const bytes = encodeText(stableJson(value));
    await make(path, JSON_TYPE, shortHash(bytes), async () => bytes);
  };
  const makeFile = ({ path, input: inputHash, value }: DataFile) =>
    make(path, JSON_TYPE, inputHash, async () => encodeText(stableJson(await value())));
  async function makeOthers(): Promise<StateAt> {
    await pMap(
      overviewPages(input.report, input.state, input.notes, input.readDay, input.readParties),
      (view) => make(view.path, HTML, inputOf(renderer, view), async () => encodeText(await renderer.render(view))),
      { concurrency: FILES_AT_ONCE },
    );
    for (const [path, value] of overviewFiles(input.report, input.state, input.notes)) await makeJson(path, value);
    for (const file of countFiles(input.state, input.report.days)) await makeFile(file);
    const orders = orderFiles(input.state, input.report.days, input.readDay, input.readParties);
    await pMap(orders, makeFile, { concurrency: FILES_AT_ONCE });
    for (const file of callFiles(input.state, input.readDay)) await makeFile(file);
    const { accent } = input.report.config.brand;
    await make('/brand.css', CSS, shortHash(JSON.stringify([input.state.fingerprint, accent])), async () => {
      // Its library of colours has more files than the rest of a build.
      const { brandCss } = await import('../report/brand.ts');
      return encodeText(brandCss(accent));
    });
    const { logo } = input;
    const logoPath = input.report.site.logo;
    if (logo && logoPath)
      await make(logoPath, LOGO_TYPES[logoPath.split('.').at(-1) ?? ''] ?? '', shortHash(logo), async () => logo);
    return makeSearch(input, files, make);
  }
  const segments = await log.step(
    say`render`,
    async (progress) => {
      // Threads make the pages of calls, and this one makes all else meanwhile.
      const [made, at] = await allDone(makeCalls(input, tools, progress), makeOthers());
      rendered += made;
      return at;
    },
    () => say`${rendered} of ${counted(all, 'file')} made`,
    'calls',
  );
  return { rendered, segments };
}

/** The pages of calls: those read in this run are made, the others are as published. @returns how many were made */
async function makeCalls(input: SiteInput, tools: Tools, progress: Progress): Promise<number> {
  const { report, calls, spool } = input;
  const { files } = tools;
  for (const list of calls)
    for await (const { id, before: known } of list)
      if (known?.kind === 'call') await files.remove(callPath({ id, alias: known.alias }));
  const total = calls.reduce((sum, { length }) => sum + length, 0);
  const maker = openPageMaker(tools.renderer, total < WORTH_THREADS ? undefined : tools.pool);
  const frame = callFrame(report);
  let made = 0;
  let done = 0;
  await pMap(
    batchesOf(jobsOf(calls, files), { most: BATCH_CALLS, bytes: BATCH_BYTES, bytesOf: sizeOf }),
    async (batch) => {
      const pages = await maker.make({
        version: tools.renderer.version,
        fd: spool.fd,
        frame,
        jobs: batch.map(({ line, turns, published }) => ({ line, turns, published })),
      });
      await Promise.all(
        batch.map(async ({ path }, i) => {
          const { input: inputHash, packed, recording } = pages[i] as MadePage;
          if (!packed) return files.keep(path, (await files.published(path)) as SiteFile);
          made++;
          await files.put(path, packed, inputHash, recording);
        }),
      );
      done += batch.length;
      progress(done, total);
    },
    // While as many are written, for which threads would else wait.
    { concurrency: 2 * maker.width },
  );
  return made;
}

type PageJob = CallJob & { path: string };

const sizeOf = ({ line, turns }: PageJob): number => line.length + turns.length;

async function* jobsOf(calls: SiteInput['calls'], files: Draft): AsyncGenerator<PageJob> {
  for (const list of calls) {
    for await (const { id, known, line, turns } of list) {
      if (!line || !turns) continue;
      const path = callPath({ id, alias: known?.alias });
      yield { path, line, turns, published: (await files.published(path))?.input };
    }
  }
}
