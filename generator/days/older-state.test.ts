import { expect, it } from 'vitest';
import { build, objectsOf, published, tenant } from '../fixtures/world.ts';
import { compress, decodeText, decompress, encodeText, sha256 } from '../lib/bytes.ts';
import { silentLog } from '../lib/console.ts';
import { readPointer } from '../publish/read.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import type { FirstState } from './older-state.ts';
import { callsOf, rangeReader } from './ranges.ts';
import type { State } from './state.ts';

const ORG = 'org_1';

async function stateOf(reports: Store) {
  const { pointer } = (await readPointer(reports, ORG)) ?? {};
  const body = (await reports.get(`${ORG}/${pointer?.state.blob}`))?.body as Uint8Array;
  return { pointer, state: JSON.parse(decodeText(await decompress(body))) as State };
}

/** A site whose state is as an earlier version wrote it. */
async function oldSite(version: 1 | 2) {
  const world = { ...(await tenant(['a', 'b', '10', '9'].map((id) => ({ id })))), acceptLoss: false };
  await build(world, ORG);
  const { reports } = world;
  const { pointer, state } = await stateOf(reports);
  const { ranges, told, seen: _seen, months: _months, ...rest } = state;
  const calls: FirstState['calls'] = {};
  for await (const block of callsOf(rangeReader(reports, ORG), ranges))
    for (const { id, known } of block) calls[id] = known;
  const packed = await compress(
    encodeText(JSON.stringify(version === 1 ? { ...rest, version, calls } : { ...rest, version, ranges, told })),
  );
  await reports.put(`${ORG}/${pointer?.state.blob}`, packed);
  const old = { ...pointer, state: { ...pointer?.state, sha256: sha256(packed) } };
  await reports.put(`${ORG}/pointer.json`, JSON.stringify(old));
  return world;
}

it.each([1, 2] as const)('of version %i is read once, compared with by id, and replaced', async (version) => {
  const world = await oldSite(version);
  for (const id of ['a', '10', '9'])
    for (const key of objectsOf(ORG, { id }).keys()) await world.results.remove(`${ORG}/${key}`);
  await expect(build(world, ORG)).rejects.toThrow('lose 3 of the 4 calls');

  for (const id of ['a', '10'])
    for (const [key, text] of objectsOf(ORG, { id })) await world.results.put(`${ORG}/${key}`, text);
  const said: string[] = [];
  const log = {
    ...silentLog,
    step: async <T>(_name: unknown, work: (progress: () => void) => Promise<T>, resultOf?: (value: T) => unknown) => {
      const value = await work(() => {});
      said.push(String(resultOf?.(value)));
      return value;
    },
  };
  expect(await build({ ...world, log }, ORG)).toMatchObject({ published: true, calls: 3, deleted: 1 });
  expect(said).toContainEqual(expect.stringContaining('made by other code'));
  expect((await stateOf(world.reports)).state.version).toBe(3);
  const cold = { ...world, reports: memoryStore() };
  await build(cold, ORG);
  expect(await published(world.reports, ORG)).toEqual(await published(cold.reports, ORG));
  expect(await build(world, ORG)).toMatchObject({ published: false });
});
