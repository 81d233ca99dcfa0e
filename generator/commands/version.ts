import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Of the product: the version in its `package.json`, and where it is known the commit that it was made from. */
export interface Version {
  version: string; // e.g., "0.1.0"
  /** Twelve hex digits, with `-dirty` after them where files are not as they were committed. */
  commit?: string;
}

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Asks git only in a checkout of its own, and no network. A packed folder may name its commit as `gitHead` in its `package.json`. */
export function readVersion(): Version {
  const { version, gitHead } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const commit: string | undefined = gitHead ?? (existsSync(at('.git')) ? askGit() : undefined);
  return { version, ...(commit && { commit }) };
}

function askGit(): string | undefined {
  try {
    const args = ['-C', at(''), 'describe', '--always', '--dirty', '--exclude=*', '--abbrev=12'];
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000 }).trim();
  } catch {
    return undefined;
  }
}
