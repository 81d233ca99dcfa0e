import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { decodeText } from '../../lib/bytes.ts';
import { fileStore } from '../../store/file.ts';
import { everything } from '../../store/testing/watched.ts';
import { snapshotOf, storeOf } from '../../testing/copies.ts';
import { runOrganization } from '../run.ts';
import type { World } from '../world.ts';
import { plainOf } from './schedules.ts';
import { START, spoken, testWorld } from './world.ts';

const RUN = fileURLToPath(new URL('./killed-run.ts', import.meta.url));
const SIGNAL = new AbortController().signal;
const has = [spoken('a')];

/**
 * Tries runs over a folder, each in a process that is killed by SIGKILL, and the next runs in their place.
 * The process starts from one file, made here once: it is loaded in half the time of a hundred sources.
 * @param kill is given a trial: it resolves to whether the run lived so long that it was killed, and to what is wrong afterwards
 */
export async function withKills<T>(kill: (trial: Trial) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cci-pipeline-'));
  try {
    const outfile = join(folder, 'killed-run.mjs');
    await build({ entryPoints: [RUN], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
    return await kill((times) => surviveKill(outfile, join(folder, String(times)), times));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param times that the run writes, removes or asks an engine before it is killed */
type Trial = (times: number) => Promise<{ killed: boolean; wrong: string[] }>;

async function surviveKill(run: string, folder: string, times: number): ReturnType<Trial> {
  await mkdir(folder);
  const child = spawn(process.execPath, [run, folder, String(times)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(run), 'compiled') },
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  const failed = signal === 'SIGKILL' || code === 0 ? [] : [`the run ended with ${signal ?? code}`];
  const wrong = [...failed, ...(await wrongIn(folder))];
  await rm(folder, { recursive: true });
  return { killed: signal === 'SIGKILL', wrong };
}

/** What is left of a run is looked at in memory: each change of a folder waits for the disk. */
async function wrongIn(folder: string): Promise<string[]> {
  const left = async (name: string) =>
    storeOf(await snapshotOf(fileStore(pathToFileURL(join(folder, name)).href)), { time: START });
  const [input, results] = [await left('input'), await left('results')];
  const asked = (await readFile(join(folder, 'asked'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const world = testWorld({ has, stores: { input, results }, asked, clock: { time: START } });
  for (let hours = 0; hours < 2; hours++) {
    world.clock.time += 60 * 60_000;
    await runOrganization(world, SIGNAL);
  }
  return wrongAfter(world);
}

async function wrongAfter({ asked, stores }: ReturnType<typeof testWorld>): Promise<string[]> {
  calm ??= endOfCalmRun();
  const [is, should] = [await endOf(stores), await calm];
  const wrong = [...should.keys()].filter((key) => is.get(key) !== should.get(key)).map((key) => `${key} differs`);
  const twice = asked.filter((what, i) => asked.indexOf(what) !== i);
  // One death, and so one answer at the most that came back to nobody.
  return [...wrong, ...twice.slice(1).map((what) => `paid for once more: ${what}`)];
}

let calm: ReturnType<typeof endOf> | undefined;
async function endOfCalmRun(): ReturnType<typeof endOf> {
  const world = testWorld({ has });
  await runOrganization(world, SIGNAL);
  return endOf(world.stores);
}

/** What was taken, and what the report reads. */
async function endOf({ input, results }: World['stores']): Promise<Map<string, string>> {
  const taken = [...(await everything(input))].map(([key, body]): [string, string] => [key, decodeText(body)]);
  return new Map([...taken, ...(await plainOf(results))]);
}
