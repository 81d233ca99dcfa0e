import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { putCall } from '../fixtures/world.ts';
import { encodeText, sha256 } from '../lib/bytes.ts';
import { readPointer } from '../publish/read.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { snapshotOf } from '../testing/copies.ts';
import {
  buildOnce,
  builtWorld,
  CANARY,
  DOOMED_ID,
  deleteUpstream,
  doomed,
  eraseIt,
  freshSite,
  keysHolding,
  leftByKilledRun,
  NUMBER,
  ORG,
  said,
} from '../testing/erased-call.ts';
import { readWholeSite } from '../testing/whole-site.ts';
import type { EraseContext, Proof } from './erase.ts';

const SECRETS = [CANARY, NUMBER];

/** Nothing of the call is left in any byte, the neighbours are all there, and the command says so. */
async function expectErased(world: EraseContext, given = DOOMED_ID): Promise<void> {
  expect(await eraseIt(world, given)).toMatchObject({ state: 'erased', proof: { hits: [], unreadable: [] } });
  expect(await keysHolding(world.reports, SECRETS)).toEqual([]);
  expect(await readWholeSite(world.reports, ORG)).toEqual(await freshSite(world));
}

const pointerOf = async (reports: Store) => (await readPointer(reports, ORG))?.pointer;
const flip = async (reports: Store, name = '') => {
  const body = (await reports.get(`${ORG}/${name}`))?.body ?? new Uint8Array();
  await reports.put(
    `${ORG}/${name}`,
    Uint8Array.from(body, (byte, i) => (i === 9 ? byte ^ 1 : byte)),
  );
};

describe('erase', () => {
  it('takes a call out of everything and nothing else, and a second time finds nothing to do', async () => {
    const world = await builtWorld();
    expect((await keysHolding(world.reports, SECRETS)).length).toBeGreaterThan(5);
    // Beside the site's search files the words of its day, in the state.
    expect((await keysHolding(world.reports, [CANARY.toLowerCase()])).length).toBeGreaterThan(1);
    await deleteUpstream(world);
    await expectErased(world);
    const before = await snapshotOf(world.reports);
    expect(await eraseIt(world)).toMatchObject({ state: 'nothing', proof: { hits: [] } });
    expect(await snapshotOf(world.reports)).toEqual(before);
  });

  it.each<[string, (world: EraseContext) => Promise<unknown>]>([
    ['the pointer is lost', ({ reports }) => reports.remove(`${ORG}/pointer.json`)],
    ['the pointer is damaged', ({ reports }) => reports.put(`${ORG}/pointer.json`, '{"version":1')],
    ['the state is lost', async ({ reports }) => reports.remove(`${ORG}/${(await pointerOf(reports))?.state.blob}`)],
    ['the state is damaged', async ({ reports }) => flip(reports, (await pointerOf(reports))?.state.blob)],
    ['the manifest is lost', async ({ reports }) => reports.remove(`${ORG}/${(await pointerOf(reports))?.manifest}`)],
    ['the manifest is damaged', async ({ reports }) => flip(reports, (await pointerOf(reports))?.manifest)],
    ['the status is damaged', ({ reports }) => reports.put('status.json', `{"${DOOMED_ID}`)],
    ['a killed run has left a later build', ({ reports }) => leftByKilledRun(reports, 9)],
    [
      'a killed run has left a later build, and the pointer is lost',
      async ({ reports }) => {
        await leftByKilledRun(reports, 9);
        await reports.remove(`${ORG}/pointer.json`);
      },
    ],
    [
      'older builds are kept',
      async (world) => {
        for (const id of ['later-1', 'later-2']) {
          await putCall(world.results, ORG, { id });
          await buildOnce(world);
        }
      },
    ],
    [
      'older builds are kept, and nobody knows any more what was deleted',
      async (world) => {
        await putCall(world.results, ORG, { id: 'later' });
        await buildOnce(world);
        await world.reports.remove(`${ORG}/${(await pointerOf(world.reports))?.state.blob}`);
      },
    ],
  ])('does so where %s', async (_what, damage) => {
    const world = await builtWorld();
    await damage(world);
    await deleteUpstream(world);
    await expectErased(world);
  });

  it('takes away what a run has left of it that was killed after the ordinary deletion', async () => {
    const world = await builtWorld();
    const shown = await snapshotOf(world.reports);
    await deleteUpstream(world);
    await buildOnce(world);
    const words = await leftByKilledRun(world.reports, 9, shown);
    expect(words.length).toBeGreaterThan(5);
    expect(await keysHolding(world.reports, [CANARY])).toEqual(words);
    await expectErased(world);
  });

  it('removes what killed runs have left also where nobody knows the call, and keeps older builds', async () => {
    const world = await builtWorld();
    await putCall(world.results, ORG, { id: 'later' });
    await buildOnce(world);
    const words = `${ORG}/blobs/${sha256('words')}.9`;
    await world.reports.put(words, '{"summaries":{"each":["of a call without its id"]}}');
    expect(await eraseIt(world, 'rec-unknown-1')).toMatchObject({ state: 'erased', wasKnown: false });
    expect(await world.reports.get(words)).toBeUndefined();
    expect((await pointerOf(world.reports))?.kept.length).toBe(2);
  });

  it('finds what was said in the call, but not what another call says too', async () => {
    const shared = 'my parcel has not come and nobody knows where it is';
    const spec = doomed();
    const world = await builtWorld(
      { ...spec, call: { ...spec.call, summary: [said('summary'), shared] } },
      { name: 'x' },
    );
    await putCall(world.results, ORG, { id: 'like', call: { summary: [shared] } });
    await deleteUpstream(world);
    await world.reports.put(`${ORG}/notes`, JSON.stringify({ text: said('summary').replaceAll(' ', '\n') }));
    await world.reports.put(`${ORG}/numbers`, `about ${NUMBER}`);
    await world.reports.put(`${ORG}/others`, shared);
    const { hits } = ((await eraseIt(world)) as { proof: Proof }).proof;
    expect(hits).toEqual([
      { key: `${ORG}/notes`, what: ['what was said in it'] },
      { key: `${ORG}/numbers`, what: ['its outside party'] },
    ]);
  });

  it('names what nobody can read, and does not call it clean', async () => {
    const world = await builtWorld();
    await deleteUpstream(world);
    // Members of gzip on end, which are more than fits into a text.
    const member = gzipSync(Buffer.alloc(1024 * 1024));
    const key = `${ORG}/notes.gz`;
    await world.reports.put(key, Buffer.concat(Array.from({ length: 257 }, () => member)));
    expect(await eraseIt(world)).toMatchObject({ state: 'erased', proof: { hits: [], unreadable: [key] } });
  });

  it('leaves nothing of a run that was publishing the call meanwhile', async () => {
    const world = await builtWorld();
    await putCall(world.results, ORG, { id: 'later' });
    let erased: Promise<unknown> | undefined;
    const slow: Store = {
      ...world.reports,
      async put(key, body, options) {
        if (/\/builds\/\d+-[0-9a-f]{16}\.json$/.test(key) && erased === undefined) {
          await deleteUpstream(world);
          erased = eraseIt(world);
          expect(await erased).toMatchObject({ state: 'erased', proof: { hits: [] } });
        }
        return world.reports.put(key, body, options);
      },
    };
    await buildOnce({ ...world, reports: slow });
    expect(erased).toBeDefined();
    expect(await keysHolding(world.reports, SECRETS)).toEqual([]);
    expect(await readWholeSite(world.reports, ORG)).toEqual(await freshSite(world));
  });

  it.each([true, false])('publishes where nothing has changed, and drops older builds: %s', async (dropOlder) => {
    const world = await builtWorld();
    await putCall(world.results, ORG, { id: 'later' });
    await buildOnce(world);
    await buildOnce({ ...world, erasing: { paths: [], dropOlder } });
    const pointer = await pointerOf(world.reports);
    expect(pointer?.generation).toBe(3);
    expect(pointer?.kept.length).toBe(dropOlder ? 0 : 2);
  });

  it('removes what no build needs and no run has named', async () => {
    const world = await builtWorld();
    await world.reports.put(`${ORG}/blobs/a copy`, `{"id":"${DOOMED_ID}"}`);
    await world.reports.put(`${ORG}/builds/a copy`, CANARY);
    await deleteUpstream(world);
    await expectErased(world);
  });

  it('cannot be undone by an older pointer', async () => {
    const world = await builtWorld();
    const older = await world.reports.get(`${ORG}/pointer.json`);
    await deleteUpstream(world);
    await eraseIt(world);
    await world.reports.put(`${ORG}/pointer.json`, older?.body ?? '');
    await expect(readWholeSite(world.reports, ORG)).rejects.toThrow('missing manifest');
  });

  it('leaves the last call’s organization with an empty site', async () => {
    const world = await builtWorld();
    for (const id of ['a', 'rec-5', 'z']) await deleteUpstream(world, { id });
    await buildOnce({ ...world, acceptLoss: true });
    await deleteUpstream(world);
    expect(await eraseIt(world)).toMatchObject({ state: 'erased', proof: { hits: [] } });
    expect(await keysHolding(world.reports, SECRETS)).toEqual([]);
    expect((await readWholeSite(world.reports, ORG))?.has('/calls/')).toBe(true);
  });

  it('does not take the rest of a site with it that has lost its input', async () => {
    const world = await builtWorld();
    const before = await snapshotOf(world.reports);
    const elsewhere = { ...world, results: memoryStore() };
    expect(await eraseIt(elsewhere)).toMatchObject({ state: 'failed' });
    const after = await snapshotOf(world.reports);
    const sites = (all: typeof before) => all.filter(({ key }) => key.startsWith(`${ORG}/`));
    expect(sites(after)).toEqual(sites(before));
  });

  it('writes nothing for a call that nobody knows, and keeps older builds', async () => {
    const world = await builtWorld();
    await putCall(world.results, ORG, { id: 'later' });
    await buildOnce(world);
    const before = await snapshotOf(world.reports);
    for (const given of ['rec-unknown-1', '~0123456789abcdef01234567', '/calls/rec-unknown-1/', 'summary', '7'])
      expect(await eraseIt(world, given), given).toMatchObject({ state: 'nothing', proof: { hits: [] } });
    expect(await snapshotOf(world.reports)).toEqual(before);
  });

  it('leaves a call of the same id in another organization alone', async () => {
    const world = await builtWorld();
    const other = 'org_2';
    await putCall(world.results, other, doomed());
    await world.reports.put(`mail/frozen/${other}/2026-03-29/${'0'.repeat(32)}.eml`, DOOMED_ID);
    await world.reports.put(`${other}/blobs/${sha256('x')}.1`, encodeText(DOOMED_ID));
    await deleteUpstream(world);
    expect(await eraseIt(world)).toMatchObject({ state: 'erased', proof: { hits: [] } });
    expect((await keysHolding(world.reports, SECRETS)).map((key) => key.split('/').slice(0, -1).join('/'))).toEqual([
      'mail/frozen/org_2/2026-03-29',
      'org_2/blobs',
    ]);
  });
});
