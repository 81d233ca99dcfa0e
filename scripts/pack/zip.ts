import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type AsyncZippable, zipSync } from 'fflate';

/** What AWS Lambda takes: an archive that is uploaded at once, and what becomes of it, in bytes. */
export const LAMBDA = { zipped: 50 * 1024 * 1024, unzipped: 250 * 1024 * 1024 };

/** Of every file, so that the same files give the same bytes. The first day that the format knows. */
const DATE = new Date(1980, 0, 1);
/** A file of Unix that everybody may read: in Lambda it is another user who runs it. */
const READABLE = { os: 3, attrs: (0o100644 << 16) >>> 0, mtime: DATE };

/** A folder as a ZIP archive, in memory: the same bytes for the same files. */
export function zipOf(folder: string): Uint8Array {
  const files: AsyncZippable = {};
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) files[relative(folder, path)] = [readFileSync(path), READABLE];
  return zipSync(files as Parameters<typeof zipSync>[0], { level: 9 });
}
