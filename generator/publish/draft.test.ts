import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeText } from '../lib/bytes.ts';
import { openSpool, type Spool } from '../lib/spool.ts';
import { memoryStore } from '../store/memory.ts';
import { collect } from '../store/ranges.ts';
import { openBlobs, pack } from './blobs.ts';
import { openDraft } from './draft.ts';
import { openTree } from './tree/tree.ts';

const ORG = 'org_1';
const page = (text: string, type = 'text/html') => pack(encodeText(text), type);

let spool: Spool;
beforeAll(async () => {
  spool = await openSpool();
});
afterAll(() => spool[Symbol.asyncDispose]());

/** A site of two calls and three other files, and drafts over it. */
async function site() {
  const store = memoryStore();
  const blobsOf = (generation: number) => openBlobs(store, ORG, generation, async () => true);
  const first = openDraft(undefined, new Set(), blobsOf(1), spool);
  for (const path of ['/', '/404.html', '/brand.css', '/calls/a/', '/calls/b/'])
    await first.put(path, await page(path), path);
  const before = openTree(store, ORG, await first.write());
  return {
    before,
    open(lost: string[] = []) {
      const blobs = blobsOf(2);
      return { blobs, draft: openDraft(before, new Set(lost), blobs, spool) };
    },
    filesOf: async (draft: ReturnType<typeof openDraft>) =>
      new Map(await collect(openTree(store, ORG, await draft.write()))),
  };
}

it('a draft keeps pages of calls that nobody speaks of, and other files only where somebody does', async () => {
  const { before, open, filesOf } = await site();
  const { draft, blobs } = open();
  await draft.keep('/', (await draft.published('/')) ?? expect.fail());
  await draft.remove('/calls/a/');
  const files = await filesOf(draft);
  expect([...files.keys()].sort()).toEqual(['/', '/calls/b/']);
  expect(files.get('/calls/b/')).toEqual(await before.get('/calls/b/'));
  // Both parts are other ones now, and no file is.
  expect(blobs.written.size).toBe(2);
});

it('a draft uses the blob of the same bytes at the same path, with what they are made from now', async () => {
  const { before, open, filesOf } = await site();
  const { draft } = open();
  const was = await before.get('/calls/a/');
  await draft.remove('/calls/a/');
  await draft.put('/calls/a/', await page('/calls/a/'), 'other');
  await draft.put('/calls/b/', await page('/calls/b/', 'text/css'), 'other');
  const files = await filesOf(draft);
  expect(files.get('/calls/a/')).toEqual({ ...was, input: 'other' });
  expect(files.get('/calls/b/')?.blob).toMatch(/\.2$/);
});

it('a draft says of a call’s page whose recording it may play, as long as that is said of it', async () => {
  const { open, filesOf } = await site();
  const { draft } = open();
  await draft.put('/calls/a/', await page('/calls/a/'), 'other', 'a');
  await draft.put('/calls/c/', await page('/calls/c/'), 'x', 'c');
  await draft.put('/calls/c/', await page('/calls/c/'), 'y');
  const files = await filesOf(draft);
  expect(files.get('/calls/a/')).toMatchObject({ input: 'other', recording: 'a', blob: expect.stringMatching(/\.1$/) });
  expect(files.get('/calls/c/')).not.toHaveProperty('recording');
});

it('a draft uses nothing of what is lost', async () => {
  const { open, filesOf } = await site();
  const { draft } = open(['/calls/a/', '/calls/b/', '/']);
  expect(await draft.published('/calls/a/')).toBe(undefined);
  await draft.put('/calls/a/', await page('/calls/a/'), 'x');
  await draft.put('/', await page('/'), 'x');
  const files = await filesOf(draft);
  expect([...files].map(([path, { blob }]) => [path, /\d+$/.exec(blob)?.[0]]).sort()).toEqual([
    ['/', '2'],
    ['/calls/a/', '2'],
  ]);
});
