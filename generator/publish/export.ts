import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { decodeText, encodeText } from '../lib/bytes.ts';
import { UserError } from '../lib/errors.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import { quoted, say, shownJson } from '../lib/printable.ts';
import type { Store } from '../store/store.ts';
import { readManifest, readPointer, readSiteFile } from './read.ts';
import { ungated } from './ungated.ts';

/**
 * An organization's current site as plain files, to be served at the root of any static host.
 * @param out made where it is missing; must be empty, so that no page of an older export stays behind
 * @returns files written
 */
export async function exportSite(reports: Store, org: string, out: string): Promise<number> {
  const current = await readPointer(reports, org);
  if (!current)
    throw new UserError([say`--org: ${quoted(org)} has no published site in ${reports.url}. Build it first.`]);
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new UserError([
      say`--out: ${shownJson(out)} is not empty. Name a new folder, so that nothing of an older export stays in it.`,
    ]);
  const { files } = await readManifest(reports, org, current.pointer);
  const write = async (path: string, bytes: Uint8Array) => {
    const target = join(folder, ...path.split('/'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  };
  await mapConcurrent(Object.entries(files), async ([path, file]) => {
    const bytes = await readSiteFile(reports, org, file);
    const isPage = file.type.startsWith('text/html');
    await write(
      path.endsWith('/') ? `${path}index.html` : path,
      isPage ? encodeText(ungated(decodeText(bytes))) : bytes,
    );
  });
  const assets: string[] = [];
  for await (const { key } of reports.list('assets/')) assets.push(key);
  await mapConcurrent(assets, async (key) => {
    const object = await reports.get(key);
    if (object) await write(key, object.body);
  });
  return Object.keys(files).length + assets.length;
}
