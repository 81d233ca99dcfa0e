import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const DEMO = fileURLToPath(new URL('demo.ts', import.meta.url));

test.each([
  ['--help', 0, ''],
  ['--hepl', 2, 'There is no option "--hepl".\n'],
])('the demo answers %s with what there is, and does nothing else', (option, status, said) => {
  const run = spawnSync(process.execPath, [DEMO, option], { encoding: 'utf8', timeout: 300_000 });
  expect(run.stdout).toMatch(/^npm run demo: .*\n\n {2}-- --no-serve/);
  expect([run.status, run.stderr]).toEqual([status, said]);
});
