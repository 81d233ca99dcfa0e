import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { silentLog } from '../../../generator/lib/console.ts';
import { openRenderer } from '../../../generator/render/renderer.ts';
import { codeVersion, ROOT } from '../../../generator/render/version.ts';
import { buildAll } from '../../../generator/run.ts';
import { fileStore } from '../../../generator/store/file.ts';
import type { Store } from '../../../generator/store/store.ts';
import { ORG } from './calls.ts';

/** A build as a process of its own. */
export interface Measured {
  seconds: number;
  /** User and system, of all threads. */
  cpuSeconds: number;
  /** Largest resident size, threads included. */
  megabytes: number;
  calls: number;
  /** Step as the log names it → seconds. */
  steps: Map<string, number>;
  /** Step → seconds of the processors, of all threads, from the end of the step before to its own. */
  stepCpu: Map<string, number>;
}

/** Says at its end what the child has used. */
const USAGE = new URL('usage.ts', import.meta.url).href;
/** The log's lines of steps: `org_1  read calls → 12 calls in 34 ms`. */
const STEP = /^\S+ {2}(.+?) → .* in (\d+) ms$/gm;

const urlOf = (folder: string, name: string): string => pathToFileURL(join(folder, name)).href;

/** Whose build, and where it publishes: below the folder. */
export interface Builder {
  /** Of the repository, or of a work tree of another version. */
  root: string;
  /** Of its commands, below the root. */
  entry: string;
  reports: string;
  /** Modules that each of its threads begins with, by URL. */
  imports?: readonly string[];
}

export const OURS: Builder = { root: ROOT, entry: 'generator/reports.mjs', reports: 'reports' };
/** The same without the index of what was said. */
export const WITHOUT_SEARCH: Builder = {
  ...OURS,
  reports: 'reports-without-search',
  imports: [new URL('without-search.ts', import.meta.url).href],
};

/** @throws with what it said where it failed */
export function measureBuild(folder: string, { root, entry, reports, imports = [] }: Builder): Measured {
  const env = {
    CCI_RESULTS_URL: urlOf(folder, 'results'),
    CCI_CONFIG_URL: urlOf(folder, 'config'),
    CCI_REPORTS_URL: urlOf(folder, reports),
  };
  const begin = imports.flatMap((url) => ['--import', url]);
  return measureProcess([...begin, join(root, entry), 'build', '--org', ORG, '--json'], root, env);
}

/** @param args of Node: what prints as `build --json` does @throws with what it said where it failed */
export function measureProcess(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Measured {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', USAGE, ...args], {
    ...{ cwd, encoding: 'utf8', maxBuffer: 1 << 28 },
    env: { ...process.env, ...env },
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`a build ended with ${status}: ${stderr}`);
  const { organizations } = JSON.parse(stdout) as { organizations: { result: { calls: number } }[] };
  const steps = new Map<string, number>();
  for (const [, name = '', ms] of stderr.matchAll(STEP)) steps.set(name, (steps.get(name) ?? 0) + Number(ms) / 1000);
  if (steps.size === 0) throw new Error(`missing steps: the log says nothing in the form of ${STEP}: ${stderr}`);
  const [, memory, cpu, ended = ''] = /maxRSS (\d+) cpu (\d+) steps ([\d,]*)/.exec(stderr) ?? [];
  const ends = ended.split(',').map((microseconds) => Number(microseconds) / 1e6);
  const stepCpu = new Map([...steps.keys()].map((name, i) => [name, (ends[i] ?? 0) - (ends[i - 1] ?? 0)]));
  return {
    seconds,
    cpuSeconds: Number(cpu) / 1e6,
    megabytes: Number(memory) / 1024,
    calls: organizations[0]?.result.calls ?? 0,
    steps,
    stepCpu,
  };
}

/** What a pipeline says of calls that wait: each build asks once whether there is any. */
const WAITING = '/pipeline/waiting.json';

/** Requests that a build made of its stores, but for that. The input bucket is not among them: a build does not open it. */
export interface Requests {
  resultsRead: number;
  configRead: number;
  reportsRead: number;
  listings: number;
  /** Keys, in order. */
  written: string[];
  removed: number;
}

/** A run in this process, to count what it asks of its stores. */
export async function countRequests(folder: string): Promise<Requests> {
  const counts: Requests = { resultsRead: 0, configRead: 0, reportsRead: 0, listings: 0, written: [], removed: 0 };
  const counted = (name: 'results' | 'config' | 'reports'): Store => {
    const store = fileStore(urlOf(folder, name));
    return {
      ...store,
      list(prefix) {
        counts.listings++;
        return store.list(prefix);
      },
      folders(prefix) {
        counts.listings++;
        return store.folders(prefix);
      },
      get(key, options) {
        if (!key.endsWith(WAITING)) counts[`${name}Read`]++;
        return store.get(key, options);
      },
      put(key, body, options) {
        counts.written.push(key);
        return store.put(key, body, options);
      },
      remove(key) {
        counts.removed++;
        return store.remove(key);
      },
    };
  };
  const [outcome] = await buildAll(
    {
      results: counted('results'),
      config: counted('config'),
      reports: counted('reports'),
      renderer: await openRenderer(),
      codeVersion: codeVersion(),
      now: () => new Date(),
      logFor: () => silentLog,
    },
    [ORG],
  );
  if (!outcome || 'problems' in outcome) throw new Error(`a counted build failed: ${outcome?.problems.join(' ')}`);
  return counts;
}
