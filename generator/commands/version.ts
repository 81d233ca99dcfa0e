import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the product: the version in its `package.json`, and where it is known the commit that it was made from. */
export interface Version {
  version: string; // e.g., "0.1.0"
  /** Twelve hex digits, with `-dirty` after them where files are not as they were committed. */
  commit?: string;
}

/** Of what runs: git is asked only in a checkout of its own, and no network. A pack has its commit in its `package.json`, as `gitHead`. */
export function readVersion(): Version {
  const { version, gitHead } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const commit: string | undefined = gitHead ?? commitOf(fileURLToPath(new URL('../../', import.meta.url)));
  return { version, ...(commit && { commit }) };
}

/** The commit that a folder was checked out at; undefined where it is no checkout, or git cannot tell. */
export function commitOf(folder: string): string | undefined {
  if (!existsSync(join(folder, '.git'))) return undefined;
  try {
    const args = ['-C', folder, 'describe', '--always', '--dirty', '--exclude=*', '--abbrev=12'];
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000 }).trim();
  } catch {
    return undefined;
  }
}
