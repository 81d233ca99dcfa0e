import { randomBytes } from 'node:crypto';
import * as promises from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256 } from '../lib/bytes.ts';
import { PreconditionFailed, type PutOptions } from './store.ts';

/**
 * How objects of a folder are changed, by any number of processes at once, each of which may be paused or killed between any two
 * of its calls. The object's own file is all there is to say what it holds.
 *
 * - Creating is one link of a whole temporary file to the object's path: it fails where something is.
 * - Any other change is announced by an entry in the scratch folder that bears the key's hash: a write by its whole temporary
 *   file, a removal by an empty folder. Whoever changes a key (1) announces it, (2) takes away all other announcements of that
 *   key, (3) looks whether the object is still as it should be, and (4) changes it by one rename: of its own announcement to the
 *   object's path, or of the object into its own announcement. A rename without its announcement fails, and all begins again.
 *
 * So nothing can happen between the look and the rename: of two changes the one that was announced later sees the other, and
 * takes it away before it looks. It does not matter how long anybody was paused, what the clock says, or who has died: nobody
 * waits for anybody, and to take away an announcement, or any other entry of the scratch folder, is harmless at any time.
 */
export const SCRATCH = '.cci-tmp';

/** The calls of the file system, so that tests can stop or kill a change before and after each. */
export type FileCalls = Pick<
  typeof promises,
  'link' | 'lstat' | 'mkdir' | 'open' | 'readdir' | 'rename' | 'rm' | 'rmdir' | 'unlink'
>;

export interface FileChanges {
  /**
   * Write an object whole. Returns the new ETag.
   * @throws {PreconditionFailed} where the condition does not hold
   */
  write(key: string, path: string, body: Uint8Array | string, condition: PutOptions): Promise<string>;
  /** No error where there is none. */
  remove(key: string, path: string): Promise<void>;
}

/** Others took a change away so often that something must be wrong. */
const MOST_ATTEMPTS = 1_000;

export function fileChanges(root: string, calls: FileCalls = promises): FileChanges {
  const scratch = join(root, SCRATCH);
  const fresh = () => join(scratch, randomBytes(12).toString('hex'));
  const announcement = (key: string) => join(scratch, prefixOf(key) + randomBytes(12).toString('hex'));
  let swept: Promise<void> | undefined;

  /** What a process that died has left. A change that is under way elsewhere begins again. */
  async function sweep(): Promise<void> {
    await calls.mkdir(scratch, { recursive: true });
    if ((await calls.lstat(scratch)).isSymbolicLink())
      throw new Error(`${scratch} is a symbolic link, and links are not followed. Remove it.`);
    for (const name of await calls.readdir(scratch)) await takeAway(calls, join(scratch, name));
  }

  /** Whatever vanishes under a change has been taken away by another one. */
  async function untilDone<T>(work: () => Promise<T>): Promise<T> {
    swept ??= sweep().catch((error) => {
      swept = undefined;
      throw error;
    });
    await swept;
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!isCode(error, 'ENOENT') || attempt === MOST_ATTEMPTS) throw error;
        await calls.mkdir(scratch, { recursive: true });
        // Those who took each other's away do not do so for ever.
        await sleep(Math.random() * Math.min(2 * attempt, 40));
      }
    }
  }

  /** Write a temporary file, whole, have it used, and leave nothing of it. */
  async function withFile<T>(body: Uint8Array | string, use: (path: string, etag: string) => Promise<T>): Promise<T> {
    const path = fresh();
    const file = await calls.open(path, 'wx');
    try {
      await file.writeFile(body);
      // A random fraction of a second tells two writes within one clock tick apart: the ETag is made of it.
      const now = Date.now() / 1000;
      await file.utimes(now, Math.floor(now) + Math.random());
      await file.sync();
      const etag = etagOf(await file.stat({ bigint: true }));
      await file.close();
      return await use(path, etag);
    } finally {
      await file.close().catch(() => {});
      await calls.unlink(path).catch(() => {});
    }
  }

  async function takeAwayOthers(key: string, mine: string): Promise<void> {
    for (const name of await calls.readdir(scratch))
      if (name.startsWith(prefixOf(key)) && join(scratch, name) !== mine) await takeAway(calls, join(scratch, name));
  }

  /** Somebody who empties a folder removes it, also while it is about to be used. */
  async function intoFolder(path: string, place: () => Promise<void>): Promise<void> {
    try {
      await place();
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      await calls.mkdir(dirname(path), { recursive: true });
      await place();
    }
  }

  /** @returns false where something is */
  async function create(file: string, path: string): Promise<boolean> {
    try {
      await intoFolder(path, () => calls.link(file, path));
      return true;
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw error;
    }
  }

  /** @param check throws where the object is not as it should be */
  async function replace(key: string, file: string, path: string, check: () => Promise<void>): Promise<void> {
    const mine = announcement(key);
    await calls.rename(file, mine);
    try {
      await takeAwayOthers(key, mine);
      await check();
      await intoFolder(path, () => calls.rename(mine, path));
    } catch (error) {
      await calls.unlink(mine).catch(() => {});
      throw error;
    }
  }

  /** An organization without objects is no organization. */
  async function removeEmptyFolders(folder: string): Promise<void> {
    if (folder === root) return;
    try {
      await calls.rmdir(folder);
    } catch {
      return;
    }
    await removeEmptyFolders(dirname(folder));
  }

  return {
    write: (key, path, body, { ifMatch, ifNoneMatch }) =>
      untilDone(async () => {
        const check = async () => {
          if (ifMatch !== undefined && (await etagAt(calls, path)) !== ifMatch) throw new PreconditionFailed(key);
        };
        await check();
        return withFile(body, async (file, etag) => {
          if (ifMatch === undefined && (await create(file, path))) return etag;
          if (ifNoneMatch) throw new PreconditionFailed(key);
          await replace(key, file, path, check);
          return etag;
        });
      }),
    remove: (key, path) =>
      untilDone(async () => {
        if ((await etagAt(calls, path)) === undefined) return;
        const mine = announcement(key);
        await calls.mkdir(mine);
        try {
          await takeAwayOthers(key, mine);
          // A folder of that name is not moved away.
          if ((await etagAt(calls, path)) !== undefined) await calls.rename(path, join(mine, 'removed'));
        } finally {
          await takeAway(calls, mine);
        }
        await removeEmptyFolders(dirname(path));
      }),
  };
}

/** Keys that are one file where the file system takes upper for lower case share their announcements. */
const prefixOf = (key: string): string => `${sha256(key.normalize('NFC').toLowerCase()).slice(0, 32)}.`;

interface Stat {
  ino: bigint;
  size: bigint;
  mtimeNs: bigint;
}

/** Made of what the file system says of a file, without reading it. */
export const etagOf = ({ ino, size, mtimeNs }: Stat): string =>
  `${ino.toString(32)}-${size.toString(32)}-${mtimeNs.toString(32)}`;

/** Undefined where there is no file. */
async function etagAt(calls: FileCalls, path: string): Promise<string | undefined> {
  try {
    const stat = await calls.lstat(path, { bigint: true });
    return stat.isFile() ? etagOf(stat) : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A file, or a folder into which somebody may just be moving the object that he removes. */
async function takeAway(calls: FileCalls, path: string): Promise<void> {
  for (;;) {
    try {
      await calls.rm(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if (!isCode(error, 'ENOTEMPTY')) throw error;
    }
  }
}

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException | undefined)?.code === code;

export const isMissing = (error: unknown): boolean => isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR');
