// A run of the pipeline over a folder, in a process of its own, which ends itself by SIGKILL once it has written, removed or asked an engine
// so many times: node killed-run.ts FOLDER TIMES. What it reads leaves nothing behind, so these are all the states that a death can leave.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileStore } from '../../store/file.ts';
import type { Store } from '../../store/store.ts';
import { killMe } from '../../testing/kill-me.ts';
import { runOrganization } from '../run.ts';
import { spoken, testWorld } from './world.ts';

const [folder = '', times = ''] = process.argv.slice(2);

let done = 0;
async function counted<T>(work: () => Promise<T>): Promise<T> {
  const value = await work();
  if (++done === Number(times)) killMe();
  return value;
}

function store(name: string): Store {
  const inner = fileStore(pathToFileURL(join(folder, name)).href);
  return {
    ...inner,
    put: (key, body, options) => counted(() => inner.put(key, body, options)),
    remove: (key) => counted(() => inner.remove(key)),
  };
}

const world = testWorld({
  has: [spoken('a')],
  stores: { input: store('input'), results: store('results') },
  around: counted,
  before: (what) => {
    if (/^(?:transcribe|score|evaluate)/.test(what)) appendFileSync(join(folder, 'asked'), `${what}\n`);
  },
});
await runOrganization(world, new AbortController().signal);
