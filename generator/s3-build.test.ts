/** Whole builds between buckets: the same sites as between folders, only changed objects read, faults outlived. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CONFIG, memoryWorld, objectsOf, published, putCall } from './fixtures/world.ts';
import { silentLog } from './lib/console.ts';
import { buildAll } from './run.ts';
import { openStore } from './store/open.ts';
import { type S3Double, s3Double } from './store/testing/s3-double.ts';

const ORGS = ['org_1', 'org_12'];
const KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
let double: S3Double;

beforeEach(async () => {
  Object.assign(process.env, KEYS);
  double = await s3Double({ pageSize: 7 });
});
afterEach(async () => {
  await double[Symbol.asyncDispose]();
  for (const name of Object.keys(KEYS)) delete process.env[name];
});

/** Two organizations in three folders of one bucket. */
async function world() {
  const [results, config, reports] = ['results', 'config', 'reports'].map((name) => openStore(double.url(name)));
  if (!results || !config || !reports) throw new Error('no stores');
  for (const org of ORGS) {
    await config.put(`${org}/report-config.json`, JSON.stringify({ ...CONFIG, name: org }));
    for (const id of ['a', 'b', 'é 日本']) await putCall(results, org, { id });
  }
  return { ...memoryWorld({ results, config, reports }), logFor: () => silentLog };
}

const requests = (method: string, folder: string) =>
  double.log.filter((each) => each.method === method && each.key.startsWith(`${folder}/`));

it('builds the same sites as from memory, and writes one object where nothing has changed', async () => {
  const buckets = await world();
  const memory = { ...memoryWorld(), logFor: () => silentLog };
  for (const org of ORGS) {
    await memory.config.put(`${org}/report-config.json`, JSON.stringify({ ...CONFIG, name: org }));
    for (const id of ['a', 'b', 'é 日本']) await putCall(memory.results, org, { id });
  }
  await buildAll(buckets, undefined);
  await buildAll(memory, undefined);
  for (const org of ORGS) expect(await published(buckets.reports, org)).toEqual(await published(memory.reports, org));

  double.log.length = 0;
  await buildAll(buckets, undefined);
  // Each run asks what a pipeline says of calls that are not done.
  const waiting = ORGS.map((org) => `results/${org}/pipeline/waiting.json`);
  const read = () =>
    requests('GET', 'results')
      .map(({ key }) => key)
      .sort();
  expect(read()).toEqual(waiting);
  expect(requests('PUT', 'reports').map(({ key }) => key)).toEqual(['reports/status.json']);

  double.log.length = 0;
  await putCall(buckets.results, 'org_1', { id: 'c' });
  await buildAll(buckets, undefined);
  const changed = [...objectsOf('org_1', { id: 'c' }).keys()].map((key) => `results/org_1/${key}`);
  expect(read()).toEqual([...changed, ...waiting].sort());
});

it('outlives busy servers, cut bodies and lost answers, and ends with the same sites', async () => {
  const buckets = await world();
  const kinds = [{ status: 503, code: 'SlowDown' }, { kind: 'reset' }, { kind: 'cut' }, { kind: 'lost' }] as const;
  const asked = double.log.length;
  // About every fourth request goes wrong, each time in the next way.
  for (let i = 0; i < 24; i++) {
    double.faults.push({ when: () => double.log.length > asked + i * 4, ...(kinds[i % kinds.length] as object) });
  }
  const outcomes = await buildAll(buckets, undefined);
  expect(outcomes).toMatchObject([{ result: {} }, { result: {} }]);
  expect(double.faults.length).toBe(0);
  const calm = { ...(await world()), reports: openStore(double.url('calm')) };
  await buildAll(calm, undefined);
  for (const org of ORGS) expect(await published(buckets.reports, org)).toEqual(await published(calm.reports, org));
});
