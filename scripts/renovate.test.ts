import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../generator/render/version.ts';
import { CLERK_BROWSER } from '../site/gate/clerk-versions.mjs';

interface Config {
  packageRules: { groupName?: string; matchPackageNames?: string[]; allowedVersions?: string }[];
  customManagers: { managerFilePatterns: string[]; matchStrings: string[] }[];
}

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

it('proposes Node for all platforms at once, and of the version that is supported', () => {
  const { packageRules } = read('.github/renovate.json') as Config;
  const rule = packageRules.find(({ groupName }) => groupName === 'Node');
  const matches = (name: string) =>
    rule?.matchPackageNames?.some((each) =>
      each.startsWith('/') ? new RegExp(each.slice(1, -1)).test(name) : each === name,
    );
  const { optionalDependencies } = read('scripts/node/package.json');
  expect(Object.keys(optionalDependencies).filter((name) => !matches(name))).toEqual([]);
  expect(read('package.json').engines.node).toBe(`>=${rule?.allowedVersions?.slice(1)}`);
});

it('finds the versions of Clerk’s scripts where the gate has them', () => {
  const { customManagers } = read('.github/renovate.json') as Config;
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

it('leaves the range that the product runs on, and all that brings Node, on Node 24', () => {
  const { packageRules, extends: presets } = read('.github/renovate.json') as Config & { extends: string[] };
  expect(presets).toContain('docker:pinDigests');
  expect(packageRules).toContainEqual(
    expect.objectContaining({ matchDepTypes: ['engines'], rangeStrategy: 'replace' }),
  );
  const names = packageRules
    .filter(({ allowedVersions }) => allowedVersions === '^24')
    .flatMap(({ matchPackageNames = [] }) => matchPackageNames);
  const [, image = ''] = /^ARG NODE=(.+):24/m.exec(readFileSync(join(ROOT, 'scripts/docker/Dockerfile'), 'utf8')) ?? [];
  const isKept = (name: string) =>
    names.some((each) => (each.startsWith('/') ? new RegExp(each.slice(1, -1)).test(name) : each === name));
  // As Renovate names what setup-node and engines ask for, and the image.
  for (const name of ['node', image, '@types/node']) expect(isKept(name), name).toBe(true);
  expect(isKept('node-other')).toBe(false);
});
