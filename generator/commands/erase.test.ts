import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fileStore } from '../store/file.ts';
import { s3Store } from '../store/s3.ts';
import type { Store } from '../store/store.ts';
import { s3Double } from '../store/testing/s3-double.ts';
import { builtWorld, CANARY, DOOMED_ID, deleteUpstream, keysHolding, NUMBER, ORG } from '../testing/erased-call.ts';
import { build } from './build.ts';
import { erase } from './erase.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-erase-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
const urls = { results: url('results'), config: url('config'), reports: url('reports'), threads: '1' };

async function copy(from: Store, to: Store): Promise<void> {
  for await (const { key } of from.list('')) await to.put(key, (await from.get(key))?.body ?? '');
}

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const world = await builtWorld();
  for (const name of ['results', 'config'] as const) await copy(world[name], fileStore(urls[name]));
  await build(urls);
  cpSync(join(folder, 'reports'), join(folder, 'built'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const eraseIt = (call: string, over = {}) => erase({ ...urls, org: [ORG], call, ...over });

it('erase prints what to delete, then what it has erased and searched, and looks for what was said on the page', async () => {
  const refused = await eraseIt(DOOMED_ID);
  expect(refused.failed).toBe(true);
  const parts = [
    'enriched/ID.json',
    'final/v1.0/ID.json',
    'final/v2.0-flat/calls/ID.jsonl',
    'final/v2.0-flat/qa/ID.jsonl',
  ];
  expect(refused.text.slice(1, 5)).toEqual(
    parts.map((part) => `  ${ORG}/${part.replace('ID', DOOMED_ID)} in ${urls.results}`),
  );
  await deleteUpstream({ results: fileStore(urls.results) });
  // What a run has left that was killed while it wrote an object.
  mkdirSync(join(folder, 'reports/.cci-tmp'), { recursive: true });
  writeFileSync(join(folder, 'reports/.cci-tmp/0123456789abcdef01234567'), CANARY);
  const erased = await eraseIt(DOOMED_ID);
  expect(erased).toMatchObject({ failed: false, json: { state: 'erased', proof: { hits: [], parties: 2 } } });
  expect(erased.text[0]).toMatch(/^org_1: the call is erased; build 2 is published, older builds are removed\./);
  expect(erased.text[1]).toMatch(/^org_1: searched \d+ objects of \d+ bytes, unpacked and decoded, for .*: 0 found\.$/);
  // Three turns are on its page alone.
  expect((erased.json as { proof: { texts: number } }).proof.texts).toBeGreaterThan(9);
  for (const name of ['reports', 'reports/.cci-tmp'])
    expect(await keysHolding(fileStore(url(name)), [CANARY, NUMBER])).toEqual([]);
  const again = await eraseIt(DOOMED_ID);
  expect(again.failed).toBe(false);
  expect(again.text[0]).toContain('nothing is left of it, or it was never there');
});

it('erase works on S3, and says that a bucket may keep versions', async () => {
  await using double = await s3Double();
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  await copy(fileStore(url('built')), s3Store(double.url('reports')));
  await deleteUpstream({ results: fileStore(urls.results) });
  const erased = await eraseIt(DOOMED_ID, { reports: double.url('reports') });
  expect(erased.failed).toBe(false);
  expect(erased.text.join('\n')).toContain('if the bucket keeps versions');
  expect(await keysHolding(s3Store(double.url('reports')), [CANARY, NUMBER])).toEqual([]);
});

it.each([
  [{ org: undefined }, 'takes exactly one --org ID'],
  [{ org: ['a', 'b'] }, 'takes exactly one --org ID'],
  [{ org: ['mail'] }, 'is not an organization’s id'],
  [{ call: undefined }, '--call ID is missing'],
])('erase refuses %j', async (over, words) => {
  await expect(eraseIt(DOOMED_ID, over)).rejects.toThrow(words);
});
