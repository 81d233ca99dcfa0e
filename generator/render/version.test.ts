import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, TEMPLATE } from './version.ts';

const SOURCE = /\.(ts|tsx|astro|mjs)$/;
const OF_TESTS = /\.(test|spec)\.ts$|\/(fixtures|e2e|dev)\//;
/** What is imported at run time from a file of this project: types alone leave nothing in a bundle. */
const IMPORTED = /^(?:import|export)\s(?!type\s)(?:[^;'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm;

it('counts every file that the bundle of the pages is made of', () => {
  const folders = TEMPLATE.filter((path) => path.startsWith('site/'));
  const reached = new Set<string>();
  const follow = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, path = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORTED))
      if (SOURCE.test(path)) follow(relative(ROOT, join(ROOT, dirname(file), path)));
  };
  for (const folder of folders)
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }))
      if (SOURCE.test(entry) && !OF_TESTS.test(`/${folder}/${entry}`)) follow(join(folder, entry));
  const uncounted = [...reached].filter(
    (file) => !TEMPLATE.some((path) => file === path || file.startsWith(`${path}/`)),
  );
  expect(reached).toContain('generator/days/cube.ts');
  expect(uncounted).toEqual([]);
});
