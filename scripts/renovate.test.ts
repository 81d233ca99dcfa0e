import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../generator/render/version.ts';
import { CLERK_BROWSER } from '../site/gate/clerk-versions.mjs';

interface Config {
  customManagers: { managerFilePatterns: string[]; matchStrings: string[] }[];
}

it('finds the versions of Clerk’s scripts where the gate has them', () => {
  const { customManagers } = JSON.parse(readFileSync(join(ROOT, '.github/renovate.json'), 'utf8')) as Config;
  const file = 'site/gate/clerk-versions.mjs';
  const found = customManagers
    .filter(({ managerFilePatterns }) => managerFilePatterns.some((each) => new RegExp(each.slice(1, -1)).test(file)))
    .flatMap(({ matchStrings }) => matchStrings)
    .flatMap((pattern) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(new RegExp(pattern, 'g'))])
    .map(({ groups }) => [groups?.depName, groups?.currentValue]);
  expect(found).toEqual([
    ['@clerk/clerk-js', CLERK_BROWSER.js],
    ['@clerk/ui', CLERK_BROWSER.ui],
  ]);
});
