import { expect, test } from 'vitest';
import { memoryStore } from '../../generator/store/memory.ts';
import type { Store } from '../../generator/store/store.ts';
import { openSites } from './sites.ts';
import type { OrganizationId } from './tenant.ts';
import { publishSite } from './testing.ts';

const org = (id: string) => id as OrganizationId;

/** A store that notes what is read. */
function watched(): { store: Store; reads: string[]; lists: string[] } {
  const [store, reads, lists]: [Store, string[], string[]] = [memoryStore(), [], []];
  const get: Store['get'] = (key, options) => {
    reads.push(key);
    return store.get(key, options);
  };
  const list: Store['list'] = (prefix) => {
    lists.push(prefix);
    return store.list(prefix);
  };
  return { store: { ...store, get, list }, reads, lists };
}

test('it reads a pointer once in two seconds, and a manifest once in its life', async () => {
  const { store, reads } = watched();
  await publishSite(store, 'org_1', { '/': 'one' });
  let clock = 0;
  const sites = openSites(store, { now: () => clock });
  await Promise.all([1, 2, 3].map(() => sites.find(org('org_1'), '/')));
  clock = 1999;
  await sites.find(org('org_1'), '/nowhere');
  expect(reads).toHaveLength(2);
  clock = 2000;
  await sites.find(org('org_1'), '/');
  expect(reads.filter((key) => key.endsWith('pointer.json'))).toHaveLength(2);
  expect(reads).toHaveLength(3);
});

test('it shows a new build, or a first one, after two seconds at most', async () => {
  const { store } = watched();
  let clock = 0;
  const sites = openSites(store, { now: () => clock });
  expect(await sites.find(org('org_1'), '/')).toBe('not published');
  await publishSite(store, 'org_1', { '/': 'one' });
  clock = 2000;
  expect(await sites.find(org('org_1'), '/')).toMatchObject({ build: { generation: 1 } });
  await publishSite(store, 'org_1', { '/': 'two', '/new/': 'x' }, 2);
  clock = 3999;
  expect(await sites.find(org('org_1'), '/new/')).toBe('not found');
  clock = 4000;
  expect(await sites.find(org('org_1'), '/new/')).toMatchObject({ build: { generation: 2 } });
});

test('it refuses a pointer or manifest that says it is another organization’s', async () => {
  const { store } = watched();
  await publishSite(store, 'org_12', { '/': 'theirs' });
  for await (const { key } of store.list('org_12/')) {
    const object = await store.get(key);
    await store.put(key.replace('org_12', 'org_1'), object?.body ?? '');
  }
  await expect(openSites(store).find(org('org_1'), '/')).rejects.toThrow('foreign pointer');
});

test('it refuses bytes that are not the manifest’s', async () => {
  const { store } = watched();
  await publishSite(store, 'org_1', { '/': 'one', '/x.png': 'two' });
  const sites = openSites(store);
  for (const path of ['/', '/x.png']) {
    const found = await sites.find(org('org_1'), path);
    if (typeof found === 'string') throw new Error(found);
    const { file } = found;
    await store.put(`org_1/${file.blob}`, 'x'.repeat(file.stored));
    await expect(sites.read(org('org_1'), file, 'plain')).rejects.toThrow();
    await store.put(`org_1/${file.blob}`, 'short');
    await expect(sites.read(org('org_1'), file, 'stored')).rejects.toThrow('damaged blob');
  }
});

test('it keeps 32 organizations in memory, those used last', async () => {
  const { store, reads } = watched();
  for (let i = 0; i < 34; i++) await publishSite(store, `org_${i}`, { '/': 'x' });
  const sites = openSites(store, { now: () => 0 });
  for (let i = 0; i < 34; i++) {
    await sites.find(org(`org_${i}`), '/');
    await sites.find(org('org_0'), '/');
  }
  reads.length = 0;
  await sites.find(org('org_0'), '/');
  expect(reads).toEqual([]);
  await sites.find(org('org_1'), '/');
  expect(reads).toHaveLength(2);
});

test('it gives out assets that the store lists, and looks for new ones at most every two seconds', async () => {
  const { store, lists } = watched();
  await store.put('assets/a.1.js', 'one');
  await store.put('org_1/secret.json', 'theirs');
  let clock = 0;
  const sites = openSites(store, { now: () => clock });
  expect((await sites.asset('/assets/a.1.js'))?.type).toBe('text/javascript; charset=utf-8');
  await store.put('assets/b.2.woff2', 'two');
  for (const path of [
    '/assets/b.2.woff2',
    '/assets/../org_1/secret.json',
    '/org_1/secret.json',
    '/assets/',
    '/assets',
  ]) {
    expect(await sites.asset(path)).toBe(undefined);
  }
  expect(lists).toEqual(['assets/']);
  clock = 2000;
  expect(await sites.asset('/assets/b.2.woff2')).toMatchObject({ type: 'font/woff2' });
});
