import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../generator/render/version.ts';

/** What speeds are compared with: machines differ by a factor of two from day to day, so both versions run side by side. */
export const OLD_VERSION = 'a38c841';

/**
 * Do something with an old version's sources in a work tree of git, which is removed afterwards, also after Ctrl+C. Its packages are this version's.
 * @throws where the history is not there
 */
export async function withOldVersion<T>(use: (root: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cci-old-'));
  const root = join(folder, OLD_VERSION);
  const forget = () => {
    rmSync(folder, { recursive: true, force: true });
    git('worktree', 'prune');
  };
  const stop = () => process.exit(130);
  process.once('exit', forget).once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const { status, stderr } = git('worktree', 'add', '--detach', root, OLD_VERSION);
    if (status !== 0) throw new Error(`version ${OLD_VERSION} cannot be taken from history: ${stderr}`);
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    return await use(root);
  } finally {
    forget();
    process.off('exit', forget).off('SIGINT', stop).off('SIGTERM', stop);
  }
}

const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
