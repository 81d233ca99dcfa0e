// A process that builds thin calls of one organization again and again, with the code of one version: `builder.ts <root or ""> <size as JSON>`.
// For each message it analyses the last day's calls again, builds, and answers with what that took.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildContext, BuildResult } from '../../../generator/build/context.ts';
import type { Store } from '../../../generator/store/store.ts';
import { configOf, ORG, type Size, thinCalls } from './input.ts';
import { stubRenderer } from './stub-renderer.ts';

/** CPU seconds of all threads, user and system. */
export interface Taken {
  build: number;
  render: number;
  read: number;
  /** Largest resident size so far. */
  megabytes: number;
}

/** Of the version: stores throw its own errors. */
interface Version {
  buildSite(context: BuildContext, org: string, tidy: boolean): Promise<BuildResult>;
  memoryStore(): Store;
}

const [root, size = '{}'] = process.argv.slice(2);
const { calls, agents, days } = JSON.parse(size) as Size;
const { buildSite, memoryStore } = root ? await versionIn(root) : await ownVersion();
let heard = 0;
let render = 0;
const cpu = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};
const context: BuildContext = {
  results: thinCalls({ calls, agents, days }, (nth) => (nth % days === days - 1 ? heard : 0)),
  config: memoryStore(),
  reports: memoryStore(),
  renderer: stubRenderer,
  now: () => new Date('2026-11-24T06:00:00Z'),
  codeVersion: 'bench',
  log: {
    say() {},
    async step(name, work) {
      const before = process.cpuUsage();
      const value = await work(() => {});
      if (name === 'render') render += cpu(before);
      return value;
    },
  },
};
await context.config.put(`${ORG}/report-config.json`, configOf({ calls, agents, days }));

async function build(): Promise<Taken> {
  const before = process.cpuUsage();
  render = 0;
  const { read } = await buildSite(context, ORG, true);
  if (render === 0) throw new Error('missing step: nothing was rendered');
  return { build: cpu(before), render, read, megabytes: process.resourceUsage().maxRSS / 1024 };
}

async function ownVersion(): Promise<Version> {
  return { ...(await import('../../../generator/build.ts')), ...(await import('../../../generator/store/memory.ts')) };
}

async function versionIn(folder: string): Promise<Version> {
  const load = (path: string) => import(pathToFileURL(join(folder, path)).href);
  return { ...(await load('generator/build.ts')), ...(await load('generator/store/memory.ts')) };
}

process.on('message', async () => {
  const taken = await build();
  heard++;
  process.send?.(taken);
});
