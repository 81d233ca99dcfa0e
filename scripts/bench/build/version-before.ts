import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../generator/render/version.ts';

/** The version that builds are measured beside: a machine's own speed changes from day to day, a ratio of one run does not. */
export const BEFORE = 'a38c841';

/** A version of this project from its history, ready to run: a work tree of its own, with its own packages and bundles. */
export interface VersionBefore {
  /** Its folder, as `ROOT` is ours. */
  root: string;
  /** Leaves nothing of it, in the repository neither. Synchronous: it is also called when the process ends. */
  remove(): void;
}

/**
 * Takes about two minutes, most of them for its packages.
 * @returns why there is none, as a sentence, where it cannot be had
 */
export function openVersionBefore(say: (text: string) => void): VersionBefore | string {
  const root = join(mkdtempSync(join(tmpdir(), 'cci-before-')), 'tree');
  const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  const remove = () => {
    rmSync(join(root, '..'), { recursive: true, force: true });
    git('worktree', 'prune');
  };
  const added = git('worktree', 'add', '--detach', root, BEFORE);
  if (added.status !== 0) {
    remove();
    return `Version ${BEFORE} is not measured: git could not take it from the history. ${added.error ?? added.stderr}`.trim();
  }
  say(`version ${BEFORE}: its packages and bundles`);
  const ready = spawnSync(process.execPath, [join(root, 'scripts/ready.mjs')], { cwd: root, encoding: 'utf8' });
  if (ready.status !== 0) {
    remove();
    return `Version ${BEFORE} is not measured: it could not be made ready. ${ready.error ?? ready.stderr}`.trim();
  }
  return { root, remove };
}
