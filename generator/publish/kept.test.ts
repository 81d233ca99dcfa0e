import { describe, expect, it } from 'vitest';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { keptBeside, keptOf, newestOf, wholeNeedsOf } from './kept.ts';
import { type Build, type Manifest, numberOf, type Pointer } from './manifest.ts';
import { blobOf, flip, liesIn, manifestIn, ORG, pointerIn, publishBuilds } from './testing/small-site.ts';

async function site(count: number) {
  const store = memoryStore();
  const pointers = await publishBuilds(store, count);
  const pointer = await pointerIn(store);
  return { store, pointers, pointer, manifest: await manifestIn(store) };
}
/** Blobs of the one build and not of the other, found by comparing all names. */
async function only(store: Store, build: Build, others: readonly Manifest[]): Promise<string[]> {
  const names = async ({ files, state }: Manifest) => {
    const blobs = [...files.parts()].map(({ at }) => String(at?.blob));
    for await (const [, { blob }] of files) blobs.push(blob);
    return new Set([...blobs, ...Object.keys(state ?? {})]);
  };
  const known = new Set((await Promise.all(others.map(names))).flatMap((each) => [...each]));
  return [...(await names(await manifestIn(store, build)))].filter((blob) => !known.has(blob)).sort();
}

describe('a build that was current', () => {
  it('is kept with what it shows and what it was made from, under its own number', async () => {
    const { pointer, manifest } = await site(2);
    const { manifest: key, sha256, publishedAt, calls, state } = pointer;
    const rolledBack = { ...pointer, generation: 9 };
    expect(keptOf(rolledBack, manifest)).toEqual({ generation: 2, manifest: key, sha256, publishedAt, calls, state });
    const { calls: _, ...uncounted } = rolledBack;
    expect(Object.keys(keptOf(uncounted, manifest))).not.toContain('calls');
    // Blobs of a state that its manifest does not name go.
    const { state: __, ...old } = manifest;
    expect(Object.keys(keptOf(pointer, old))).not.toContain('state');
  });

  it('is the newest where its run was the latest, wherever it is kept', async () => {
    const { pointer, pointers } = await site(3);
    expect(newestOf(pointer)).toBe(pointer);
    const rolledBack = { ...pointer, ...pointers[0], kept: [pointers[1], pointers[2]] as Pointer[] };
    expect(numberOf(newestOf(rolledBack))).toBe(3);
    expect(numberOf(newestOf({ ...rolledBack, kept: rolledBack.kept.toReversed() }))).toBe(3);
  });

  it('is kept first, before those that it kept, as many as are wanted and up to one whose manifest is gone', async () => {
    const { store, pointer, manifest } = await site(4);
    const numbers = async (most: number) => keptBeside(pointer, manifest, await liesIn(store), most).map(numberOf);
    expect(await Promise.all([9, 2, 0].map(numbers))).toEqual([[4, 3, 2, 1], [4, 3], []]);
    await store.remove(`${ORG}/${pointer.kept[1]?.manifest}`);
    expect(await numbers(9)).toEqual([4, 3]);
    await store.remove(`${ORG}/${pointer.manifest}`);
    expect(await numbers(9)).toEqual([]);
  });
});

describe('needs of kept builds', () => {
  it('name each blob once, for the first of the builds that needs it, and none of the current build', async () => {
    const { store, pointer, manifest } = await site(4);
    const lies = await liesIn(store);
    const { kept, needs } = await wholeNeedsOf(store, ORG, pointer.kept, { lies, current: manifest, known: {} });
    expect(kept).toEqual(pointer.kept);
    const before = [manifest];
    for (const build of kept) {
      expect(needs[build.manifest]?.toSorted()).toEqual(await only(store, build, before));
      before.push(await manifestIn(store, build));
    }
    expect(Object.keys(needs)).toEqual(kept.map((build) => build.manifest));
  });

  it('are taken from a list that is known, without a look at what those builds are made of', async () => {
    const { store, pointer, manifest } = await site(3);
    const deaf: Store = { ...store, get: () => Promise.reject(new Error('read')) };
    const known = manifest.older ?? expect.fail();
    const lies = await liesIn(store);
    expect(await wholeNeedsOf(deaf, ORG, pointer.kept, { lies, current: manifest, known })).toEqual({
      ...{ kept: pointer.kept, needs: known },
    });
    const [first = '', second = ''] = pointer.kept.map((build) => build.manifest);
    const twice = { [first]: ['blobs/a.1', 'blobs/a.1'], [second]: ['blobs/a.1'] };
    await store.put(`${ORG}/blobs/a.1`, 'x');
    const { needs } = await wholeNeedsOf(deaf, ORG, pointer.kept, {
      ...{ lies: await liesIn(store), current: manifest, known: twice },
    });
    expect(needs).toEqual({ [first]: ['blobs/a.1'], [second]: [] });
  });

  it('are those of whole builds only: one that misses something goes, and the next lists what it needs itself', async () => {
    const { store, pointer, manifest } = await site(4);
    const [three, two, one] = pointer.kept as [Build, Build, Build];
    await store.remove(`${ORG}/${await blobOf(store, '/', two)}`);
    const known = manifest.older ?? {};
    const lies = await liesIn(store);
    const { kept, needs } = await wholeNeedsOf(store, ORG, pointer.kept, { lies, current: manifest, known });
    expect(kept).toEqual([three, one]);
    expect(Object.keys(needs)).toEqual([three.manifest, one.manifest]);
    expect(needs[one.manifest]?.toSorted()).toEqual(await only(store, one, [manifest, await manifestIn(store, three)]));
  });

  it('are not those of a build of which something is known to be no good, its manifest included', async () => {
    for (const what of ['blob', 'manifest']) {
      const { store, pointer, manifest } = await site(3);
      const [two, one] = pointer.kept as [Build, Build];
      const damaged = new Set([what === 'blob' ? await blobOf(store, '/', one) : one.manifest]);
      const about = { lies: await liesIn(store), current: manifest, known: manifest.older ?? {} };
      expect((await wholeNeedsOf(store, ORG, pointer.kept, { ...about, damaged })).kept).toEqual([two]);
    }
  });

  it('are not those of a build whose manifest is gone, or damaged, or whose parts are', async () => {
    const [two, one] = (await site(3)).pointer.kept as [Build, Build];
    for (const spoil of [
      (store: Store) => store.remove(`${ORG}/${one.manifest}`),
      (store: Store) => flip(store, one.manifest),
      async (store: Store) => flip(store, [...(await manifestIn(store, one)).files.parts()][0]?.at?.blob ?? ''),
    ]) {
      const { store, pointer, manifest } = await site(3);
      await spoil(store);
      const about = { lies: await liesIn(store), current: manifest, known: {} };
      const { kept, needs } = await wholeNeedsOf(store, ORG, pointer.kept, about);
      expect([kept.map(numberOf), Object.keys(needs)]).toEqual([[2], [pointer.kept[0]?.manifest]]);
    }
    // What is known of a build does not bring its manifest back.
    const { store, pointer, manifest } = await site(3);
    await store.remove(`${ORG}/${one.manifest}`);
    const about = { lies: await liesIn(store), current: manifest, known: manifest.older ?? {} };
    expect((await wholeNeedsOf(store, ORG, pointer.kept, about)).kept.map(numberOf)).toEqual([numberOf(two)]);
  });

  it('are not told where the store fails', async () => {
    const { store, pointer, manifest } = await site(2);
    const failing: Store = { ...store, get: () => Promise.reject(new Error('gone away')) };
    const about = { lies: await liesIn(store), current: manifest, known: {} };
    await expect(wholeNeedsOf(failing, ORG, pointer.kept, about)).rejects.toThrow('gone away');
  });
});
