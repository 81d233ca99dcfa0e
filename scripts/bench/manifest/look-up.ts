// Looks paths up as the gate does, in a process of its own: prints times in ms and heap in bytes, as JSON; of the first also its processor time, of all threads. Run with --expose-gc.

import { fileStore } from '../../../generator/store/file.ts';
import type { OrganizationId } from '../../../site/gate/auth/tenant.ts';
import { openSites } from '../../../site/gate/content/sites.ts';
import { CALLS, callPathOf, ORG } from './site.ts';

const [url = '', count = '0'] = process.argv.slice(2);
const paths = Array.from({ length: Number(count) }, (_, i) => callPathOf((i * 7919) % CALLS));
const org = ORG as OrganizationId;
const sites = openSites(fileStore(url), { recheckMs: Number.POSITIVE_INFINITY });
// The code has run before: an organization without a site.
await sites.find('org_none' as OrganizationId, '/');

function heap(): number {
  for (let i = 0; i < 4; i++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** ms */
async function timed(path: string): Promise<number> {
  const started = performance.now();
  const found = await sites.find(org, path);
  if (typeof found === 'string') throw new Error(`${path}: ${found}`);
  return performance.now() - started;
}

const none = heap();
const before = process.cpuUsage();
const first = await timed(callPathOf(1));
const { user, system } = process.cpuUsage(before);
const firstCpu = (user + system) / 1000;
const afterFirst = heap() - none;
const again: number[] = [];
for (let i = 0; i < 2_000; i++) again.push(await timed(callPathOf(1)));
const others: number[] = [];
for (const path of paths) others.push(await timed(path));
process.stdout.write(JSON.stringify({ first, firstCpu, again, others, afterFirst, afterMany: heap() - none }));
