import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openContents } from '../../site/gate/content/content.ts';
import { memoryWorld, plainRenderer, putCall } from '../fixtures/world.ts';
import { decodeText, sha256, stableJson } from '../lib/bytes.ts';
import { silentLog } from '../lib/console.ts';
import { Damaged } from '../lib/errors.ts';
import { buildAll } from '../run.ts';
import { collect } from '../store/ranges.ts';
import type { Store } from '../store/store.ts';
import { type Snapshot, snapshotOf, storeOf } from '../testing/copies.ts';
import { exportSite } from './export.ts';
import type { Pointer, SiteFile } from './manifest.ts';
import { manifestBytes, readManifest, readPointer } from './read.ts';
import { isCallPage, isSitePath } from './site-path.ts';
import { encodePart } from './tree/part.ts';
import type { StoredRoot } from './tree/root.ts';

const ORG = 'org_1';
/** A blob of a file of the site. */
const IS_FILE = /\/blobs\/[0-9a-f]{64}-/;
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
  const root = JSON.parse(decodeText(await manifestBytes(reports, ORG, current.pointer))) as StoredRoot;
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

it('writes nothing where an asset has an odd name, or two paths are one file', async () => {
  await reports.put('assets/a b.js', 'x');
  await expect(exportSite(reports, ORG, join(folder, 'out'))).rejects.toThrow('"assets/a b.js" is no name');
  await reports.remove('assets/a b.js');
  await withPath('/calls/c1/index.html');
  await expect(exportSite(reports, ORG, join(folder, 'out'))).rejects.toThrow('two paths of org_1 are one file');
  expect(below(folder)).toEqual([]);
});

describe('links', () => {
  it('lead where --out itself is one, and nowhere from within it', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(folder, 'link'));
    await exportSite(reports, ORG, join(folder, 'link'));
    expect(below(elsewhere)).toContain('index.html');
    const out = join(folder, 'out');
    mkdirSync(out);
    symlinkSync(elsewhere, join(out, 'calls'));
    await expect(exportSite(reports, ORG, out)).rejects.toThrow('is not empty');
  });

  it.each([
    ['a folder', 'calls'],
    ['a file', '404.html'],
  ])('that come into it meanwhile are not followed, in the place of %s', async (_what, name) => {
    const outside = join(folder, 'outside');
    const out = join(folder, 'out');
    mkdirSync(outside);
    writeFileSync(join(outside, 'own.html'), 'own');
    let planted = false;
    const meanwhile: Store = {
      ...reports,
      async get(key, options) {
        if (!planted && IS_FILE.test(key)) {
          planted = true;
          symlinkSync(name === 'calls' ? outside : join(outside, 'own.html'), join(out, name));
        }
        return reports.get(key, options);
      },
    };
    await expect(exportSite(meanwhile, ORG, out)).rejects.toThrow(
      name === 'calls' ? 'has become a symbolic link' : 'EEXIST',
    );
    expect(planted).toBe(true);
    expect(readFileSync(join(outside, 'own.html'), 'utf8')).toBe('own');
    expect(below(outside).filter((path) => path.endsWith('.html'))).toEqual(['own.html']);
  });
});

it('writes each file of a site, and the assets', async () => {
  const out = join(folder, 'out');
  const files = await exportSite(reports, ORG, out);
  const written = below(out).filter((path) => statSync(join(out, path)).isFile());
  expect([files, written.length]).toEqual([written.length, files]);
  expect(written).toContain(join('data', 'overview.json'));
  expect(written.some((path) => path.startsWith('assets'))).toBe(true);
  expect(readFileSync(join(out, 'calls', 'c1', 'index.html'), 'utf8')).toContain('c1');
});
