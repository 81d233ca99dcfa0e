import { DEMO_ORGS, demoWorld } from '../../generator/fixtures/demo-world.ts';
import type { Store } from '../../generator/store/store.ts';
import { type ServedSite, serveSite } from './static.ts';

export interface DemoSite extends ServedSite, AsyncDisposable {
  /** The page of a call with rules and a transcript. */
  callPath: string; // e.g., "/calls/32a7d528/"
  org: string;
  /** Where it is published, and what it is configured by. */
  reports: Store;
  config: Store;
}

/** A site of the demo, made once for all tests. @param index of its tenants; the first one has most agents */
export async function serveDemo(index = 0): Promise<DemoSite> {
  const { reports, config } = await demoWorld();
  const org = DEMO_ORGS[index] ?? '';
  const site = await serveSite(reports, org);
  const callPath = site.paths.find((path) => /^\/calls\/[^/]+\/$/.test(path));
  if (callPath === undefined) throw new Error('missing call pages: the demo has none');
  return { ...site, callPath, org, reports, config, [Symbol.asyncDispose]: site.close };
}
