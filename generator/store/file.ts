import { closeSync, constants, fstatSync, lstatSync, open, read } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inBlocks } from '../lib/blocks.ts';
import { openCursor } from '../lib/cursor.ts';
import { etagOf, type FileCalls, fileChanges, isMissing, SCRATCH } from './file-changes.ts';
import { namesIn } from './file-names.ts';
import { folderOf, linkIn, ownPathOf, pathOf } from './file-paths.ts';
import { explainedFiles } from './file-sentences.ts';
import { type ByteRange, compareKeys, folderPart, type ListedObject, PreconditionFailed, type Store } from './store.ts';

/**
 * A folder laid out as a bucket: each object is a plain file. Below it symbolic links are not followed: they are not listed, and a
 * key that leads through one is refused. Of several processes at once each change is whole, and a condition holds; see
 * `file-changes.ts`. It needs a local file system with hard links; on a network one, only one machine may write.
 * @param url `file:` and an absolute or relative path; made when something is first written.
 * @param calls of the file system that change it
 * @throws where the URL names no folder.
 */
export function fileStore(url: string, calls?: FileCalls): Store {
  const root = folderOf(url);
  const inside = join(root, '/');
  const changes = fileChanges(root, calls);

  /** One generator for all folders, and blocks: each promise more that an object comes through costs as much as to look at its file. */
  async function* walk(top: string, prefix: string): AsyncGenerator<readonly ListedObject[]> {
    let block: ListedObject[] = [];
    const folderAt = async (below: string) => ({ below, names: await openCursor(namesIn(inside + below)) });
    const folders = [await folderAt(top)];
    for (let folder = folders.at(-1); folder; folder = folders.at(-1)) {
      const name = folder.names.head;
      if (name === undefined) {
        folders.pop();
        continue;
      }
      const read = folder.names.next();
      if (read !== undefined) await read;
      const key = folder.below + name;
      if (name.endsWith('/')) {
        if (key === `${SCRATCH}/`) continue;
        if (key.startsWith(prefix) || prefix.startsWith(key)) folders.push(await folderAt(key));
      } else if (key.startsWith(prefix)) {
        // Synchronous: a round through the thread pool costs ten times as much as the call, and a listing makes thousands.
        const stat = lstatSync(inside + key, { bigint: true, throwIfNoEntry: false });
        if (!stat?.isFile()) continue;
        block.push({ key, etag: etagOf(stat), size: Number(stat.size), modified: Number(stat.mtimeMs) });
        if (block.length < BLOCK) continue;
        yield block;
        block = [];
      }
    }
    if (block.length > 0) yield block;
  }

  /** Undefined where a link is on the way: what lies behind it is not listed. */
  function ownFolder(prefix: string): string | undefined {
    const folder = folderPart(prefix);
    return linkIn(root, folder) === undefined ? folder : undefined;
  }

  const store: Store = {
    url,
    list: (prefix) =>
      inBlocks(async function* () {
        const folder = ownFolder(prefix);
        if (folder !== undefined) yield* walk(folder, prefix);
      }),
    async folders(prefix) {
      const folder = ownFolder(prefix);
      if (folder === undefined) return [];
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(emptyIfMissing);
      const names = entries.filter((entry) => entry.isDirectory() && entry.name !== SCRATCH).map((entry) => entry.name);
      return names.sort(compareKeys);
    },
    async top() {
      const entries = await readdir(root, { withFileTypes: true }).catch(emptyIfMissing);
      const names = entries.flatMap((entry) =>
        entry.name === SCRATCH ? [] : entry.isDirectory() ? `${entry.name}/` : entry.isFile() ? entry.name : [],
      );
      return names.sort(compareKeys);
    },
    async get(key, options = {}) {
      const file = await openFile(pathOf(root, key));
      if (file === undefined) return undefined;
      try {
        // Synchronous, as in a listing: of an open file nothing is fetched from the disk for it.
        const stat = fstatSync(file, { bigint: true });
        const etag = etagOf(stat);
        if (!stat.isFile()) return undefined;
        if (options.ifMatch !== undefined && options.ifMatch !== etag) throw new PreconditionFailed(key);
        // Not `readFile`, which asks for the size once more and reads on to an end that is known.
        const body = await readRange(file, options.range ?? { start: 0, end: Number(stat.size) });
        return { body, etag, size: Number(stat.size) };
      } finally {
        closeSync(file);
      }
    },
    async put(key, body, condition = {}) {
      return changes.write(key, ownPathOf(root, key), body, condition);
    },
    async remove(key) {
      await changes.remove(key, ownPathOf(root, key));
    },
  };
  return explainedFiles(store);
}

/** Objects of a listing that come at once. */
const BLOCK = 1000;

// By their numbers: a handle costs more than what is done with it.
const [opened, readInto] = [promisify(open), promisify(read)];

/** Undefined where there is none, or a link. */
const openFile = (path: string): Promise<number | undefined> =>
  opened(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error) => {
    if (isMissing(error) || error.code === 'ELOOP') return undefined;
    throw error;
  });

async function readRange(file: number, { start, end }: ByteRange): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await readInto(file, bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

function emptyIfMissing(error: unknown): never[] {
  if (!isMissing(error)) throw error;
  return [];
}
