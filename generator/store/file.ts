import { randomBytes } from 'node:crypto';
import { constants, lstatSync, realpathSync } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, realpath, rename, rmdir, unlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sha256 } from '../lib/bytes.ts';
import { explainedFiles } from './file-sentences.ts';
import {
  type ByteRange,
  checkKey,
  compareKeys,
  folderPart,
  type ListedObject,
  PreconditionFailed,
  type PutOptions,
  type Store,
} from './store.ts';

/** Temporary files and locks lie here, on the same file system as their targets; no key may begin so. */
const SCRATCH = '.cci-tmp';
/** A lock older than this belongs to a process that died: the work under it is one read and one rename. */
const LOCK_STALE_MS = 10_000;

/**
 * A folder laid out as a bucket. Symbolic links are not followed: they could leave the folder. Conditional writes wait for each
 * other; a plain write waits for none, so one key must not get both.
 * @param url `file:` and an absolute or relative path; made when something is first written.
 * @throws where the URL names no folder.
 */
export function fileStore(url: string): Store {
  const root = folderOf(url);
  const scratch = join(root, SCRATCH);
  const pathOf = (key: string): string => {
    checkKey(key);
    return join(root, ...key.split('/'));
  };

  async function* walk(folder: string, below: string, prefix: string): AsyncGenerator<ListedObject> {
    const names = await readdir(folder, { withFileTypes: true }).catch(emptyIfMissing);
    const entries = names
      .filter((entry) => (entry.isFile() || entry.isDirectory()) && !(below === '' && entry.name === SCRATCH))
      .map((entry) => ({ directory: entry.isDirectory(), key: below + entry.name + (entry.isDirectory() ? '/' : '') }))
      .sort((a, b) => compareKeys(a.key, b.key));
    for (const { key, directory } of entries) {
      if (directory) {
        if (key.startsWith(prefix) || prefix.startsWith(key)) yield* walk(join(root, key), key, prefix);
      } else if (key.startsWith(prefix)) {
        // Synchronous: a round through the thread pool costs ten times as much as the call, and a listing makes thousands.
        const stat = lstatSync(join(root, key), { bigint: true, throwIfNoEntry: false });
        if (stat)
          yield { key, etag: etagOf(stat), size: Number(stat.size), modified: Number(stat.mtimeNs / 1_000_000n) };
      }
    }
  }

  async function write(key: string, body: Uint8Array | string, place: (from: string, to: string) => Promise<void>) {
    const path = pathOf(key);
    await mkdir(scratch, { recursive: true });
    await mkdir(dirname(path), { recursive: true });
    const temporary = join(scratch, randomBytes(12).toString('hex'));
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(body);
      // A random fraction of a second tells two writes within one clock tick apart: the ETag is made of it.
      const now = Date.now() / 1000;
      await file.utimes(now, Math.floor(now) + Math.random());
      await file.sync();
      const etag = await statOf(file);
      await file.close();
      await placeIn(dirname(path), () => place(temporary, path));
      return etag;
    } finally {
      await file.close().catch(() => {});
      await unlink(temporary).catch(() => {});
    }
  }

  /** Another run that empties a folder removes it, also between our making and our using it. */
  async function placeIn(folder: string, place: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await place();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 5) throw error;
        await mkdir(folder, { recursive: true });
      }
    }
  }

  async function locked<T>(key: string, work: () => Promise<T>): Promise<T> {
    const lock = join(scratch, `lock-${sha256(key).slice(0, 32)}`);
    await mkdir(scratch, { recursive: true });
    while (!(await mkdir(lock).then(() => true, falseIfExists))) {
      const stat = await lstat(lock).catch(undefinedIfMissing);
      if (stat && Date.now() - stat.mtimeMs > LOCK_STALE_MS) await rmdir(lock).catch(() => {});
      await new Promise((wake) => setTimeout(wake, 5 + Math.random() * 10));
    }
    try {
      return await work();
    } finally {
      await rmdir(lock).catch(() => {});
    }
  }

  async function openInside(key: string): Promise<FileHandle | undefined> {
    const path = pathOf(key);
    const folder = await realpath(dirname(path)).catch(undefinedIfMissing);
    if (folder === undefined) return undefined;
    const home = realpathSync(root);
    if (folder !== home && !folder.startsWith(home + sep)) throw new Error(`key leaves the folder: ${key}`);
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(undefinedIfMissing);
    if (file && !(await file.stat()).isFile()) {
      await file.close();
      return undefined;
    }
    return file;
  }

  const store: Store = {
    url,
    async *list(prefix) {
      const folder = folderPart(prefix);
      yield* walk(join(root, folder), folder, prefix);
    },
    async folders(prefix) {
      const entries = await readdir(join(root, folderPart(prefix)), { withFileTypes: true }).catch(emptyIfMissing);
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
      const file = await openInside(key);
      if (!file) return undefined;
      try {
        const stat = await file.stat({ bigint: true });
        const etag = etagOf(stat);
        if (options.ifMatch !== undefined && options.ifMatch !== etag) throw new PreconditionFailed(key);
        const body = options.range ? await readRange(file, options.range) : await file.readFile();
        return { body, etag, size: Number(stat.size) };
      } finally {
        await file.close();
      }
    },
    async put(key, body, options: PutOptions = {}) {
      if (options.ifNoneMatch) {
        return write(key, body, (from, to) =>
          link(from, to).catch((error) => {
            throw error.code === 'EEXIST' ? new PreconditionFailed(key) : error;
          }),
        );
      }
      if (options.ifMatch === undefined) return write(key, body, rename);
      return locked(key, async () => {
        const file = await openInside(key);
        const etag = file && (await statOf(file).finally(() => file.close()));
        if (etag !== options.ifMatch) throw new PreconditionFailed(key);
        return write(key, body, rename);
      });
    },
    async remove(key) {
      const path = pathOf(key);
      await unlink(path).catch(undefinedIfMissing);
      // Leave no empty folders behind: an organization without objects is no organization.
      for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
        if (
          !(await rmdir(folder).then(
            () => true,
            () => false,
          ))
        )
          break;
      }
    },
  };
  return explainedFiles(store);
}

/** What is wrong with a `file:` URL, as the end of a sentence; undefined where nothing is. */
export function fileUrlProblem(url: string): string | undefined {
  try {
    folderOf(url);
    return undefined;
  } catch {
    return 'names no folder: write it as file:folder or file:///folder';
  }
}

/** The folder that a `file:` URL names; a relative one is taken from the working directory. */
function folderOf(url: string): string {
  const path = url.slice('file:'.length);
  // After two slashes stands a host.
  if (path === '' || /^\/\/(?!\/)/.test(path)) throw new Error(`unusable file URL: ${JSON.stringify(url)}`);
  return fileURLToPath(path.startsWith('/') ? new URL(url) : new URL(path, pathToFileURL(`${process.cwd()}/`)));
}

interface Stat {
  ino: bigint;
  size: bigint;
  mtimeNs: bigint;
}

const etagOf = ({ ino, size, mtimeNs }: Stat): string => [ino, size, mtimeNs].map((n) => n.toString(36)).join('-');

async function readRange(file: FileHandle, { start, end }: ByteRange): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
const statOf = async (file: FileHandle): Promise<string> => etagOf(await file.stat({ bigint: true }));

const missing = (error: NodeJS.ErrnoException): boolean => error.code === 'ENOENT' || error.code === 'ENOTDIR';
function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (!missing(error) && error.code !== 'ELOOP') throw error;
}
function emptyIfMissing(error: NodeJS.ErrnoException): never[] {
  if (!missing(error)) throw error;
  return [];
}
function falseIfExists(error: NodeJS.ErrnoException): false {
  if (error.code !== 'EEXIST') throw error;
  return false;
}
