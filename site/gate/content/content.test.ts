import { expect, test } from 'vitest';
import { sha256 } from '../../../generator/lib/bytes.ts';
import type { Manifest, SiteFile } from '../../../generator/publish/manifest.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { readContent } from './content.ts';

const store = memoryStore();
const hash = '3f'.repeat(32);
const page: SiteFile = { blob: `blobs/${hash}.7`, sha256: hash, size: 3, stored: 3, type: 'text/html', input: 'x' };
const files = Object.fromEntries(
  Array.from({ length: 4001 }, (_, i) => [
    `/calls/${i}/`,
    { ...page, size: i, type: i % 2 ? 'text/css' : 'image/png' },
  ]),
);

/** @param organization as the manifest says */
async function buildOf(organization: string) {
  const manifest: Manifest = { version: 1, organization, csp: "default-src 'none'", files };
  const text = JSON.stringify(manifest);
  const key = `builds/7-${organization}.json`;
  await store.put(`org_1/${key}`, text);
  return { generation: 7, manifest: key, sha256: sha256(text) };
}

test('it knows the same of a build whichever thread has read it', async () => {
  const build = await buildOf('org_1');
  const [here, there] = [
    await readContent(store, 'org_1', build, Infinity),
    await readContent(store, 'org_1', build, 0),
  ];
  expect([there.csp, there.files.size]).toEqual([here.csp, 4001]);
  for (const path of ['/calls/0/', '/calls/1999/', '/calls/2000/', '/calls/4000/', '/calls/4001/', '__proto__'])
    expect([path, there.files.get(path)]).toEqual([path, here.files.get(path)]);
  expect(there.files.get('/calls/4000/')).toMatchObject({ size: 4000, type: 'image/png', sha256: hash });
});

test.for([0, Infinity])(
  'it refuses what is damaged, another’s or gone, from %i bytes on another thread',
  async (large) => {
    const build = await buildOf('org_1');
    await expect(readContent(store, 'org_1', { ...build, sha256: hash }, large)).rejects.toThrow('damaged manifest');
    await expect(readContent(store, 'org_1', await buildOf('org_12'), large)).rejects.toThrow('foreign manifest');
    await expect(readContent(store, 'org_1', { ...build, manifest: 'builds/9' }, large)).rejects.toThrow('missing');
  },
);
