import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import type { Store } from '../../store/store.ts';
import { watched } from '../../store/testing/watched.ts';
import * as small from '../testing/small-site.ts';
import { openVersion1 } from '../tree/version-1.ts';
import { damagedReadings, damagedSample } from './inspect.ts';

const { blobOf, flip, manifestIn, ORG, pointerIn } = small;

async function site(count: number) {
  const store = memoryStore();
  await small.publishBuilds(store, count);
  return { store, pointer: await pointerIn(store) };
}
const partOf = async (store: Store, family: string) =>
  [...(await manifestIn(store)).files.parts()].find(({ place }) => place?.family === family)?.at?.blob ?? '';
const drop = (store: Store, key: string) => store.remove(`${ORG}/${key}`);

it('of what a build reads of the one before, parts of the manifest and blobs of the state with wrong bytes are named', async () => {
  const { store, pointer } = await site(2);
  const readings = async (from = store) => damagedReadings(from, ORG, await manifestIn(from));
  expect(await readings()).toEqual([]);
  const { state = {}, ...stateless } = await manifestIn(store);
  const day = Object.keys(state).find((blob) => blob !== pointer.state.blob) ?? '';
  const part = await partOf(store, 'calls');
  const failing: Store = {
    ...store,
    get: (key, options) =>
      key === `${ORG}/${part}` ? Promise.reject(new Error('gone away')) : store.get(key, options),
  };
  await expect(readings(failing)).rejects.toThrow('gone away');
  for (const key of [await blobOf(store, '/'), part, day]) await flip(store, key);
  await drop(store, pointer.state.blob);
  expect((await readings()).sort()).toEqual([part, day, pointer.state.blob].sort());
  const old = openVersion1({ version: 1, organization: ORG, csp: '', files: {} });
  expect(await damagedReadings(store, ORG, { ...stateless, files: old.files })).toEqual([]);
});

describe('a look into some blobs', () => {
  const sample = async (store: Store) => damagedSample(store, ORG, await manifestIn(store), 'turn');

  it('finds wrong bytes of pages, state and parts, each with what it is', async () => {
    const { store, pointer } = await site(2);
    expect(await sample(store)).toEqual(new Map());
    const [page, part] = [await blobOf(store, '/'), await partOf(store, 'calls')];
    for (const key of [page, part, pointer.state.blob]) await flip(store, key);
    const damaged = { verdict: 'damaged' };
    expect([...(await sample(store))].sort()).toEqual(
      [
        [page, { ...damaged, path: '/' }],
        [part, { ...damaged, part: { family: 'calls', index: 0 } }],
        [pointer.state.blob, { ...damaged, path: undefined }],
      ].sort(),
    );
  });

  it('finds a state that is missing, and fails where the store does', async () => {
    const { store, pointer } = await site(2);
    await drop(store, pointer.state.blob);
    expect(await sample(store)).toEqual(new Map([[pointer.state.blob, { verdict: 'missing', path: undefined }]]));
    const page = `${ORG}/${await blobOf(store, '/')}`;
    const failing: Store = {
      ...store,
      get: (key, options) => (key === page ? Promise.reject(new Error('gone away')) : store.get(key, options)),
    };
    await expect(sample(failing)).rejects.toThrow('gone away');
  });

  it('is of sixteen at most, of others each time', async () => {
    const store = memoryStore();
    await small.publishTexts(store, small.textsOf(60));
    const manifest = await manifestIn(store);
    const looked = async (turn: string) => {
      const {
        store: observed,
        calls: { read },
      } = watched(store);
      await damagedSample(observed, ORG, await manifestIn(observed), turn);
      return read.filter((key) => /\/blobs\/[0-9a-f]{64}-/.test(key));
    };
    const [first, second] = [await looked('a'), await looked('b')];
    for (const read of [first, second]) expect(read.length > 8 && read.length <= 16).toBe(true);
    expect(first.sort()).not.toEqual(second.sort());
    expect(manifest.files.count).toBe(63);
  });

  it('is of an older version’s build, which names no state', async () => {
    const { store } = await site(1);
    const { state: _, ...manifest } = await manifestIn(store);
    expect(await damagedSample(store, ORG, manifest, 'turn')).toEqual(new Map());
  });
});
