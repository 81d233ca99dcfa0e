import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The next one that has long-term support, as npm has it. */
export const NEXT_NODE = '26.12.1';

/** That Node: the one at `CCI_NEXT_NODE`, else npm's, installed into an empty folder. @returns its path, or undefined where npm has none for this platform */
export const nextNode = (folder: string): string | undefined =>
  process.env.CCI_NEXT_NODE || nodeFromNpm(NEXT_NODE, folder);

function nodeFromNpm(version: string, folder: string): string | undefined {
  const name = `node-${process.platform}-${process.arch}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
  });
  const node = join(folder, 'node_modules', name, 'bin', 'node');
  return existsSync(node) ? node : undefined;
}
