import { randomUUID } from 'node:crypto';
import { readSync, writeSync } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFiles } from './file-errors.ts';
import { say } from './printable.ts';

/** Where bytes lie in a spool. */
export interface Slice {
  offset: number;
  length: number;
}

/** A file of one run for what is too much to hold in memory. Nobody else can open it, and it ends with the process. */
export interface Spool extends AsyncDisposable {
  /** Append bytes; any number of calls may be under way. */
  put(bytes: Uint8Array): Promise<Slice>;
  get(slice: Slice): Promise<Uint8Array>;
  /** For threads of this process, which read slices by themselves. */
  readonly fd: number;
}

/** @param folder on a disk with room for all that a run reads */
export async function openSpool(folder = tmpdir()): Promise<Spool> {
  const path = join(folder, `cci-spool-${randomUUID()}`);
  const doing = say`write temporary data into ${folder} (set TMPDIR to use another folder)`;
  const file = await withFiles(doing, () => open(path, 'wx+', 0o600));
  // What callers said must not outlive the run, even where it is killed: the file has no name from here on.
  const unnamed = await unlink(path).then(
    () => true,
    () => false,
  );
  let end = 0;
  return {
    fd: file.fd,
    async put(bytes) {
      const slice = { offset: end, length: bytes.byteLength };
      end += bytes.byteLength;
      // Synchronous: a round through the thread pool costs ten times as much as handing some kilobytes to the system.
      await withFiles(doing, async () => {
        for (let done = 0; done < slice.length; )
          done += writeSync(file.fd, bytes, done, slice.length - done, slice.offset + done);
      });
      return slice;
    },
    async get({ offset, length }) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw new Error(`cut spool: ${path} ends before ${offset + length}`);
        done += bytesRead;
      }
      return bytes;
    },
    async [Symbol.asyncDispose]() {
      await file.close();
      if (!unnamed) await unlink(path);
    },
  };
}

/** The same from any thread of the process that holds the spool. */
export function readSlice(fd: number, { offset, length }: Slice): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const read = readSync(fd, bytes, done, length - done, offset + done);
    if (read === 0) throw new Error(`cut spool: it ends before ${offset + length}`);
    done += read;
  }
  return bytes;
}
