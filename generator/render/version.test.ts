import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { CODE, ROOT, TEMPLATE } from './version.ts';

const SOURCE = /\.(ts|tsx|astro|mjs|js)$/;
const OF_TESTS = /\.(test|spec)\.ts$|\/(fixtures|e2e|dev)\//;
/** What is imported at run time from a file of this project: types alone leave nothing in a bundle. */
const IMPORTED =
  /(?:^(?:import|export)\s(?!type\s)(?:[^;'"]*?\sfrom\s+)?|\bimport\()['"]((?:\.|#shared\/)[^'"]+)['"]/gm;
/** What a build reaches that decides on no byte of a site: how bytes are carried. */
const CARRIES = 'generator/store';

/** Each file that these reach, themselves included; paths from the repository's folder. */
function reachedFrom(start: readonly string[]): string[] {
  const reached = new Set<string>();
  const follow = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, path = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORTED)) {
      const from = path.startsWith('#') ? `generator/${path.slice(1)}.ts`.replace(/\.ts\.ts$/, '.ts') : undefined;
      if (SOURCE.test(from ?? path)) follow(from ?? relative(ROOT, join(ROOT, dirname(file), path)));
    }
  };
  for (const file of start) follow(file);
  return [...reached];
}

const isIn = (paths: readonly string[]) => (file: string) =>
  paths.some((path) => file === path || file.startsWith(`${path}/`));

it('counts every file that the bundle of the pages is made of', () => {
  const sources = readdirSync(join(ROOT, 'site/report'), { recursive: true, encoding: 'utf8' })
    .map((file) => `site/report/${file}`)
    .filter((file) => SOURCE.test(file) && !OF_TESTS.test(file));
  const reached = reachedFrom(sources);
  expect(reached).toContain('generator/shared/counts/cube.ts');
  expect(reached.filter((file) => !isIn(TEMPLATE)(file))).toEqual([]);
});

it('counts every file that a build reaches, so that what another version kept is not used', () => {
  const reached = reachedFrom(['generator/build.ts', 'generator/read/worker.ts', 'generator/render/worker.ts']);
  expect(reached.length).toBeGreaterThan(100);
  expect(reached.filter((file) => !isIn([...CODE, CARRIES])(file))).toEqual([]);
});
