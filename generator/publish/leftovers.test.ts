import { describe, expect, it } from 'vitest';
import { memoryStore } from '../store/memory.ts';
import { watched } from '../store/testing/watched.ts';
import { leftovers, removeAll } from './leftovers.ts';
import { keysIn, liesIn, manifestIn, ORG, pointerIn, publishBuilds } from './testing/small-site.ts';

async function site(count: number) {
  const store = memoryStore();
  await publishBuilds(store, count);
  const [pointer, manifest] = [await pointerIn(store), await manifestIn(store)];
  return { store, pointer, manifest, needs: manifest.older ?? {} };
}

describe('what is left over of all that lies there', () => {
  const KILLED = `blobs/${'0'.repeat(64)}.1`;

  it('is what neither a build nor its kept ones name, whether their sums tell it or the parts do', async () => {
    const { store, pointer, manifest, needs } = await site(3);
    // Names that no run gives are left alone.
    await store.put(`${ORG}/blobs/odd`, 'x');
    await store.put(`${ORG}/builds/odd`, 'x');
    const keys = await keysIn(store);
    for (const left of [[], ['builds/2-cci-probe-x'], ['builds/2-cci-probe-x', KILLED, 'blobs/odd.br.7']]) {
      for (const key of left) await store.put(`${ORG}/${key}`, 'x');
      const found = await leftovers(await liesIn(store), pointer, manifest, needs);
      expect([...found].sort()).toEqual(left.toSorted());
      expect([...found].sort()).toEqual(left.toSorted());
    }
    expect(await removeAll(store, ORG, await leftovers(await liesIn(store), pointer, manifest, needs))).toBe(3);
    expect(await keysIn(store)).toEqual(keys);
  });

  it('is what only builds need that are given up, whether it lies there or not', async () => {
    const { store, pointer, manifest, needs } = await site(3);
    const gone = Object.values(needs).flat();
    const lies = await liesIn(store);
    const manifests = pointer.kept.map((build) => build.manifest);
    for (const also of [[KILLED, ...gone], ['pointer.json']]) {
      const found = await leftovers(lies, { ...pointer, kept: [] }, manifest, {}, [...gone, ...also]);
      expect([...found].sort()).toEqual([...gone, ...manifests].sort());
    }
    // What the build itself needs does not go, whoever else needed it.
    const [part] = [...manifest.files.parts()].map(({ at }) => String(at?.blob));
    expect([...(await leftovers(lies, pointer, manifest, needs, [String(part)]))]).toEqual([]);
  });

  it('is told of a listing that is whole without a part being read', async () => {
    const { store, pointer } = await site(2);
    const {
      store: observed,
      calls: { read },
    } = watched(store);
    const manifest = await manifestIn(observed);
    read.length = 0;
    await leftovers(await liesIn(store), pointer, manifest, manifest.older ?? {});
    expect(read).toEqual([]);
    await leftovers(await liesIn(store), pointer, manifest, {});
    expect(read).toHaveLength(2);
  });
});
