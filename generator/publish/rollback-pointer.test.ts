import { describe, expect, it } from 'vitest';
import { memoryStore } from '../store/memory.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { type Build, numberOf, type Pointer } from './manifest.ts';
import { markDamaged } from './marks.ts';
import { rollBack } from './rollback.ts';
import { Overtaken } from './switch.ts';
import {
  AT,
  blobOf,
  flip,
  KEEPS,
  keysIn,
  manifestIn,
  ORG,
  pointerIn,
  publishBuilds,
  putPointer,
} from './testing/small-site.ts';

const LATER = '2026-05-01T00:00:00.000Z';
const never = () => Promise.reject(new Error('asked what the store keeps'));
const back = (store: Store, to?: number, keeps: Parameters<typeof rollBack>[4] = never) =>
  rollBack(store, ORG, to, LATER, keeps);

async function site(count: number) {
  const store = memoryStore();
  const pointers = await publishBuilds(store, count);
  return { store, pointers, last: pointers.at(-1) ?? expect.fail() };
}
/** What a pointer of its own would be kept as. */
const asKept = ({ generation, manifest, sha256, publishedAt, calls, state }: Pointer): Build => ({
  ...{ generation, manifest, sha256, publishedAt, calls, state },
});

/** It fails with just this, and nothing has been written. */
async function refused(store: Store, to: number | undefined, sentence: string) {
  const before = await keysIn(store);
  const pointer = await store.get(`${ORG}/pointer.json`);
  await expect(back(store, to)).rejects.toThrow(
    expect.objectContaining({ problems: [sentence], message: sentence }) as Error,
  );
  expect([await keysIn(store), await store.get(`${ORG}/pointer.json`)]).toEqual([before, pointer]);
}

describe('a pointer after a rollback', () => {
  it('is that of the older build, above all that lies there, and keeps the one that was current first', async () => {
    const { store, pointers, last } = await site(3);
    await store.put(`${ORG}/blobs/${'0'.repeat(64)}.7`, 'left by a killed run');
    const { from, to } = await back(store);
    expect(from).toEqual(last);
    expect(await pointerIn(store)).toEqual(to);
    expect(to).toEqual({
      ...pointers[1],
      ...{ generation: 8, publishedAt: LATER, nonce: expect.any(String) },
      kept: [pointers[2], pointers[0]].map((pointer) => asKept(pointer as Pointer)),
    });
    expect(pointers.map(({ nonce }) => nonce)).not.toContain(to.nonce);
    const again = await back(store, 3);
    expect([numberOf(again.from), numberOf(again.to), again.to.kept.map(numberOf)]).toEqual([2, 3, [2, 1]]);
  });

  it('has no number of calls where the build before it has none', async () => {
    const { store, last } = await site(2);
    const [{ calls: _, ...first } = expect.fail()] = last.kept;
    await putPointer(store, { ...last, kept: [first] });
    expect('calls' in (await back(store)).to).toBe(false);
  });

  it('keeps nothing of a current build that nobody could show', async () => {
    const { store, last } = await site(3);
    await flip(store, last.manifest);
    expect((await back(store)).to.kept.map(numberOf)).toEqual([1]);
  });

  it('goes by default to the newest build before the current one, in whatever order they are kept', async () => {
    const { store, last } = await site(5);
    await putPointer(store, { ...last, kept: last.kept.toSorted((a, b) => (numberOf(a) % 3) - (numberOf(b) % 3)) });
    expect(numberOf((await back(store)).to)).toBe(4);
    expect(numberOf((await back(store)).to)).toBe(3);
    await back(store, 1);
    await refused(
      store,
      undefined,
      'org_1 keeps no build before build 1. It keeps: 5, 4, 3, 2. Name one of them with --to.',
    );
  });
});

describe('a rollback is refused, in words, where', () => {
  it('nothing is published, or the pointer is lost or damaged', async () => {
    await refused(memoryStore(), undefined, '--org: "org_1" has no published site in memory:. Check the spelling.');
    const lost =
      'the pointer of org_1 in memory: is lost or damaged, so it is not known which builds are kept. Run build --org org_1: it makes the site again from the input.';
    const { store } = await site(2);
    await store.remove(`${ORG}/pointer.json`);
    await refused(store, undefined, lost);
    const damaged = memoryStore();
    await damaged.put(`${ORG}/pointer.json`, '{');
    await refused(damaged, undefined, lost);
  });

  it('no older build is kept, or not the one that is named', async () => {
    const { store } = await site(1);
    const first =
      'org_1 keeps no older build, so there is nothing to go back to: build 1 was the first, or it published a deletion or was made by other code or from another configuration than the one before, or the builds before it were damaged. No rollback crosses these.';
    for (const to of [undefined, 1, 7]) await refused(store, to, first);
    const { store: more } = await site(3);
    await refused(more, 3, '--to: build 3 of org_1 is the current one already.');
    await refused(more, 9, '--to: org_1 does not keep build 9. It keeps: 2, 1. Name one of them with --to.');
  });

  it('an older version built it and kept no state', async () => {
    const { store, last } = await site(2);
    const sentence =
      'build 1 of org_1 can be read, but not made current again: an older version built it and did not keep its state.';
    const [{ state: _, ...first } = expect.fail()] = last.kept;
    await putPointer(store, { ...last, kept: [first] });
    await refused(store, 1, sentence);
  });

  it('its manifest is damaged, gone, or known to be no good', async () => {
    const { store, last } = await site(2);
    const { manifest } = last.kept[0] ?? expect.fail();
    await markDamaged(store, ORG, 2, [manifest]);
    await refused(
      store,
      1,
      `build 1 of org_1 is not whole (damaged: org_1/${manifest}), so nothing was changed. Choose another one: builds --org org_1 lists them.`,
    );
    const sentence = 'build 1 of org_1 can be read, but not made current again: its manifest is missing or damaged.';
    await flip(store, manifest);
    await refused(store, 1, sentence);
    await store.remove(`${ORG}/${manifest}`);
    await refused(store, 1, sentence);
  });

  it('something of it is missing or was found to be damaged, if only that build needs it', async () => {
    const { store, last } = await site(2);
    const [first = expect.fail()] = last.kept;
    const [page, state] = [
      await blobOf(store, '/', first),
      Object.keys((await manifestIn(store, first)).state ?? {})[0],
    ];
    const whole = (verdict: string, key: string) =>
      `build 1 of org_1 is not whole (${verdict}: org_1/${key}), so nothing was changed. Choose another one: builds --org org_1 lists them.`;
    const body = (await store.get(`${ORG}/${page}`))?.body ?? expect.fail();
    await store.remove(`${ORG}/${page}`);
    await refused(store, 1, whole('missing', page));
    await store.put(`${ORG}/${page}`, body);
    await markDamaged(store, ORG, 2, [String(state)]);
    await refused(store, 1, whole('damaged', String(state)));
  });
});

it('a store that fails in another way is not taken for one that has lost something', async () => {
  const { store, last } = await site(2);
  for (const key of [last.manifest, last.kept[0]?.manifest]) {
    const failing: Store = {
      ...store,
      get: (each, options) =>
        each === `${ORG}/${key}` ? Promise.reject(new Error('gone away')) : store.get(each, options),
    };
    await expect(back(failing)).rejects.toThrow('gone away');
  }
});

describe('a switch that the store refuses', () => {
  const refusing = (inner: Store, first: () => Promise<unknown> = async () => {}): Store => ({
    ...inner,
    async put(key, body, options) {
      if (options?.ifMatch === undefined) return inner.put(key, body, options);
      await first();
      throw new PreconditionFailed(key);
    },
  });

  it('is tried without a condition only where the store keeps none', async () => {
    const { store, last } = await site(2);
    await expect(back(refusing(store), undefined, async () => KEEPS)).rejects.toThrow(Overtaken);
    expect(await pointerIn(store)).toEqual(last);
    await back(refusing(store), undefined, async () => ({ createOnly: false, compareAndSwap: false }));
    expect(numberOf(await pointerIn(store))).toBe(1);
  });

  it('is given up where another run has published meanwhile, without a look at what the store keeps', async () => {
    const { store, last } = await site(2);
    const racing = refusing(store, () => putPointer(store, { ...last, nonce: 'of another run', publishedAt: AT }));
    await expect(back(racing)).rejects.toThrow('another run published org_1 meanwhile');
    expect((await pointerIn(store)).nonce).toBe('of another run');
    const gone = refusing(store, () => store.remove(`${ORG}/pointer.json`));
    await expect(back(gone)).rejects.toThrow(Overtaken);
  });
});
