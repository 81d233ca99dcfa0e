import { afterEach, describe, expect, test, vi } from 'vitest';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import type { OrganizationId } from '../auth/tenant.ts';
import { publishSite } from '../testing/gate.ts';
import { openSites } from './sites.ts';
import { isNoAnswer } from './time-limit.ts';

const ORG = 'org_1' as OrganizationId;
const [now, forever] = [() => 0, new Promise<never>(() => {})];

/** Three builds, each with a page of its own; the last keeps the one before it. */
async function start() {
  const store = memoryStore();
  const sites = openSites(store, { now });
  const names: string[] = [];
  for (const generation of [1, 2, 3]) {
    await publishSite(store, ORG, { '/': `build ${generation}`, [`/${generation}/`]: 'x' }, generation);
    sites.forget(ORG);
    names.push((await sites.current(ORG))?.name ?? '');
  }
  return { store, sites, names: names as [string, string, string] };
}

describe('a build of an organization', () => {
  test('is found by its name while it is current or kept, and by no other', async () => {
    const { sites, names } = await start();
    expect(names.map((name) => name.slice(0, 2))).toEqual(['1-', '2-', '3-']);
    for (const [i, name] of names.slice(1).entries()) {
      expect(await sites.find(ORG, `/${i + 2}/`, name)).toMatchObject({ build: name });
      expect(await sites.find(ORG, '/9/', name)).toBe('not found');
      expect(await sites.keeps(ORG, name)).toBe(true);
    }
    expect(await sites.find(ORG, '/2/')).toBe('not found');
    expect(await sites.find(ORG, '/3/')).toMatchObject({ build: names[2] });
    for (const name of [names[0], '', '9-00', `x${names[2]}`, `${names[2]}x`, names[2].slice(0, -1)])
      expect([name, await sites.find(ORG, '/', name), await sites.keeps(ORG, name)]).toEqual([name, 'gone', false]);
  });

  test('is the current one by its number and time; before the first there is none', async () => {
    const { sites, names } = await start();
    expect(await sites.current(ORG)).toEqual({ name: names[2], generation: 3, publishedAt: '2026-03-31T05:30:00Z' });
    const none = 'org_2' as OrganizationId;
    expect([await sites.current(none), await sites.find(none, '/'), await sites.find(none, '/', names[2])]).toEqual([
      undefined,
      'not published',
      'gone',
    ]);
    expect(await sites.keeps(none, names[2])).toBe(false);
  });

  test('is seen at once where somebody has the organization forgotten, and no sooner', async () => {
    const { store, sites, names } = await start();
    await publishSite(store, ORG, { '/': 'build 4' }, 4);
    expect((await sites.current(ORG))?.name).toBe(names[2]);
    sites.forget(ORG);
    expect((await sites.current(ORG))?.generation).toBe(4);
  });
});

describe('a store that fails', () => {
  test.each(['pointer.json', '/builds/', '/blobs/'])(
    'once, at %s, is asked again by whoever comes next',
    async (part) => {
      const { store } = await start();
      let failing = true;
      const frail: Store = {
        ...store,
        async get(key, options) {
          if (failing && key.includes(part)) throw new Error('gone away');
          return store.get(key, options);
        },
      };
      const sites = openSites(frail, { now });
      const read = async () => {
        const found = await sites.find(ORG, '/');
        return typeof found === 'string' ? found : (await sites.read(ORG, found.file, 'identity')).byteLength;
      };
      await expect(read()).rejects.toThrow('gone away');
      failing = false;
      expect(await read()).toBe('build 3'.length);
    },
  );

  test('late, for a pointer that was read anew meanwhile, takes nothing from it', async () => {
    const { store } = await start();
    const reads: ((fails: boolean) => void)[] = [];
    const slow: Store = {
      ...store,
      async get(key, options) {
        if (key.endsWith('pointer.json') && (await new Promise((done) => reads.push(done))))
          throw new Error('gone away');
        return store.get(key, options);
      },
    };
    const sites = openSites(slow, { now });
    const first = sites.current(ORG).catch(() => 'failed');
    sites.forget(ORG);
    const second = sites.current(ORG);
    await vi.waitUntil(() => reads.length === 2);
    reads[1]?.(false);
    expect((await second)?.generation).toBe(3);
    reads[0]?.(true);
    expect(await first).toBe('failed');
    expect((await sites.current(ORG))?.generation).toBe(3);
    expect(reads).toHaveLength(2);
  });
});

describe('a store that does not answer', () => {
  afterEach(() => void vi.useRealTimers());

  test.each([
    ['pointer.json', 8_000],
    ['/builds/', 8_000],
  ])('is given up at %s after %i ms', async (part, ms) => {
    const { store } = await start();
    vi.useFakeTimers();
    const hanging: Store = {
      ...store,
      get: (key, options) => (key.includes(part) ? forever : store.get(key, options)),
    };
    let ended: unknown;
    openSites(hanging, { now })
      .find(ORG, '/')
      .catch((error: unknown) => {
        ended = error;
      });
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(ended).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(isNoAnswer(ended)).toBe(true);
  });
});
