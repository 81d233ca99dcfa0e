/** A gate as in production, with its own sign-in pages and Clerk at its own address, which leads nowhere here. */
import { memoryStore } from '../../generator/store/memory.ts';
import { freePort } from '../../scripts/demo/identity/free-port.ts';
import { startIdentity } from '../../scripts/demo/identity/identity.ts';
import { openSites } from '../gate/content/sites.ts';
import { loadHandler } from '../gate/front/bundle.ts';
import { startGate } from '../gate/front/front.ts';
import type { GateSettings } from '../gate/settings.ts';

/** Of the demo's identity: the gate's own pages in place of the demo's. */
export function asAtClerk({ proxyUrl: _, ...settings }: GateSettings): GateSettings {
  const pages = { signInUrl: '/sign-in', selectOrganizationUrl: '/select-organization', signOutUrl: '/sign-out' };
  return { ...settings, ...pages, frontend: settings.issuer };
}

/** Without any site: for what the gate's own pages do. */
export async function startGateAtClerk() {
  const results = memoryStore();
  await results.put('demo-store.json', '{"synthetic":true}');
  const origin = `http://127.0.0.1:${await freePort()}`;
  const identity = await startIdentity({ gateOrigin: origin, persons: [], organizations: [], port: 0, results });
  const front = await startGate({
    handler: await loadHandler(),
    sites: openSites(memoryStore()),
    settings: asAtClerk(identity.gate),
    log: () => {},
  });
  return {
    origin,
    async [Symbol.asyncDispose]() {
      await front.close();
      await identity.close();
    },
  };
}
