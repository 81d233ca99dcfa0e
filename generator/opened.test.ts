import { expect, it } from 'vitest';
import { build, tenant } from './fixtures/world.ts';
import { type Log, silentLog } from './lib/console.ts';
import type { Pointer } from './publish/manifest.ts';
import { readPointer } from './publish/read.ts';

/** The step `open` of each run over one store, which is damaged in another way before each. */
it('says whether there was no earlier build, or why it cannot be used', async () => {
  const world = await tenant([{ id: 'c1' }]);
  const said: string[] = [];
  const log: Log = {
    ...silentLog,
    async step(name, work, resultOf) {
      const value = await work(() => {});
      if (name === 'open') said.push(resultOf?.(value) ?? '');
      return value;
    },
  };
  const run = (more: object = {}) => build({ ...world, log, ...more }, 'org_1');
  const pointer = async () => (await readPointer(world.reports, 'org_1'))?.pointer as Pointer;
  const damages: [string, () => Promise<unknown>][] = [
    ['no earlier build, so everything is built', async () => {}],
    ['build 1', async () => {}],
    ['build 1 was made by other code or from another configuration, so everything is built again', async () => {}],
    ['build 2; everything is built again, as asked', async () => {}],
    [
      'the state of build 3 is lost or damaged, so everything is built again',
      async () => world.reports.put(`org_1/${(await pointer()).state.blob}`, 'x'),
    ],
    [
      'the manifest of build 4 is lost or damaged, so everything is built again',
      async () => world.reports.remove(`org_1/${(await pointer()).manifest}`),
    ],
    [
      'the pointer of the earlier build is damaged, so everything is built again',
      () => world.reports.put('org_1/pointer.json', '{'),
    ],
    [
      'the pointer of the earlier build is lost, so everything is built again',
      () => world.reports.remove('org_1/pointer.json'),
    ],
  ];
  for (const [i, [, damage]] of damages.entries()) {
    await damage();
    await run({ codeVersion: i < 2 ? 'test' : 'other', force: i === 3 });
  }
  expect(said).toEqual(damages.map(([text]) => text));
});
