import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

/** Loaded in a pack's folder: its entries but those that begin to work at once, and each command that it has. */
const LOADED = [
  'generator/cli.ts',
  'generator/commands/**/*.ts',
  'generator/*/worker.ts',
  'site/gate/{lambda,serve}.ts',
];

const LOADER = 'for (const file of process.argv.slice(1)) await import(file);';

/** Whether every file of this project is there that a pack imports. @throws where one is missing, with Node's own words */
export function checkPack(folder: string): void {
  const files = LOADED.flatMap((pattern) => globSync(pattern, { cwd: folder })).map((file) => `${folder}/${file}`);
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', LOADER, ...files], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`the pack in ${folder} does not load:\n${stderr}`);
}
