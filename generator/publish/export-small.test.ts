import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeText } from '../lib/bytes.ts';
import { Damaged, UserError } from '../lib/errors.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { publishAssets } from './assets.ts';
import { exportSite } from './export.ts';
import { blobOf, flip, ORG, publishTexts } from './testing/small-site.ts';

const HIDDEN =
  '<!doctype html>\n<html lang="en" data-site="0af"><link rel="stylesheet" href="/session.css?o=x"><body hidden>a';
const SHOWN = '<!doctype html>\n<html lang="en"><body>a';
const TEXTS = {
  '/': HIDDEN,
  '/calls/c1/': HIDDEN,
  '/404.html': HIDDEN,
  '/data/overview.json': HIDDEN,
  '/logo.png': HIDDEN,
};

let folder: string;
let out: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cci-export-'));
  out = join(folder, 'new', 'out');
  store = memoryStore();
  await publishTexts(store, TEXTS);
  await publishAssets(store, new Map([['page.1.css', encodeText('p{}')]]), 'turn');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const below = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
const refused = (sentence: string) =>
  expect.objectContaining({ constructor: UserError, problems: [sentence] }) as Error;

describe('an export', () => {
  it('has a folder for each page, shown where they are hidden at the gate, and everything else as it is', async () => {
    const files = await exportSite(store, ORG, out);
    expect(below(out)).toEqual([
      '404.html',
      'assets/page.1.css',
      'calls/c1/index.html',
      'data/overview.json',
      'index.html',
      'logo.png',
    ]);
    expect(files).toBe(6);
    const read = (path: string) => readFileSync(join(out, path), 'utf8');
    expect(['index.html', 'calls/c1/index.html'].map(read)).toEqual([SHOWN, SHOWN]);
    expect(['data/overview.json', 'logo.png'].map(read)).toEqual([HIDDEN, HIDDEN]);
    expect(read('assets/page.1.css')).toBe('p{}');
  });

  it('goes on without an asset of which only the hash lies there', async () => {
    await store.remove('assets/page.1.css');
    expect(await exportSite(store, ORG, out)).toBe(6);
    expect(below(out)).not.toContain('assets/page.1.css');
  });

  it('goes to an empty folder, also through a link to it', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(folder, 'link'));
    await exportSite(store, ORG, join(folder, 'link'));
    expect(below(elsewhere)).toHaveLength(6);
  });
});

describe('nothing is exported where', () => {
  it('nothing is published', async () => {
    await expect(exportSite(store, 'org_2', out)).rejects.toThrow(
      refused('--org: "org_2" has no published site in memory:. Build it first.'),
    );
    expect(existsSync(out)).toBe(false);
  });

  it('something is in the folder already', async () => {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'old.html'), 'old');
    await expect(exportSite(store, ORG, out)).rejects.toThrow(
      refused(
        `--out: ${JSON.stringify(out)} is not empty. Name a new folder, so that nothing of an older export stays in it.`,
      ),
    );
    expect(below(out)).toEqual(['old.html']);
  });

  it('an asset’s name could lead elsewhere, or is that of a folder', async () => {
    for (const name of ['a b.js', '../x.js', '..', 'x/']) {
      const odd: Store = {
        ...store,
        async *list(prefix) {
          yield* store.list(prefix);
          if (prefix === 'assets/') yield { key: `assets/${name}`, etag: 'e', size: 1 };
        },
      };
      await expect(exportSite(odd, ORG, out)).rejects.toThrow(
        expect.objectContaining({
          ...{ constructor: Damaged },
          message: `damaged assets: ${JSON.stringify(`assets/${name}`)} is no name of a file of a site`,
        }),
      );
      expect(existsSync(out)).toBe(false);
    }
  });

  it('two paths are one file', async () => {
    await publishTexts(store, { ...TEXTS, '/calls/c1/index.html': 'x' });
    const attempt = exportSite(store, ORG, out);
    await expect(attempt).rejects.toThrow('damaged manifest: two paths of org_1 are one file');
    await expect(attempt).rejects.toThrow(Damaged);
    await publishTexts(store, { ...TEXTS, '/assets/page.1.css': 'x' });
    await expect(exportSite(store, ORG, out)).rejects.toThrow('two paths of org_1 are one file');
    expect(existsSync(out)).toBe(false);
  });
});

describe('an export ends where', () => {
  it('a file of the site, or an asset, has other bytes than were published', async () => {
    const page = await blobOf(store, '/calls/c1/');
    await flip(store, page);
    await expect(exportSite(store, ORG, out)).rejects.toThrow(`damaged blob: org_1/${page} of /calls/c1/`);
    await publishTexts(store, { ...TEXTS, '/calls/c1/': 'other' });
    await store.put('assets/page.1.css', 'q{}');
    await expect(exportSite(store, ORG, join(folder, 'other'))).rejects.toThrow('damaged asset: assets/page.1.css');
  });

  it('somebody puts links into the folder meanwhile', async () => {
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'own.html'), 'own');
    for (const [name, to] of [
      ['calls', outside],
      ['index.html', join(outside, 'own.html')],
    ] as const) {
      const target = join(folder, `out-${name}`);
      let planted = false;
      const meanwhile: Store = {
        ...store,
        get(key, options) {
          if (!planted && /\/blobs\/[0-9a-f]{64}-/.test(key)) {
            planted = true;
            symlinkSync(to, join(target, name));
          }
          return store.get(key, options);
        },
      };
      const attempt = exportSite(meanwhile, ORG, target);
      if (name === 'calls')
        await expect(attempt).rejects.toThrow(
          refused(
            '--out: "calls/c1" in it has become a symbolic link, so the export has stopped. Name a new folder in which nobody else writes.',
          ),
        );
      else await expect(attempt).rejects.toThrow('EEXIST');
      expect([readFileSync(join(outside, 'own.html'), 'utf8'), below(outside)]).toEqual(['own', ['own.html']]);
    }
  });
});
