import { memoryWorld } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { codeVersion } from '../../generator/render/version.ts';
import { buildAll } from '../../generator/run.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import type { Store } from '../../generator/store/store.ts';
import { demoTenants } from '../../scripts/demo/data/tenants.ts';
import { writeDemoData } from '../../scripts/demo/data/write.ts';
import { type ServedSite, serveSite } from './static.ts';

export interface DemoSite extends ServedSite, AsyncDisposable {
  /** The page of a call with rules and a transcript. */
  callPath: string; // e.g., "/calls/32a7d528/"
  org: string;
  /** Where it is published, and what it is configured by. */
  reports: Store;
  config: Store;
}

/** The site of the demo's first tenant, with so many days of calls, in memory. */
export async function serveDemo(size: { days: number; callsPerDay: [number, number] }): Promise<DemoSite> {
  const world = memoryWorld({ renderer: await openRenderer() });
  const stores = { results: world.results, config: world.config, input: memoryStore() };
  await writeDemoData(stores, { now: new Date('2026-11-22T12:00:00Z'), ...size });
  await buildAll({ ...world, codeVersion: codeVersion(), logFor: () => silentLog }, undefined);
  const org = demoTenants[0]?.org ?? '';
  const site = await serveSite(world.reports, org);
  const callPath = site.paths.find((path) => /^\/calls\/[^/]+\/$/.test(path));
  if (callPath === undefined) throw new Error('missing call pages: the demo has none');
  return { ...site, callPath, org, reports: world.reports, config: world.config, [Symbol.asyncDispose]: site.close };
}
