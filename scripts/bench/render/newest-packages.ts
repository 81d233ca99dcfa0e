import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../generator/render/version.ts';

/** Packages by name, e.g. { astro: "latest" }. */
interface Wanted {
  [name: string]: string;
}

/**
 * Install packages into a scratch folder, without their scripts: they are no dependencies of the project.
 * @param manifest what the folder's `package.json` says beside them
 * @returns why it could not be done, where it could not
 */
export function install(home: string, dependencies: Wanted, manifest: object = {}): string | undefined {
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ private: true, type: 'module', ...manifest, dependencies }),
  );
  const options = ['--no-audit', '--no-fund', '--ignore-scripts'];
  const { status, error, stderr } = spawnSync('npm', ['install', ...options], { cwd: home, encoding: 'utf8' });
  return status === 0 ? undefined : `npm could not install it: ${error ?? stderr}`.trim();
}

/** The version of a package that lies in a folder. */
export const installedVersion = (home: string, name: string): string =>
  (JSON.parse(readFileSync(join(home, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

/** What the pages of calls are made of, beside packages. */
const SOURCES = ['site/report', 'site/styles', 'generator/shared', 'tsconfig.json'];
const OF_THIS_BENCHMARK = ['scripts/bench/render/astro', 'scripts/bench/render/input.ts'];
/** Of these always the newest; of the other packages the versions that the product has. */
const NEWEST = ['astro', '@astrojs/react'];

/**
 * A copy of the product's templates with the newest Astro. A copy, as a template finds Astro's own code beside where it lies.
 * @returns why it could not be made, where it could not
 */
export function copyWithNewestAstro(home: string): string | undefined {
  for (const path of [...SOURCES, ...OF_THIS_BENCHMARK])
    cpSync(join(ROOT, path), join(home, path), { recursive: true });
  const { imports, dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    imports: object;
    dependencies: Wanted;
  };
  const newest = Object.fromEntries(NEWEST.map((name) => [name, 'latest']));
  return install(home, { ...dependencies, ...newest }, { imports });
}
