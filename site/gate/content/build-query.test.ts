import { expect, test } from 'vitest';
import { buildNamed } from './build-query.ts';

test.each([
  ['/', undefined],
  ['/?x=1', undefined],
  ['/calls/?b=7-3fe1c0a94b7d2e55', '7-3fe1c0a94b7d2e55'],
  ['/?x=1&b=123456789012-a', '123456789012-a'],
  [`/?b=1-${'f'.repeat(64)}`, `1-${'f'.repeat(64)}`],
  // What can be no build's name is looked for nowhere.
  ['/?b=', ''],
  ['/?b', ''],
  ['/?b=7-3fe1&b=7-3fe1', ''],
  ['/?b=1234567890123-a', ''],
  [`/?b=1-${'f'.repeat(65)}`, ''],
  ['/?b=-a', ''],
  ['/?b=7-', ''],
  ['/?b=7-3FE1', ''],
  ['/?b=x7-3fe1', ''],
  ['/?b=7-3fe1x', ''],
  ['/?b=../7-3fe1', ''],
])('%s names the build %s', (target, name) => {
  expect(buildNamed(target)).toBe(name);
});
