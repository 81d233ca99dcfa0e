import { memoryWorld } from '../../../generator/fixtures/world.ts';
import { silentLog } from '../../../generator/lib/console.ts';
import { openRenderer } from '../../../generator/render/renderer.ts';
import { codeVersion } from '../../../generator/render/version.ts';
import { buildAll } from '../../../generator/run.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { openSites } from '../../../site/gate/content/sites.ts';
import { loadHandler } from '../../../site/gate/front/bundle.ts';
import { startGate } from '../../../site/gate/front/front.ts';
import { demoPeople, demoTenants } from '../../demo/data/tenants.ts';
import { writeDemoData } from '../../demo/data/write.ts';
import { freePort } from '../../demo/identity/free-port.ts';
import { startIdentity } from '../../demo/identity/identity.ts';

const SIZE = { days: 45, callsPerDay: [6, 12] as [number, number] };

/** The demo in memory, small: two sites, and a gate with the demo's sign-in at another origin. */
export async function openWorld() {
  const world = memoryWorld({ renderer: await openRenderer() });
  const stores = { results: world.results, config: world.config, input: memoryStore() };
  await writeDemoData(stores, { now: new Date('2026-11-22T12:00:00Z'), ...SIZE });
  await buildAll({ ...world, codeVersion: codeVersion(), logFor: () => silentLog }, undefined);
  const origin = `http://127.0.0.1:${await freePort()}`;
  const identity = await startIdentity({
    gateOrigin: origin,
    persons: demoPeople,
    organizations: demoTenants,
    port: 0,
    results: world.results,
    life: 3600,
  });
  const lines: string[] = [];
  const gate = await startGate({
    handler: await loadHandler(),
    sites: openSites(world.reports),
    settings: identity.gate,
    log: ({ status, path }) => lines.push(`${status} ${path}`),
  });
  return {
    origin,
    /** Status and path of each request that the gate has answered. */
    lines,
    async close() {
      await gate.close();
      await identity.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
