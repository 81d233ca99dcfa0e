import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryWorld, putCall } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import { exportSite } from '../publish/export.ts';
import { numberOf } from '../publish/manifest.ts';
import { readManifest, readPointer } from '../publish/read.ts';
import { buildAll } from '../run.ts';
import { fileStore } from '../store/file.ts';
import { builds } from './builds.ts';
import type { Answer } from './command.ts';
import { rollback } from './rollback.ts';
import { status } from './status.ts';
import { verify } from './verify.ts';
import { verifyAssets } from './verify-assets.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-verify-'));
const reports = pathToFileURL(join(folder, 'reports')).href;
const store = fileStore(reports);
const world = memoryWorld({ reports: store });
const run = (named?: string[]) => buildAll({ ...world, logFor: () => silentLog }, named);
beforeAll(async () => {
  for (const org of ['acme', 'tele_1']) await putCall(world.results, org, { id: 'a' });
  await run();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('says what is damaged with path and key, tells the next build, which makes it again, and is then content', async () => {
  expect(await verify({ reports, deep: 'true' })).toMatchObject({
    failed: false,
    text: [
      expect.stringMatching(/^acme: \d+ objects of 1 build: all are there, and every byte is right\.$/),
      expect.stringContaining('tele_1'),
      'assets: 1 scripts, styles and fonts: all are there, and every byte is right.',
    ],
  });
  const { pointer } = (await readPointer(store, 'acme')) ?? {};
  if (!pointer) throw new Error('unpublished');
  const { blob = '' } = (await (await readManifest(store, 'acme', pointer)).files.get('/calls/a/')) ?? {};
  const body = (await store.get(`acme/${blob}`))?.body as Uint8Array;
  await store.put(`acme/${blob}`, body.with(9, (body[9] ?? 0) ^ 1));
  expect(await verify({ reports, org: ['acme'] })).toMatchObject({ failed: false });
  await expect(exportSite(store, 'acme', join(folder, 'out'))).rejects.toThrow(
    `damaged blob: acme/${blob} of /calls/a/`,
  );
  expect(await verify({ reports, org: ['acme'], deep: 'true' })).toMatchObject({
    failed: true,
    text: [
      `acme: /calls/a/ of the current build 1 is damaged: acme/${blob}.`,
      'acme: The next build makes what the current site needs again from the input, and gives up kept builds that need the same.',
      'assets: 1 scripts, styles and fonts: all are there, and every byte is right.',
    ],
  });
  expect(await run(['acme'])).toMatchObject([{ result: { repaired: 1 } }]);
  expect(await verify({ reports, deep: 'true' })).toMatchObject({ failed: false });
});

it('finds a wrong byte in an asset, and writes it again where its bundle has it', async () => {
  const asset = 'assets/app.0.css';
  const { body } = (await store.get(asset)) ?? {};
  if (!body) throw new Error('unpublished');
  await store.put(asset, body.with(1, (body[1] ?? 0) ^ 1));
  expect(await verify({ reports })).toMatchObject({ failed: false });
  await expect(exportSite(store, 'acme', join(folder, 'damaged'))).rejects.toThrow(`damaged asset: ${asset}`);
  const found = { failed: true, json: { assets: { damage: [{ name: 'app.0.css', verdict: 'damaged' }] } } };
  const answer = await verify({ reports, deep: 'true' });
  expect(answer).toMatchObject(found);
  expect(answer.text.slice(-2)).toEqual([
    'assets: app.0.css is damaged.',
    expect.stringMatching(
      /^assets: This version’s templates do not have app\.0\.css\..* remove assets\/app\.0\.css, assets\/sha256\/[0-9a-f]{64}\/app\.0\.css\.$/,
    ),
  ]);
  const { text } = await verifyAssets(store, true, async () => new Map([['app.0.css', body]]));
  expect(text).toEqual(['assets: app.0.css is damaged.', 'assets: Written again from this version’s templates: 1.']);
  expect(await verify({ reports, deep: 'true' })).toMatchObject({ failed: false });
  await store.remove(asset);
  expect((await verify({ reports })).text.slice(-2)).toEqual([
    'assets: app.0.css is missing.',
    'assets: The next build writes again what its templates have.',
  ]);
  const none = await verifyAssets(store, true, async () => Promise.reject(new Error('missing bundle')));
  expect(none.text.at(-1)).toBe(
    'assets: they could not be written again (missing bundle). Run verify --deep where the reports are built.',
  );
  await run();
  expect(await verify({ reports, deep: 'true' })).toMatchObject({ failed: false });
});

it('finds a pointer that is lost while builds lie there, as status and builds do, and the next build makes the site again', async () => {
  await store.remove('tele_1/pointer.json');
  const found = await verify({ reports });
  expect([found.failed, found.text.slice(1, 3)]).toEqual([
    true,
    [
      'tele_1: pointer.json is missing.',
      'tele_1: The next build makes what the current site needs again from the input, and gives up kept builds that need the same.',
    ],
  ]);
  for (const command of [status, builds]) {
    const { failed, text } = await command({ reports });
    expect([failed, text.join('\n')]).toEqual([
      true,
      expect.stringContaining('tele_1: its pointer is lost or damaged'),
    ]);
  }
  await run();
  for (const command of [verify, status, builds]) expect(await command({ reports })).toMatchObject({ failed: false });
});

it('tells the next build of a blob of a kept build that is cut, with its sizes alone, so that it is given up', async () => {
  await putCall(world.results, 'acme', { id: 'b' });
  await run(['acme']);
  const { pointer } = (await readPointer(store, 'acme')) ?? {};
  const [kept] = pointer?.kept ?? [];
  if (!kept?.state) throw new Error('nothing is kept');
  const key = `acme/${kept.state.blob}`;
  const { body = new Uint8Array() } = (await store.get(key)) ?? {};
  await store.put(key, body.slice(1));
  expect(await verify({ reports, org: ['acme'] })).toMatchObject({
    failed: true,
    json: { organizations: [{ damage: [{ current: false, verdict: 'damaged' }] }] },
  });
  expect(await run(['acme'])).toMatchObject([{ result: { published: false } }]);
  expect(await verify({ reports, org: ['acme'], deep: 'true' })).toMatchObject({ failed: false });
  expect((await readPointer(store, 'acme'))?.pointer.kept).toEqual([]);
});

it('knows no site that is not there', async () => {
  for (const command of [verify, builds])
    await expect(command({ reports, org: ['org_9'] })).rejects.toThrow('"org_9" has no published site');
  await expect(rollback({ reports, org: ['org_9'] })).rejects.toThrow('"org_9" has no published site');
  await expect(rollback({ reports })).rejects.toThrow('exactly one --org ID');
});

it.each([
  ['lost', () => store.remove('status.json')],
  ['damaged', () => store.put('status.json', '{"version":')],
])('status lists every site where status.json was %s, and another run has written it since', async (_what, lose) => {
  await run();
  expect(await status({ reports })).toMatchObject({ failed: false });
  await lose();
  expect(await status({ reports })).toMatchObject({
    failed: true,
    json: { organizations: [{ org: 'acme' }, { org: 'tele_1' }] },
  });
  await run(['acme']);
  const { failed, text } = await status({ reports });
  expect(failed).toBe(true);
  expect(text.slice(1, 3)).toEqual([
    expect.stringMatching(/^acme .* ok$/),
    expect.stringMatching(/^tele_1 .* 1 .* no record$/),
  ]);
  expect(text[3]).toMatch('tele_1: it has a site, but status.json has no record of its last run');
  await run();
});

it('status shows the build that is current after a rollback, and says that the last run left another', async () => {
  await putCall(world.results, 'acme', { id: 'c' });
  await run(['acme']);
  const { pointer } = (await readPointer(store, 'acme')) ?? {};
  const [was, before] = [pointer, pointer?.kept[0]].map((each) => each && numberOf(each));
  const shown = (answer: Answer) => (answer.json as { organizations: object[] }).organizations;
  expect(shown(await status({ reports, org: ['acme'] }))).toMatchObject([{ generation: was, calls: 3, refused: 0 }]);
  await rollback({ reports, org: ['acme'] });
  const { failed, text, json } = await status({ reports, org: ['acme'] });
  expect([failed, shown({ failed, text, json })]).toEqual([
    false,
    [expect.objectContaining({ generation: before, lastGeneration: was, calls: 2 })],
  ]);
  expect(text.slice(1)).toEqual([
    expect.stringMatching(new RegExp(`^acme .* ${before} +2 +– +ok$`)),
    `acme: build ${before} is current again, by rollback; the last run left build ${was}. The next build publishes the input as it is then, and no digest is sent before it.`,
  ]);
  await run(['acme']);
  expect((await status({ reports, org: ['acme'] })).text).toHaveLength(2);
});

it('status shows the build of a run that was cut short before it recorded it', async () => {
  await putCall(world.results, 'acme', { id: 'd' });
  const record = (await store.get('status.json'))?.body as Uint8Array;
  await run(['acme']);
  await store.put('status.json', record);
  expect(await status({ reports, org: ['acme'] })).toMatchObject({
    text: [expect.anything(), expect.stringMatching(/^acme .* 4 +– +ok$/)],
  });
  await run();
});
