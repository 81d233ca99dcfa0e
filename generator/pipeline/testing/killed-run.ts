// Runs of the pipeline in a process of its own, each over a folder of its own and some calls behind the one before, until the process ends
// itself by SIGKILL at one call of a store or an engine of the first: node killed-run.ts FOLDER RUNS CALL before|after
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from '../../store/open.ts';
import { killMe } from '../../testing/kill-me.ts';
import { runOrganization } from '../run.ts';
import { type Around, steppedStore } from './stepped.ts';
import { spoken, testWorld } from './world.ts';

/** Calls between the beginnings of two runs. */
const BEHIND = 15;

const [folder = '', runs = '', call = '', when] = process.argv.slice(2);

let calls = 0;
let begun = 0;
const ended: Promise<unknown>[] = [];
const first: Around = async (work) => {
  const isLast = ++calls === Number(call);
  if (calls > begun * BEHIND && begun < Number(runs)) begin();
  if (isLast && when === 'before') killMe();
  const value = await work();
  if (isLast) killMe();
  return value;
};

function begin(): void {
  const run = begun++;
  const own = join(folder, String(run));
  mkdirSync(own);
  const around: Around = run === 0 ? first : (work) => work();
  const store = (name: string) => steppedStore(openStore(pathToFileURL(join(own, name)).href), around);
  const world = testWorld({
    has: [spoken('a')],
    stores: { input: store('input'), results: store('results') },
    around,
    before: (what) => {
      if (/^(?:transcribe|score|evaluate)/.test(what)) appendFileSync(join(own, 'asked'), `${what}\n`);
    },
  });
  ended.push(runOrganization(world, new AbortController().signal));
}

begin();
for (const run of ended) await run;
