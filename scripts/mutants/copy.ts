import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../generator/render/version.ts';

/** One change of one file. */
export interface Edit {
  file: string; // e.g., "site/gate/content/sites.ts"
  /** Stands exactly once in it. */
  find: string;
  replace: string;
}

/** The sources elsewhere, to be spoilt. */
export interface Copy extends AsyncDisposable {
  root: string;
  /** @throws where the text does not stand there exactly once: the plant is for sources that are no more */
  plant(edits: readonly Edit[]): Promise<void>;
  /** Put the planted files back. */
  restore(): Promise<void>;
  /** Make the bundles of what has changed. @throws where that fails */
  build(): Promise<void>;
}

const COPIED = [
  'generator',
  'site',
  'scripts',
  'templates',
  'docs',
  'README.md',
  'package.json',
  'package-lock.json',
  'astro.config.mjs',
  'tsconfig.json',
  'vitest.config.ts',
  '.build',
];

/** A copy of the sources and bundles; packages are shared. It is below them: Astro takes modules elsewhere for its own. */
export async function copySources(): Promise<Copy> {
  const copies = join(ROOT, '.cache');
  await mkdir(copies, { recursive: true });
  const root = await mkdtemp(join(copies, 'copy-'));
  for (const name of COPIED)
    if (existsSync(join(ROOT, name)))
      await cp(join(ROOT, name), join(root, name), { recursive: true, preserveTimestamps: true });
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const planted = new Set<string>();
  return {
    root,
    async plant(edits) {
      for (const { file, find, replace } of edits) {
        const text = await readFile(join(root, file), 'utf8');
        const times = text.split(find).length - 1;
        if (times !== 1) throw new Error(`${file} has ${times} times what was to be replaced: ${find}`);
        planted.add(file);
        await writeFile(
          join(root, file),
          text.replace(find, () => replace),
        );
      }
    },
    async restore() {
      for (const file of planted) await cp(join(ROOT, file), join(root, file));
      planted.clear();
    },
    async build() {
      const { status, output } = await run(root, ['scripts/build.ts']);
      if (status !== 0) throw new Error(`the copy could not be built:\n${output}`);
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** Run the project's Node there; what it says comes back. */
export async function run(root: string, args: readonly string[]): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status: status ?? 1, output };
}
