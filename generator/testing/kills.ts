import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SCRATCH } from '../store/file-changes.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { s3Double } from '../store/testing/s3-double.ts';
import { type Snapshot, snapshotOf, storeOf } from './copies.ts';
import { afterErase, afterRun, type EraseMoment } from './erase-crashes.ts';
import { builtWorld, CANARY, deleteUpstream, eraseIt, filesHolding, freshSite, NUMBER } from './erased-call.ts';
import { checkAfterFault, checkHealing, type Moment } from './publish-faults.ts';

/** Where a run is killed: at which call of its reports store, before it is done or after. */
export interface Kill {
  call: number;
  when: 'before' | 'after';
}

const STORES = ['results', 'config', 'reports'] as const;
const RUN = new URL('./killed-run.ts', import.meta.url);
const ERASE = new URL('./killed-erase.ts', import.meta.url);

/** A place for the three stores of a moment, other than memory. */
interface Place extends AsyncDisposable {
  url(name: string): string;
}

/**
 * A run over folders, in a process that is killed by SIGKILL at one of its calls of the reports store.
 * @returns whether it lived so long that it was killed
 * @throws where readers see a torn site, or the next run does not make all well
 */
export async function surviveKill(moment: Moment, kill: Kill): Promise<boolean> {
  await using place = await folders();
  return await killIn(moment, place, [String(kill.call), kill.when]);
}

/** The same over the double of S3, with the real client; `call` is that of the request, and the server kills. */
export async function surviveKillOverS3(moment: Moment, { call, when }: Kill): Promise<boolean> {
  await using double = await s3Double();
  const place: Place = { url: (name) => double.url(name), [Symbol.asyncDispose]: async () => {} };
  let requests = 0;
  return await killIn(moment, place, [], (pid) => {
    const isMeant = ({ key, query }: { key: string; query: URLSearchParams }) =>
      `${key}${query.get('prefix') ?? ''}`.startsWith('reports/') && ++requests === call;
    const die = () => void process.kill(pid, 'SIGKILL');
    double.faults.push({
      when: isMeant,
      kind: when === 'before' ? 'reset' : 'lost',
      [when === 'before' ? 'change' : 'done']: die,
    });
  });
}

/**
 * `erase` over folders, killed likewise.
 * @param kill `call` may also be the key that is written
 * @returns whether it lived so long that it was killed, and what is wrong after the next `erase`, and after the next run in its place
 */
export async function killErase(
  moment: EraseMoment,
  { call, when }: { call: number | string; when: Kill['when'] },
): Promise<{ killed: boolean; wrong: string[] }> {
  await using place = await folders();
  const urls = STORES.map((name) => place.url(name));
  const [results, config, reports] = (await Promise.all(
    STORES.map(async (name) =>
      fill(openStore(place.url(name)), name === 'reports' ? moment.reports : await snapshotOf(moment.world[name])),
    ),
  )) as [Store, Store, Store];
  const signal = await ended(ERASE, [...urls, String(call), when], 'erased');
  // Folders know other times than memory does, and pages tell of them.
  const world = { ...moment.world, results, config };
  const next = { ...moment, world, wanted: await freshSite(world) };
  const inPlace = await afterRun(next, await storeOf(await snapshotOf(reports), { time: 0 }));
  // Opened anew, as by the next process: before its first change a folder's store takes away what others have left.
  const wrong = await afterErase(next, openStore(place.url('reports')));
  // Also what a writer has left beside the objects.
  const files = await filesHolding(fileURLToPath(place.url('reports')), [CANARY, NUMBER]);
  return {
    killed: signal === 'SIGKILL',
    wrong: [...inPlace, ...wrong, ...files.map((file) => `left in the file ${file}`)],
  };
}

/**
 * `erase` over a folder that holds nothing of the call any more but what a writer that was killed has left beside the objects.
 * @returns how it ended, and the files that still hold something of it
 */
export async function eraseBesideScratch(): Promise<{ state: string; left: string[] }> {
  await using place = await folders();
  const world = await builtWorld();
  await deleteUpstream(world);
  await eraseIt(world);
  await fill(openStore(place.url('reports')), await snapshotOf(world.reports));
  const root = fileURLToPath(place.url('reports'));
  await writeFile(join(root, SCRATCH, '0'.repeat(24)), `${CANARY} ${NUMBER}`);
  const { state } = await eraseIt({ ...world, reports: openStore(place.url('reports')) });
  return { state, left: await filesHolding(root, [CANARY, NUMBER]) };
}

async function killIn(moment: Moment, place: Place, args: string[], started: (pid: number) => void = () => {}) {
  const stores = await Promise.all(
    STORES.map(async (name) => {
      const objects = name === 'reports' ? moment.before : await snapshotOf(moment.world[name]);
      return fill(openStore(place.url(name)), objects);
    }),
  );
  const [results, config, reports] = stores as [Store, Store, Store];
  // Folders know when they were written by the real clock, and buckets by that of the double.
  const clock = { time: Math.max(Date.now(), Date.parse('2027-01-01')) };
  const urls = STORES.map((name) => place.url(name));
  const signal = await ended(RUN, [...urls, String(clock.time), ...args], 'none', started);
  const world = { ...moment.world, results, config, now: () => new Date(clock.time) };
  await checkAfterFault(moment, reports, new Error('killed'));
  await checkHealing({ ...moment, world, clock }, reports);
  return signal === 'SIGKILL';
}

async function fill(store: Store, objects: Snapshot): Promise<Store> {
  for (const { key, body } of objects) await store.put(key, body);
  return store;
}

async function folders(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'cci-kills-'));
  return {
    url: (name) => pathToFileURL(join(folder, name)).href,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * @param last what it says where it lives to its end
 * @returns the signal that ended the process
 */
function ended(
  script: URL,
  args: string[],
  last: string,
  started: (pid: number) => void = () => {},
): Promise<NodeJS.Signals | null> {
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  if (child.pid !== undefined) started(child.pid);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      if (status !== null && (status !== 0 || said !== last))
        reject(new Error(`the run ended with ${status}: ${said}`));
      else resolve(signal);
    });
  });
}
