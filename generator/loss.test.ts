import { describe, expect, it } from 'vitest';
import { buildSite } from './build.ts';
import { build, CONFIG, objectsOf, published, putCall, tenant } from './fixtures/world.ts';
import { memoryStore } from './store/memory.ts';

const ORG = 'org_1';
const IDS = ['a', 'b', 'c', 'd'];

/** A published site of four calls, in a world that accepts no loss. */
async function site(config: object = CONFIG) {
  const world = {
    ...(await tenant(
      IDS.map((id) => ({ id })),
      config,
    )),
    acceptLoss: false,
  };
  await build(world, ORG);
  return world;
}
type World = Awaited<ReturnType<typeof site>>;

async function erase({ results }: World, ...ids: string[]) {
  for (const id of ids) for (const key of objectsOf(ORG, { id }).keys()) await results.remove(`${ORG}/${key}`);
}
const pointerOf = async ({ reports }: World) =>
  JSON.parse(new TextDecoder().decode((await reports.get(`${ORG}/pointer.json`))?.body));
const callsOf = async ({ reports }: World) =>
  [...(await published(reports, ORG)).keys()].filter((path) => /^\/calls\/./.test(path)).length;

describe('a build that would lose more than half of the calls', () => {
  it('stops, says of how many and where from, and writes nothing but goes on where the loss is accepted', async () => {
    const world = await site();
    await erase(world, 'a', 'b', 'c');
    const loss = /lose 3 of the 4 calls .* Read were memory: and memory:\. .* build --org org_1 --accept-loss/;
    await expect(build(world, ORG)).rejects.toThrow(loss);
    expect(await callsOf(world)).toBe(4);
    expect(await build({ ...world, acceptLoss: true }, ORG)).toMatchObject({ calls: 1, deleted: 3 });
  });

  it('goes on where exactly half of them are gone', async () => {
    const world = await site();
    await erase(world, 'a', 'b');
    expect(await build(world, ORG)).toMatchObject({ published: true, calls: 2, deleted: 2 });
  });

  it('is not a first build, whatever it finds', async () => {
    const world = { ...(await tenant([])), acceptLoss: false };
    // Nothing that is read; an organization without any object is not built.
    await world.results.put(`${ORG}/raw/a.json`, '{}');
    expect(await build(world, ORG)).toMatchObject({ calls: 0, deleted: 0 });
    await putCall(world.results, ORG, { id: 'a' });
    expect(await build(world, ORG)).toMatchObject({ calls: 1, deleted: 0 });
  });

  it('counts calls that can no longer be read as lost, though their objects are there', async () => {
    const world = await site();
    for (const id of ['a', 'b', 'c']) await world.results.put(`${ORG}/final/v2.0-flat/calls/${id}.jsonl`, '{');
    await expect(build(world, ORG)).rejects.toThrow('lose 3 of the 4 calls');
  });

  it('is told so by whatever is left of the build before', async () => {
    const ways: [string, (world: World) => Promise<unknown>][] = [
      ['state of other code', async (world) => Object.assign(world, { codeVersion: 'other' })],
      ['other configuration', ({ config }) => config.put(`${ORG}/report-config.json`, JSON.stringify({ name: 'x' }))],
      ['no state', async (world) => world.reports.remove(`${ORG}/${(await pointerOf(world)).state.blob}`)],
      ['damaged state', async (world) => world.reports.put(`${ORG}/${(await pointerOf(world)).state.blob}`, 'x')],
      ['no pointer', ({ reports }) => reports.remove(`${ORG}/pointer.json`)],
      ['damaged pointer', ({ reports }) => reports.put(`${ORG}/pointer.json`, '{')],
      ['forced', async (world) => Object.assign(world, { force: true })],
      [
        'neither state nor manifest',
        async (world) => {
          const { state, manifest } = await pointerOf(world);
          for (const key of [state.blob, manifest]) await world.reports.put(`${ORG}/${key}`, 'x');
        },
      ],
    ];
    for (const [way, change] of ways) {
      const world = await site();
      await change(world);
      await erase(world, 'a', 'b', 'c');
      await expect(build(world, ORG), way).rejects.toThrow('lose 3 of the 4 calls');
      expect(await build({ ...world, acceptLoss: true }, ORG), way).toMatchObject({ calls: 1, deleted: 3 });
    }
  });

  it('takes calls whose masked paths have changed with the key for the same ones', async () => {
    const maskingKey = 'k'.repeat(32);
    const ids = ['a', 'b', 'c'].map((id) => ({ id: `${id}-441632960001` }));
    const world = { ...(await tenant(ids, { ...CONFIG, masking: true })), acceptLoss: false, maskingKey };
    await build(world, ORG);
    const other = { ...world, maskingKey: 'o'.repeat(32) };
    await world.reports.remove(`${ORG}/${(await pointerOf(world)).state.blob}`);
    expect(await build(other, ORG)).toMatchObject({ published: true, calls: 3, deleted: 0 });
  });

  it.each<[string, (world: World) => Promise<unknown>]>([
    ['its state', async () => {}],
    ['its pages', ({ reports }) => reports.remove(`${ORG}/pointer.json`)],
    [
      'the number of its calls',
      async (world) => {
        const { state, manifest } = await pointerOf(world);
        for (const key of [state.blob, manifest]) await world.reports.put(`${ORG}/${key}`, 'x');
      },
    ],
  ])('does not count a call that is meant to go, by %s', async (_what, change) => {
    const world = await site();
    await change(world);
    await erase(world, 'a', 'b');
    const erasing = { paths: ['/calls/a/', '/calls/~3fe1/'], dropOlder: true };
    expect(await buildSite({ ...world, erasing }, ORG)).toMatchObject({ published: true, calls: 2, deleted: 1 });
    const all = await site();
    await change(all);
    await erase(all, 'a', 'b', 'c');
    await expect(buildSite({ ...all, erasing }, ORG)).rejects.toThrow('lose 2 of the 3 calls');
  });

  it('says what is gone where only the number of calls is known', async () => {
    const world = await site();
    const reports = memoryStore();
    await reports.put(`${ORG}/pointer.json`, JSON.stringify(await pointerOf(world)));
    await erase(world, 'a');
    expect(await build({ ...world, reports }, ORG)).toMatchObject({ published: true, calls: 3, deleted: 1 });
  });
});
