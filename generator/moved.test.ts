import { expect, it } from 'vitest';
import type { BuildContext } from './build/context.ts';
import { buildSite } from './build.ts';
import { memoryWorld, published, putCall, rule, tenant } from './fixtures/world.ts';
import type { Log } from './lib/console.ts';
import { Moved } from './lib/errors.ts';
import { memoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';

const ORG = 'org_1';
const IDS = ['a', 'b', 'c'];

/** A site of three calls, and then one more that spells their rule in another way: the pages of the three are made again. */
async function respelt() {
  const world = memoryWorld(await tenant(IDS.map((id) => ({ id }))));
  await buildSite(world, ORG);
  const last = { start_timestamp: '2026-03-30T11:00:00Z' };
  await putCall(world.results, ORG, { id: 'new', call: last, qa: [rule('IDENTITY verified')] });
  return world;
}

/** The same world, in which after each listing one more of the three is another call as it is about to be read. @param most listings */
function restless(world: BuildContext, most: number): BuildContext {
  const waiting = IDS.slice(0, most);
  const due = new Set<string>();
  const step: Log['step'] = (name, ...work) => {
    const next = String(name) === 'list' && waiting.shift();
    if (next) due.add(`${ORG}/final/v2.0-flat/calls/${next}.jsonl`);
    return world.log.step(name, ...work);
  };
  const get: Store['get'] = async (key, options) => {
    if (due.delete(key))
      await world.results.put(key, `${new TextDecoder().decode((await world.results.get(key))?.body)} `);
    return world.results.get(key, options);
  };
  return { ...world, results: { ...world.results, get }, log: { ...world.log, step } };
}

it('looks at everything once more where a call that it only makes again changes after the listing', async () => {
  const world = await respelt();
  const said: string[] = [];
  const { log, ...context } = restless(world, 2);
  const say = (text: unknown) => void said.push(String(text));
  expect(await buildSite({ ...context, log: { ...log, say } }, ORG)).toMatchObject({ published: true, calls: 4 });
  expect(said).toEqual(Array(2).fill('calls have changed meanwhile; everything is listed again'));
  const cold = { ...world, reports: memoryStore() };
  await buildSite(cold, ORG);
  expect(await published(world.reports, ORG)).toEqual(await published(cold.reports, ORG));
});

it('leaves the old site, and says why, where calls change all the while', async () => {
  const world = await respelt();
  const before = await published(world.reports, ORG);
  await expect(buildSite(restless(world, 3), ORG)).rejects.toThrow(Moved);
  expect(await published(world.reports, ORG)).toEqual(before);
  expect(await buildSite(world, ORG)).toMatchObject({ published: true, calls: 4 });
});
