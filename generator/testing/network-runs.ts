import { CONFIG, memoryWorld, putCall } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import { buildAll } from '../run.ts';
import { memoryStore } from '../store/memory.ts';
import { s3Store } from '../store/s3.ts';
import type { S3Options } from '../store/s3-wire.ts';
import { faultyNetwork, type NetworkFault, type Weather } from '../store/testing/faulty-network.ts';
import { s3Double } from '../store/testing/s3-double.ts';
import { isSame, readWholeSite, type Site } from './whole-site.ts';

export interface NetworkRun {
  tenants: number;
  /** Tenants whose new site is there. */
  published: number;
  /** Requests that came to the network, and of them those that went wrong there. */
  requests: number;
  happened: Map<NetworkFault, number>;
  /** Requests of the same run where nothing goes wrong. */
  usual: number;
}

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };

/**
 * A run over several tenants, each with a site and a change of its input, with all three stores behind a network.
 * @throws where a tenant's site is neither the old one nor the new, whole, or the run says of one what is not so
 */
export async function runThrough(weather: Weather, tenants: number, options: S3Options = {}): Promise<NetworkRun> {
  const orgs = Array.from({ length: tenants }, (_, i) => `org_${i + 1}`);
  await using double = await s3Double();
  const direct = worldAt((name) => s3Store(double.url(name), { credentials }));
  for (const org of orgs) {
    await direct.config.put(`${org}/report-config.json`, JSON.stringify({ ...CONFIG, name: org }));
    await putCall(direct.results, org, { id: 'a' });
  }
  await buildAll(direct, undefined);
  const old = await sitesOf(direct.reports, orgs);
  for (const org of orgs) await putCall(direct.results, org, { id: 'b' });
  const fresh = { ...direct, reports: memoryStore() };
  await buildAll(fresh, undefined);
  const wanted = await sitesOf(fresh.reports, orgs);

  const calm = { ...direct, reports: s3Store(double.url('calm'), { credentials }) };
  for (const [key, { body }] of double.bucket.objects)
    if (key.startsWith('reports/')) double.bucket.put(key.replace('reports/', 'calm/'), body);
  double.log.length = 0;
  await buildAll(calm, undefined);
  const usual = double.log.length;

  await using network = await faultyNetwork(double.url('reports'), weather);
  const behind = worldAt((name) => s3Store(network.through(double.url(name)), { credentials, pauseMs: 1, ...options }));
  const outcomes = await buildAll(behind, undefined).catch(() => []);
  const sites = await sitesOf(direct.reports, orgs);
  let published = 0;
  for (const org of orgs) {
    const isNew = isSame(sites.get(org), wanted.get(org));
    if (!isNew && !isSame(sites.get(org), old.get(org)))
      throw new Error(`${org} has neither its old site nor its new one`);
    const outcome = outcomes.find((each) => each.org === org);
    if (outcome && 'result' in outcome && !isNew) throw new Error(`the run says that ${org} is well, and it is not`);
    if (isNew) published++;
  }
  return { tenants, published, requests: network.requests, happened: network.happened, usual };
}

const worldAt = (store: (name: string) => ReturnType<typeof s3Store>) => ({
  ...memoryWorld({ results: store('results'), config: store('config'), reports: store('reports') }),
  logFor: () => silentLog,
});

async function sitesOf(
  reports: ReturnType<typeof memoryStore>,
  orgs: string[],
): Promise<Map<string, Site | undefined>> {
  const sites = new Map<string, Site | undefined>();
  for (const org of orgs) sites.set(org, await readWholeSite(reports, org));
  return sites;
}
