import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { missingEntries, unchecked } from './complete-lockfile.ts';

const text = readFileSync('package-lock.json', 'utf8');

it('finds no platform package missing from the lockfile', () => {
  expect(missingEntries(JSON.parse(text).packages)).toEqual({});
});

it('finds no download address in the lockfile', () => {
  expect(text).not.toContain('"resolved": "http');
});

it('finds the hash of every package in the lockfile, and misses one that is not there', () => {
  const { packages } = JSON.parse(text) as {
    packages: { [path: string]: { link?: boolean; inBundle?: boolean; integrity?: string } };
  };
  expect(unchecked(packages)).toEqual([]);
  const paths = Object.keys(packages).filter(
    (path) => path !== '' && !packages[path]?.link && !packages[path]?.inBundle,
  );
  expect(paths.length).toBeGreaterThan(500);
  for (const path of paths) {
    for (const integrity of [undefined, '', 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'sha512-x'])
      expect(unchecked({ [path]: { ...packages[path], integrity } })).toEqual([path]);
  }
});

it('takes what a package brings in its archive for checked only where that archive is', () => {
  const integrity = `sha512-${'a'.repeat(86)}==`;
  const brings = { version: '1.0.0', integrity, bundleDependencies: ['b'] };
  const inside = { version: '1.0.0', inBundle: true };
  const [above, path, below] = [
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/a/node_modules/b/node_modules/c',
  ];
  expect(unchecked({ [above]: brings, [path]: inside, [below]: inside })).toEqual([]);
  expect(unchecked({ [above]: { ...brings, integrity: '' }, [path]: inside })).toEqual([above, path]);
  expect(unchecked({ [above]: { version: '1.0.0', integrity }, [path]: inside })).toEqual([path]);
  expect(unchecked({ 'node_modules/b': inside })).toEqual(['node_modules/b']);
});

it('makes an entry for a platform package that is missing', () => {
  const packages = {
    'node_modules/a': { dev: true, optionalDependencies: { '@a/linux-arm64-musl': '1.0.0', b: '1.0.0' } },
    'node_modules/b': { version: '1.0.0' },
  };
  expect(missingEntries(packages)).toEqual({
    'node_modules/@a/linux-arm64-musl': {
      version: '1.0.0',
      cpu: ['arm64'],
      os: ['linux'],
      libc: ['musl'],
      dev: true,
      optional: true,
    },
  });
});
