import { expect, it } from 'vitest';
import { build, published, putCall, tenant } from '../../fixtures/world.ts';
import type { Store } from '../../store/store.ts';

const ORG = 'org_1';

/** A store that says it has written a blob and has not, or has written other bytes of the same size, or fewer. */
const lying = (store: Store, become: (body: Uint8Array) => Uint8Array | undefined): Store => ({
  ...store,
  async put(key, body, options) {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const stored = key.includes('/blobs/') ? become(bytes) : bytes;
    return stored ? store.put(key, stored, options) : 'e';
  },
});

it.each<[string, (body: Uint8Array) => Uint8Array | undefined]>([
  ['no blob', () => undefined],
  ['half of it', (body) => body.slice(0, body.length >> 1)],
  ['another byte in it', (body) => body.map((byte, i) => (i === body.length >> 1 ? byte ^ 1 : byte))],
])('a build of which the store has %s is not made current, and the site before stays', async (_what, become) => {
  const world = await tenant([{ id: 'a' }]);
  await build(world, ORG);
  const before = await published(world.reports, ORG);
  await putCall(world.results, ORG, { id: 'b' });
  await expect(build({ ...world, reports: lying(world.reports, become) }, ORG)).rejects.toThrow(/missing|damaged/);
  expect(await published(world.reports, ORG)).toEqual(before);
  expect(await build(world, ORG)).toMatchObject({ published: true, calls: 2 });
});
