import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, sha256, unsqueeze } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import { memoryStore } from '../store/memory.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { numberOf } from './manifest.ts';
import { openStart } from './start.ts';
import { Overtaken } from './switch.ts';
import {
  AT,
  blobOf,
  keysIn,
  manifestIn,
  ORG,
  pointerIn,
  publishBuilds,
  publishTexts,
  textsOf,
} from './testing/small-site.ts';

const keptIn = async (store: Store) => (await pointerIn(store)).kept.map(numberOf);
/** A store that does something else with the writing of some keys. */
const writing = (store: Store, pattern: RegExp, put: Store['put']): Store => ({
  ...store,
  put: (key, body, options) => (pattern.test(key) ? put : store.put)(key, body, options),
});
const KEEPS_NONE = { createOnly: false, compareAndSwap: false };

describe('a build that is published', () => {
  it('is what its pointer says, and its manifest, which is named by its hash and tells the sizes of its state', async () => {
    const store = memoryStore();
    const pointer = await publishTexts(store, textsOf(2));
    expect(await pointerIn(store)).toEqual(pointer);
    const { body } = (await store.get(`${ORG}/${pointer.manifest}`)) ?? expect.fail();
    expect(pointer).toEqual({
      ...{ version: 1, organization: ORG, generation: 1, publishedAt: AT, calls: 2, kept: [] },
      ...{ manifest: `builds/1-${sha256(body).slice(0, 16)}.json`, sha256: sha256(body), nonce: expect.any(String) },
      state: { blob: `blobs/${sha256('state 1')}.1`, sha256: sha256('state 1') },
    });
    expect(JSON.parse(decodeText(unsqueeze(body)))).toEqual({
      ...{ version: 2, organization: ORG, csp: "default-src 'none'" },
      ...{ calls: [expect.any(String)], site: [expect.any(String)] },
      state: { [`blobs/${sha256('state 1')}.1`]: 7, [`blobs/${sha256('day 1')}.1`]: 5 },
    });
  });

  it('keeps seven builds before it, with what they need in its manifest, and nothing else lies there then', async () => {
    const store = memoryStore();
    await publishBuilds(store, 10);
    expect(await keptIn(store)).toEqual([9, 8, 7, 6, 5, 4, 3]);
    const { kept } = await pointerIn(store);
    const { older } = await manifestIn(store);
    expect(Object.keys(older ?? {}).sort()).toEqual(kept.map(({ manifest }) => manifest).sort());
    const needed = new Set([
      ...Object.values(older ?? {}).flat(),
      ...Object.keys(older ?? {}),
      (await pointerIn(store)).manifest,
    ]);
    for (const path of Object.keys(textsOf(10))) needed.add(await blobOf(store, path));
    for (const { at } of (await manifestIn(store)).files.parts()) needed.add(String(at?.blob));
    for (const blob of Object.keys((await manifestIn(store)).state ?? {})) needed.add(blob);
    expect(await keysIn(store)).toEqual([...needed, 'pointer.json'].sort());
  });

  it('keeps as many as are wanted, or none where none may be read any more', async () => {
    const store = memoryStore();
    await publishBuilds(store, 3);
    await publishTexts(store, textsOf(4), { keepBuilds: 1 });
    expect(await keptIn(store)).toEqual([3]);
    await publishTexts(store, textsOf(5), { keepBuilds: 0 });
    expect([await keptIn(store), Object.keys(await manifestIn(store))]).toEqual([
      [],
      expect.not.arrayContaining(['older']),
    ]);
    await publishTexts(store, textsOf(6));
    await publishTexts(store, textsOf(7), { mayKeep: false });
    expect(await keptIn(store)).toEqual([]);
    expect((await keysIn(store)).filter((key) => key.startsWith('builds/'))).toHaveLength(1);
  });

  it('keeps none where the build before cannot be compared with, or read', async () => {
    const store = memoryStore();
    await publishBuilds(store, 2);
    await publishTexts(store, textsOf(3), { before: undefined });
    expect(await keptIn(store)).toEqual([]);
    await publishTexts(store, textsOf(4));
    expect(await keptIn(store)).toEqual([3]);
    const before = await manifestIn(store);
    const broken = {
      ...before,
      files: {
        ...before.files,
        *parts() {
          for (const part of before.files.parts()) yield { ...part, load: () => Promise.reject(new Damaged('a part')) };
        },
      },
    };
    await publishTexts(store, textsOf(5), { before: broken as typeof before });
    expect(await keptIn(store)).toEqual([]);
  });

  it('keeps no build that needs what is known to be no good', async () => {
    const store = memoryStore();
    await publishBuilds(store, 2);
    const damaged = new Set([await blobOf(store, '/', (await pointerIn(store)).kept[0])]);
    await publishTexts(store, textsOf(3), { damaged });
    expect(await keptIn(store)).toEqual([2]);
  });

  it('is above all that has been written meanwhile, and removes nothing that came after its listing', async () => {
    const inner = memoryStore();
    await publishBuilds(inner, 1);
    const late = `blobs/${'0'.repeat(64)}.9`;
    const later = `blobs/${'1'.repeat(64)}.1`;
    let listed = 0;
    const store: Store = {
      ...inner,
      async *list(prefix) {
        // Before the second listing of the run, and after it.
        if (++listed === 2) await inner.put(`${ORG}/${late}`, 'x');
        yield* inner.list(prefix);
        if (listed === 2) await inner.put(`${ORG}/${later}`, 'x');
      },
    };
    const pointer = await publishTexts(store, textsOf(2));
    expect([pointer.generation, numberOf(pointer)]).toEqual([9, 2]);
    expect((await keysIn(inner)).filter((key) => [late, later].includes(key))).toEqual([later]);
  });
});

describe('a build is not made current where', () => {
  const unchanged = async (store: Store, attempt: Promise<unknown>, error: unknown) => {
    const before = await pointerIn(store);
    await expect(attempt).rejects.toThrow(error as Error);
    expect(await pointerIn(store)).toEqual(before);
  };

  it('it has not as many pages of calls as it is said to show', async () => {
    const store = memoryStore();
    await publishBuilds(store, 1);
    await unchanged(store, publishTexts(store, textsOf(3), { calls: 2 }), '3 pages of 2 calls');
  });

  it('a page, its state or a part of that does not lie there', async () => {
    const store = memoryStore();
    await publishBuilds(store, 1);
    const none = { blob: `blobs/${'0'.repeat(64)}.2`, sha256: '0'.repeat(64) };
    await unchanged(store, publishTexts(store, textsOf(2), { state: none }), `missing blob: ${ORG}/${none.blob}`);
    await unchanged(
      store,
      publishTexts(store, textsOf(2), { stateBlobs: [none.blob] }),
      `missing blob: ${ORG}/${none.blob}`,
    );
    const page = await blobOf(store, '/calls/c1/');
    await store.remove(`${ORG}/${page}`);
    await unchanged(store, publishTexts(store, textsOf(2)), `missing blob: ${ORG}/${page} of /calls/c1/`);
  });

  it('the store has not kept what the run wrote', async () => {
    const store = memoryStore();
    await publishBuilds(store, 1);
    const flipped = writing(store, /\/blobs\//, (key, body, options) =>
      store.put(
        key,
        (body as Uint8Array).map((byte) => byte ^ 1),
        options,
      ),
    );
    await unchanged(store, publishTexts(flipped, textsOf(2)), /^damaged blob: /);
    const lost = writing(store, /\/builds\//, async () => 'e');
    await unchanged(store, publishTexts(lost, textsOf(2)), /^missing manifest: /);
    const other = writing(store, /\/builds\//, (key) => store.put(key, 'x'));
    await unchanged(store, publishTexts(other, textsOf(2)), /^damaged manifest: /);
  });

  it('another run was faster', async () => {
    const store = memoryStore();
    await publishBuilds(store, 1);
    const over = await openStart(store, ORG);
    await publishTexts(store, textsOf(2));
    await unchanged(store, publishTexts(store, textsOf(3), { over }), Overtaken);
    await unchanged(store, publishTexts(store, textsOf(4), { over, keeps: KEEPS_NONE }), Overtaken);
  });

  it('the store fails while the build before is compared with, or the manifest is written', async () => {
    const store = memoryStore();
    await publishBuilds(store, 1);
    const failing = writing(store, /\/builds\//, () => Promise.reject(new Error('gone away')));
    await unchanged(store, publishTexts(failing, textsOf(2)), 'gone away');
    const before = await manifestIn(store);
    const broken = {
      ...before,
      files: {
        ...before.files,
        *parts() {
          for (const part of before.files.parts())
            yield { ...part, load: () => Promise.reject(new Error('gone away')) };
        },
      },
    };
    await unchanged(store, publishTexts(store, textsOf(2), { before: broken as typeof before }), 'gone away');
  });
});

describe('a manifest', () => {
  it('is only created, where the store keeps that, and may lie there whole already', async () => {
    const store = memoryStore();
    const conditions: unknown[] = [];
    const watched = writing(store, /\/builds\//, async (key, body, options) => {
      conditions.push(options);
      await store.put(key, body, options);
      throw new PreconditionFailed(key);
    });
    await publishTexts(watched, textsOf(1));
    await publishTexts(watched, textsOf(2), { keeps: KEEPS_NONE });
    expect(conditions).toEqual([{ ifNoneMatch: '*' }, {}]);
    expect(await keptIn(store)).toEqual([1]);
  });
});

it('a page that was damaged is not taken over unseen', async () => {
  const store = memoryStore();
  await publishBuilds(store, 1);
  const page = await blobOf(store, '/calls/c1/');
  await store.put(`${ORG}/${page}`, encodeText('short'));
  await expect(publishTexts(store, textsOf(2))).rejects.toThrow(`damaged blob: ${ORG}/${page} of /calls/c1/`);
});
