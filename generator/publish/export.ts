import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { decodeText, encodeText } from '../lib/bytes.ts';
import { Damaged, UserError } from '../lib/errors.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import { quoted, say, shownJson } from '../lib/printable.ts';
import type { Store } from '../store/store.ts';
import { type ListedAsset, listAssets, readAsset } from './assets.ts';
import type { SiteFiles } from './manifest.ts';
import { readManifest, readPointer, readSiteFile } from './read.ts';
import { isSitePath } from './site-path.ts';
import { ungated } from './ungated.ts';

/**
 * An organization's current site as plain files, to be served at the root of any static host. Nothing is written outside of `out`,
 * whatever the store holds and whoever changes `out` meanwhile.
 * @param out made where it is missing; must be empty, so that no page of an older export stays behind
 * @returns files written
 * @throws {Damaged} where the site is damaged; nothing is written then, but where it is the bytes of a file that are
 */
export async function exportSite(reports: Store, org: string, out: string): Promise<number> {
  const current = await readPointer(reports, org);
  if (!current)
    throw new UserError([say`--org: ${quoted(org)} has no published site in ${reports.url}. Build it first.`]);
  const manifest = await readManifest(reports, org, current.pointer);
  const assets = await assetsOf(reports);
  // All of the manifest is looked at before anything is written.
  for await (const [path] of manifest.files)
    if (await isTwice(path, manifest.files, assets))
      throw new Damaged(`damaged manifest: two paths of ${org} are one file`);
  const folder = await emptyFolder(out);
  const write = async (place: string, bytes: Uint8Array) => {
    const target = join(folder, ...place.split('/'));
    await mkdir(dirname(target), { recursive: true });
    if ((await realpath(dirname(target))) !== dirname(target))
      throw new UserError([
        say`--out: ${shownJson(dirname(place))} in it has become a symbolic link, so the export has stopped. Name a new folder in which nobody else writes.`,
      ]);
    // Never over anything, nor through a link.
    await writeFile(target, bytes, { flag: 'wx' });
  };
  await mapConcurrent(manifest.files, async ([path, file]) => {
    const bytes = await readSiteFile(reports, org, file, path);
    const isPage = file.type.startsWith('text/html');
    await write(fileOf(path), isPage ? encodeText(ungated(decodeText(bytes))) : bytes);
  });
  await mapConcurrent(assets, async ([name, asset]) => {
    const bytes = await readAsset(reports, name, asset);
    if (bytes) await write(assetPlace(name), bytes);
  });
  return manifest.files.count + assets.size;
}

const INDEX = 'index.html';
const ASSETS = 'assets/';

/** Where a site path lies below the folder: a page's is that of its folder. */
const fileOf = (path: string): string => (path.endsWith('/') ? `${path}${INDEX}` : path).slice(1);

/** Whether a path is the same file as another path, or as an asset. */
async function isTwice(path: string, files: SiteFiles, assets: ReadonlyMap<string, ListedAsset>): Promise<boolean> {
  if (path.endsWith(`/${INDEX}`) && (await files.get(path.slice(0, -INDEX.length)))) return true;
  const place = fileOf(path);
  return place.startsWith(ASSETS) && assets.has(place.slice(ASSETS.length));
}

const assetPlace = (name: string): string => `${ASSETS}${name}`;

/** The template's scripts, styles and fonts. @throws {Damaged} where one could lead elsewhere */
async function assetsOf(reports: Store): Promise<Map<string, ListedAsset>> {
  const assets = await listAssets(reports);
  const odd = [...assets.keys()].map(assetPlace).find((place) => !isSitePath(`/${place}`) || place.endsWith('/'));
  if (odd !== undefined) throw new Damaged(`damaged assets: ${shownJson(odd)} is no name of a file of a site`);
  return assets;
}

/** @throws {UserError} where something is in it */
async function emptyFolder(out: string): Promise<string> {
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new UserError([
      say`--out: ${shownJson(out)} is not empty. Name a new folder, so that nothing of an older export stays in it.`,
    ]);
  return realpath(folder);
}
