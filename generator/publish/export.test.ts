import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openContents } from '../../site/gate/content/content.ts';
import { memoryWorld, plainRenderer, putCall } from '../fixtures/world.ts';
import { sha256, stableJson } from '../lib/bytes.ts';
import { silentLog } from '../lib/console.ts';
import { Damaged } from '../lib/errors.ts';
import { buildAll } from '../run.ts';
import { collect } from '../store/ranges.ts';
import type { Store } from '../store/store.ts';
import { type Snapshot, snapshotOf, storeOf } from '../testing/copies.ts';
import { exportSite } from './export.ts';
import type { Pointer, SiteFile } from './manifest.ts';
import { checkedManifest, manifestBytes, readManifest, readPointer } from './read.ts';
import { isCallPage, isSitePath } from './site-path.ts';
import { encodePart } from './tree/part.ts';
import type { StoredRoot } from './tree/root.ts';

const ORG = 'org_1';
const context = memoryWorld({ renderer: plainRenderer });
const build = (reports: Store) => buildAll({ ...context, reports, logFor: () => silentLog }, undefined);

let built: Snapshot;
beforeAll(async () => {
  await putCall(context.results, ORG, { id: 'c1' });
  await build(context.reports);
  built = await snapshotOf(context.reports);
});

let folder: string;
let reports: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cci-export-'));
  reports = await storeOf(built, { time: 0 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const below = (path: string) => readdirSync(path, { recursive: true }).map(String);

/** The organization's pointer names a manifest that somebody with access to the store has changed; its hash is right. */
async function change(changed: (root: StoredRoot) => unknown): Promise<void> {
  const current = await readPointer(reports, ORG);
  if (!current) throw new Error('nothing is published');
  const { pointer } = current;
  const root = checkedManifest(await manifestBytes(reports, ORG, pointer), ORG, pointer) as StoredRoot;
  const bytes = stableJson(changed(root));
  await reports.put(`${ORG}/${current.pointer.manifest}`, bytes);
  await reports.put(`${ORG}/pointer.json`, stableJson({ ...current.pointer, sha256: sha256(bytes) }));
}

/** A part of it has a path more. */
async function withPath(path: string): Promise<void> {
  const { pointer } = (await readPointer(reports, ORG)) ?? {};
  const { files } = await readManifest(reports, ORG, pointer as Pointer);
  const all = await collect(files);
  const [, page] = all.find(([each]) => each === '/404.html') ?? [];
  const own: [string, SiteFile][] = [...all.filter(([each]) => !isCallPage(each)), [path, page as SiteFile]];
  const bytes = await encodePart(new Map(own));
  const blob = `blobs/${sha256(bytes)}.1`;
  await reports.put(`${ORG}/${blob}`, bytes);
  await change((root) => ({ ...root, site: [`${blob} ${bytes.byteLength} ${own.length} 0`] }));
}

const ODD = [
  ...[
    '/../escaped.txt',
    '/a/../../escaped.txt',
    '/..',
    '/.',
    '/./a',
    '/.hidden',
    '//x',
    '/a//b',
    '',
    'x',
    'x/',
    '../x',
  ],
  ...[
    '/a\\..\\x',
    '\\x',
    '/a\u0000b',
    '/a\nb',
    '/a b',
    '/%2e%2e/x',
    '/a%2fb',
    '/%00',
    '/é',
    '/a:b',
    'C:/x',
    '/@x',
    '/+x',
  ],
];

describe('a manifest with a path that no site has', () => {
  it.each(ODD)('%j is damaged: nothing is written', async (path) => {
    expect(isSitePath(path)).toBe(false);
    await withPath(path);
    const out = join(folder, 'out');
    const attempt = exportSite(reports, ORG, out);
    await expect(attempt).rejects.toThrow(Damaged);
    await expect(attempt).rejects.toThrow(`no site can have the path ${JSON.stringify(path)}`);
    expect(below(folder)).toEqual([]);
  });

  it('is shown by no gate, and is replaced by the next build', async () => {
    await withPath('/../escaped.txt');
    const pointer = (await readPointer(reports, ORG))?.pointer;
    await expect(openContents(reports).find(ORG, pointer as Pointer, '/')).rejects.toThrow('no site can have the path');
    expect(await build(reports)).toMatchObject([{ result: { published: true, generation: 2 } }]);
    await exportSite(reports, ORG, join(folder, 'out'));
    expect(below(join(folder, 'out'))).toContain(join('calls', 'c1', 'index.html'));
  });
});

const NONE = { version: 2, organization: ORG, csp: '', calls: [''], site: [''] };

it.each<unknown[]>([
  ...[[null], [[]], [{ organization: ORG }], [{ organization: ORG, files: null }], ['files']],
  ...[[{ ...NONE, calls: undefined }], [{ ...NONE, site: [] }], [{ ...NONE, site: ['', '', ''] }]],
  ...[[{ ...NONE, calls: ['blobs/x.1 2 3 4'] }], [{ ...NONE, site: [null] }]],
])('a manifest that is none, such as %j, is damaged', async (manifest) => {
  await change(() => manifest);
  await expect(exportSite(reports, ORG, join(folder, 'out'))).rejects.toThrow(Damaged);
  expect(below(folder)).toEqual([]);
});
