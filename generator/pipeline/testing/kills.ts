import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openStore } from '../../store/open.ts';
import { snapshotOf, storeOf } from '../../testing/copies.ts';
import { runOrganization } from '../run.ts';
import { plainOf } from './schedules.ts';
import { START, spoken, testWorld } from './world.ts';

const RUN = fileURLToPath(new URL('./killed-run.ts', import.meta.url));
const SIGNAL = new AbortController().signal;
const has = [spoken('a')];

/**
 * Runs over folders, in a process that is killed by SIGKILL at one of the calls of the first, and the next runs in their place.
 * @param runs that are under way in it; each is some calls behind the one before
 * @returns whether it lived so long that it was killed, and what is wrong afterwards
 */
export async function surviveKill(
  call: number,
  when: 'before' | 'after',
  runs = 1,
): Promise<{ killed: boolean; wrong: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'cci-pipeline-'));
  try {
    const args = [RUN, folder, String(runs), String(call), when];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    const wrong: string[] = [];
    for (let run = 0; run < runs; run++) wrong.push(...(await wrongIn(join(folder, String(run)))));
    return { killed: signal === 'SIGKILL', wrong };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is left of a run is looked at in memory: each change of a folder waits for the disk. */
async function wrongIn(folder: string): Promise<string[]> {
  const left = async (name: string) =>
    storeOf(await snapshotOf(openStore(pathToFileURL(join(folder, name)).href)), { time: START });
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
  const calm = testWorld({ has });
  await runOrganization(calm, SIGNAL);
  const [is, should] = [await plainOf(stores.results), await plainOf(calm.stores.results)];
  const wrong = [...should.keys()].filter((key) => is.get(key) !== should.get(key)).map((key) => `${key} differs`);
  const twice = asked.filter((what, i) => asked.indexOf(what) !== i);
  // One death, and so one answer at the most that came back to nobody.
  return [...wrong, ...twice.slice(1).map((what) => `paid for once more: ${what}`)];
}
