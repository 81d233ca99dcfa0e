import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkKey } from './store.ts';

/** What is wrong with a `file:` URL, as the end of a sentence; undefined where nothing is. */
export function fileUrlProblem(url: string): string | undefined {
  try {
    folderOf(url);
    return undefined;
  } catch {
    return 'names no folder: write it as file:folder or file:///folder';
  }
}

/** The folder that a `file:` URL names; a relative one is taken from the working directory. @throws where it names none */
export function folderOf(url: string): string {
  const path = url.slice('file:'.length);
  // After two slashes stands a host.
  if (path === '' || /^\/\/(?!\/)/.test(path)) throw new Error(`unusable file URL: ${JSON.stringify(url)}`);
  return fileURLToPath(path.startsWith('/') ? new URL(url) : new URL(path, pathToFileURL(`${process.cwd()}/`)));
}

/** The path of an object to read. @throws where the key is unusable, or one of its folders is a symbolic link */
export function pathOf(root: string, key: string): string {
  checkKey(key);
  const link = linkIn(root, key.slice(0, key.lastIndexOf('/') + 1));
  if (link !== undefined) throw leaves(key, link);
  return join(root, key);
}

/** The path of an object to write or remove. @throws as `pathOf`, and where the object itself is a symbolic link */
export function ownPathOf(root: string, key: string): string {
  const path = pathOf(root, key);
  if (isLink(path)) throw leaves(key, key);
  return path;
}

/**
 * The first folder on the way from the root that is a symbolic link. The root itself may be one.
 * @param folder below the root, "" or ending in "/"
 */
export function linkIn(root: string, folder: string): string | undefined {
  for (let end = folder.indexOf('/'); end !== -1; end = folder.indexOf('/', end + 1))
    if (isLink(join(root, folder.slice(0, end)))) return folder.slice(0, end);
  return undefined;
}

const leaves = (key: string, link: string): Error =>
  new Error(
    `key leaves the folder: ${key}: ${link} is a symbolic link, and links are not followed. Put the files themselves there.`,
  );

/** Synchronous: a round through the thread pool costs ten times as much as the call. */
const isLink = (path: string): boolean => {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
};
