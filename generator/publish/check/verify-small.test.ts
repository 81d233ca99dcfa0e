import { describe, expect, it } from 'vitest';
import { sha256 } from '../../lib/bytes.ts';
import { Damaged } from '../../lib/errors.ts';
import { memoryStore } from '../../store/memory.ts';
import type { Store } from '../../store/store.ts';
import { watched } from '../../store/testing/watched.ts';
import { blobOf, flip, keysIn, liesIn, manifestIn, ORG, pointerIn, publishBuilds } from '../testing/small-site.ts';
import { damagedIn, verdictOf, verifyNew } from './verify.ts';

async function site(count = 2) {
  const store = memoryStore();
  await publishBuilds(store, count);
  const manifest = await manifestIn(store);
  const [calls, files] = [...manifest.files.parts()].map(({ at }) => String(at?.blob));
  return { store, pointer: await pointerIn(store), manifest, parts: { calls: calls ?? '', site: files ?? '' } };
}
const cut = (store: Store, key: string) => store.put(`${ORG}/${key}`, '');
const drop = (store: Store, key: string) => store.remove(`${ORG}/${key}`);

describe('what is damaged of a build', () => {
  it('is nothing where all lies there, beside what kept builds need or anything else', async () => {
    const { store, manifest } = await site();
    expect(await damagedIn(await liesIn(store), manifest)).toEqual(new Map());
    await store.put(`${ORG}/blobs/${'0'.repeat(64)}.1`, 'x');
    expect(await damagedIn(await liesIn(store), manifest)).toEqual(new Map());
  });

  it('is not found by reading anything where the listing tells that all is there', async () => {
    const { store } = await site();
    const {
      store: observed,
      calls: { read },
    } = watched(store);
    const manifest = await manifestIn(observed);
    read.length = 0;
    await damagedIn(await liesIn(store), manifest);
    expect(read).toEqual([]);
    const { older: _, ...alone } = manifest;
    expect(await damagedIn(await liesIn(store), alone)).toEqual(new Map());
    expect(read).toHaveLength(2);
  });

  it('is each blob that is gone, of another size or marked, with the file or part that it is', async () => {
    for (const [spoil, verdict] of [
      [drop, 'missing'],
      [cut, 'damaged'],
      [async () => {}, 'damaged'],
    ] as const) {
      const { store, pointer, manifest, parts } = await site();
      const page = await blobOf(store, '/calls/c1/');
      const keys = [page, parts.site, pointer.state.blob];
      for (const key of keys) await spoil(store, key);
      const isMarked = verdict === 'damaged' && (await store.get(`${ORG}/${page}`))?.body.length !== 0;
      const found = await damagedIn(await liesIn(store), manifest, isMarked ? new Set(keys) : undefined);
      expect(found).toEqual(
        new Map([
          [pointer.state.blob, { verdict }],
          [parts.site, { verdict, part: { family: 'site', index: 0 } }],
          [page, { verdict, path: '/calls/c1/' }],
        ]),
      );
    }
  });

  it('is a part that cannot be read, where it has to be', async () => {
    const { store, manifest, parts } = await site();
    await flip(store, parts.calls);
    // Its size is right, so nobody reads it.
    expect(await damagedIn(await liesIn(store), manifest)).toEqual(new Map());
    await store.put(`${ORG}/blobs/${'0'.repeat(64)}.1`, 'x');
    expect(await damagedIn(await liesIn(store), manifest)).toEqual(
      new Map([[parts.calls, { verdict: 'damaged', part: { family: 'calls', index: 0 } }]]),
    );
    const failing: Store = {
      ...store,
      get: (key, options) =>
        key === `${ORG}/${parts.calls}` ? Promise.reject(new Error('gone away')) : store.get(key, options),
    };
    await expect(damagedIn(await liesIn(store), await manifestIn(failing))).rejects.toThrow('gone away');
  });

  it('is found in a build that names no state', async () => {
    const { store, manifest } = await site(1);
    const { state: _, ...stateless } = manifest;
    expect(await damagedIn(await liesIn(store), stateless)).toEqual(new Map());
    const page = await blobOf(store, '/');
    await drop(store, page);
    expect([...(await damagedIn(await liesIn(store), stateless)).keys()]).toEqual([page]);
  });
});

describe('a new build', () => {
  const verify = async (store: Store, written: [string, string][]) =>
    verifyNew(store, ORG, await manifestIn(store), await liesIn(store), new Map(written), []);
  const damaged = (message: string) => expect.objectContaining({ constructor: Damaged, message }) as Error;
  const hashOf = async (store: Store, key: string) => sha256((await store.get(`${ORG}/${key}`))?.body ?? '');

  it('is whole where all lies there by the listing, and what was written byte for byte', async () => {
    const { store } = await site(1);
    const blobs = (await keysIn(store)).filter((key) => key.startsWith('blobs/'));
    const written = await Promise.all(
      blobs.map(async (key): Promise<[string, string]> => [key, await hashOf(store, key)]),
    );
    await verify(store, written);
    await verify(store, []);
  });

  it('is refused with the first thing that the listing lacks, and what that is', async () => {
    const { store, parts, pointer } = await site(1);
    const page = await blobOf(store, '/');
    await cut(store, page);
    await expect(verify(store, [])).rejects.toThrow(damaged(`damaged blob: org_1/${page} of /`));
    const manifest = await manifestIn(store);
    const without = async (...keys: string[]) =>
      verifyNew(store, ORG, manifest, await liesIn(store, keys), new Map(), []);
    await expect(without(parts.site)).rejects.toThrow(damaged(`missing blob: org_1/${parts.site} of the manifest`));
    await expect(without(parts.site, pointer.state.blob)).rejects.toThrow(
      damaged(`missing blob: org_1/${pointer.state.blob} of the state`),
    );
  });

  it('is refused where what was written is gone or has other bytes, whatever the listing says', async () => {
    for (const [spoil, verdict] of [
      [flip, 'damaged'],
      [drop, 'missing'],
    ] as const) {
      const { store, parts, pointer, manifest } = await site(1);
      const page = await blobOf(store, '/calls/c1/');
      const lies = await liesIn(store);
      for (const [key, what] of [
        [page, 'of /calls/c1/'],
        [pointer.state.blob, 'of the state'],
        [parts.calls, 'of the manifest'],
        [parts.site, 'of the manifest'],
      ] as const) {
        const written = new Map([[key, await hashOf(store, key)]]);
        const { body } = (await store.get(`${ORG}/${key}`)) ?? expect.fail();
        await spoil(store, key);
        await expect(verifyNew(store, ORG, manifest, lies, written, [])).rejects.toThrow(
          damaged(`${verdict} blob: org_1/${key} ${what}`),
        );
        await store.put(`${ORG}/${key}`, body);
      }
    }
  });

  it('is looked through without its parts where nothing else lies there than is named', async () => {
    const { store } = await site(3);
    const {
      store: observed,
      calls: { read },
    } = watched(store);
    const manifest = await manifestIn(observed);
    const lies = await liesIn(store);
    const gone = Object.values(manifest.older ?? {}).flat();
    read.length = 0;
    await verifyNew(observed, ORG, manifest, lies, new Map(), gone);
    expect(read).toEqual([]);
    await verifyNew(observed, ORG, manifest, lies, new Map(), []);
    expect(read).toHaveLength(2);
  });
});

it('what gives nothing when it is read is missing, what is damaged says so, and any other failure is one', async () => {
  expect(await verdictOf(Promise.resolve('x'))).toBe(undefined);
  expect(await verdictOf(Promise.resolve(undefined))).toBe('missing');
  expect(await verdictOf(Promise.reject(new Damaged('x')))).toBe('damaged');
  await expect(verdictOf(Promise.reject(new Error('gone away')))).rejects.toThrow('gone away');
});
