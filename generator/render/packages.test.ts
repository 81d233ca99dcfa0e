import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolvedPackages } from './packages.ts';
import { ROOT } from './version.ts';

const LOCK = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');

/** The lock file after an update of one package. */
function updated(name: string): string {
  const lock = JSON.parse(LOCK);
  const entry = lock.packages[`node_modules/${name}`];
  expect(entry, name).toBeDefined();
  entry.version = '99.0.0';
  return JSON.stringify(lock);
}

it.each(['vitest', 'typescript', 'tsx', '@types/node', '@biomejs/biome', 'mjml'])(
  'sees no difference in an update of %s, a tool of development',
  (name) => expect(resolvedPackages(updated(name))).toEqual(resolvedPackages(LOCK)),
);

it.each(['react', 'astro', 'vite', '@aws-sdk/client-s3', 'd3-scale'])(
  'sees an update of %s, which makes pages, stays in them or reads what they show',
  (name) => expect(resolvedPackages(updated(name))).toContain(`${name}@99.0.0`),
);

it('sees an update of what makes the mail’s templates, where they are named', () => {
  expect(resolvedPackages(updated('mjml-core'), ['mjml'])).toContain('mjml-core@99.0.0');
  expect(resolvedPackages(updated('react'), ['mjml'])).toEqual(resolvedPackages(LOCK, ['mjml']));
  expect(() => resolvedPackages(LOCK, ['mjmll'])).toThrow('no package mjmll');
});

const packages = {
  '': { dependencies: { a: '1' }, devDependencies: { tool: '1' } },
  'node_modules/a': { version: '1.0.0', dependencies: { b: '2' }, optionalDependencies: { absent: '1' } },
  'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { a: '1' } },
  'node_modules/b': { version: '1.0.0' },
  'node_modules/tool': { version: '1.0.0', dependencies: { b: '1' } },
};

it('takes the version that each package gets, and follows circles once', () => {
  expect(resolvedPackages(JSON.stringify({ packages }))).toEqual(['a@1.0.0', 'b@2.0.0']);
});

it('sees no difference where an update of a tool only moves a package to another folder', () => {
  const { 'node_modules/a/node_modules/b': b, ...others } = packages;
  const moved = { ...others, 'node_modules/b': b, 'node_modules/tool/node_modules/b': packages['node_modules/b'] };
  expect(resolvedPackages(JSON.stringify({ packages: moved }))).toEqual(['a@1.0.0', 'b@2.0.0']);
});
