import { describe, expect, it } from 'vitest';
import { openSpool } from '../lib/spool.ts';
import { keyOf } from '../source/layout.ts';
import { collect } from '../store/ranges.ts';
import {
  builtWorld,
  CANARY,
  deleteUpstream,
  doomed,
  eraseIt,
  keysHolding,
  NUMBER,
  ORG,
} from '../testing/erased-call.ts';
import { readWholeSite } from '../testing/whole-site.ts';
import { readKnown } from './known.ts';

const ID = `rec_${NUMBER}_${CANARY}`;
const maskingKey = 'a key of no tenant, but long enough';

async function maskedWorld() {
  const world = await builtWorld(doomed(ID), { masking: true }, maskingKey);
  const pages = [...((await readWholeSite(world.reports, ORG)) ?? new Map()).keys()];
  const path = pages.find((each) => each.startsWith('/calls/~')) ?? '';
  expect(path).toMatch(/^\/calls\/~[0-9a-f]{24}\/$/);
  await using spool = await openSpool();
  const known = await collect((await readKnown(world.reports, ORG, spool)).calls);
  const shown = known.find((call) => call.shown !== undefined)?.shown ?? '';
  expect(shown).toMatch(/^rec_••73-[0-9a-f]{10}_/);
  return { world, path, secrets: [CANARY, NUMBER, path.slice(8, -1), shown] };
}

const FORMS: [string, (path: string) => string][] = [
  ['its true id', () => ID],
  ['its page’s path', (path) => path],
  ['its page’s address', (path) => `https://reports.example.com${path.replace('~', '%7E')}?o=0123abcd#top`],
  ['the hash in that', (path) => path.slice(8, -1)],
  ['the segment', (path) => path.slice(7, -1)],
];

describe('where outside parties are masked, erase takes', () => {
  it.each(FORMS)('%s', async (_what, givenBy) => {
    const { world, path, secrets } = await maskedWorld();
    expect(await eraseIt(world, givenBy(path))).toMatchObject({
      state: 'upstream',
      upstream: { keys: (['enriched', 'metadata', 'calls', 'qa'] as const).map((part) => `${ORG}/${keyOf(part, ID)}`) },
    });
    await deleteUpstream(world, doomed(ID));
    expect(await eraseIt(world, givenBy(path))).toMatchObject({ state: 'erased', proof: { hits: [] } });
    expect(await keysHolding(world.reports, secrets)).toEqual([]);
  });

  it('nothing for clean that names it by the hash alone', async () => {
    const { world, path } = await maskedWorld();
    await deleteUpstream(world, doomed(ID));
    await world.reports.put(`${ORG}/notes`, `see ${path.slice(8, -1)}`);
    expect(await eraseIt(world, ID)).toMatchObject({
      state: 'erased',
      proof: { hits: [{ key: `${ORG}/notes`, what: ["its path's hash"] }] },
    });
  });

  it('the hash alone, where the state is lost', async () => {
    const { world, path, secrets } = await maskedWorld();
    for await (const { key } of world.reports.list(`${ORG}/blobs/`))
      if (!key.includes('.br.')) await world.reports.remove(key);
    await deleteUpstream(world, doomed(ID));
    expect(await eraseIt(world, path)).toMatchObject({ state: 'erased', proof: { hits: [] } });
    expect(await keysHolding(world.reports, secrets)).toEqual([]);
  });
});
