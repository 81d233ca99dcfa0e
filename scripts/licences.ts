// Whether every package of package-lock.json and of scripts/node/package-lock.json, of whatever platform, has a licence that this project may use: `npm run licences`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockedPackage, type LockedPackages, nameOf } from '../generator/render/packages.ts';
import { ROOT } from '../generator/render/version.ts';

interface Entry extends LockedPackage {
  /** An expression of SPDX, as its author wrote it. */
  license?: string;
  link?: boolean;
  /** Only tools of development want it: it is not deployed. */
  dev?: boolean;
}

/** Of what is deployed: free to use and to pass on; changes to files under MPL-2.0 would have to be published, and there are none. */
const DEPLOYED = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'MPL-2.0'],
  ...['Python-2.0', 'Unlicense', 'CC0-1.0', 'OFL-1.1'],
];
/** Of tools: what they are made of goes nowhere. */
const TOOLS = [...DEPLOYED, 'CC-BY-4.0'];
/** Packages beside these, by their name, with the very licence that was looked at and why it will do. */
const LOOKED_AT: { name: RegExp; licence: string; why: string }[] = [
  {
    name: /^@img\/sharp-/,
    licence: 'LGPL-3.0-or-later',
    why: 'libvips, as a library of its own that anybody may replace; Astro can use it for images, of which the product has none',
  },
  { name: /^slick$/, licence: 'MIT (http://mootools.net/license.txt)', why: 'MIT, with an address' },
];

/** Every package without a licence that is allowed, as a sentence; none: all have one. */
export function licenceProblems(packages: LockedPackages<Entry>): string[] {
  return Object.entries(packages).flatMap(([place, { version, license, link, dev }]) => {
    if (place === '' || link) return [];
    const name = nameOf(place);
    const licence = license ?? licenceOfWhoWants(packages, name);
    if (licence === undefined) return [`${name} ${version}: it states no licence.`];
    const extra = LOOKED_AT.filter((each) => each.name.test(name)).map((each) => each.licence);
    const allowed = [...(dev ? TOOLS : DEPLOYED), ...extra];
    return allows(licence, allowed)
      ? []
      : [`${name} ${version}: ${licence} is not among the licences ${dev ? 'of tools' : 'of what is deployed'}.`];
  });
}

/** Of a platform that is not this one, the lockfile may know no licence: it is a part of the package that wants it. */
const licenceOfWhoWants = (packages: LockedPackages<Entry>, name: string): string | undefined =>
  Object.values(packages).find(({ optionalDependencies = {} }) => Object.hasOwn(optionalDependencies, name))?.license;

/** Of "A OR B" one has to be allowed, of "A AND B" both. */
function allows(expression: string, allowed: readonly string[]): boolean {
  if (allowed.includes(expression)) return true;
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(plain)) return false;
  return plain.split(' OR ').some((either) => either.split(' AND ').every((each) => allowed.includes(each)));
}

/** Of the project, and Node for machines whose own is too old. */
export const lockedPackages = (): LockedPackages<Entry> => {
  const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  return { ...read('scripts/node/package-lock.json'), ...read('package-lock.json') };
};

if (import.meta.main) {
  const problems = licenceProblems(lockedPackages());
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0)
    process.stderr.write('Choose another package, or look at the licence and allow it in scripts/licences.ts.\n');
  process.exitCode = problems.length > 0 ? 1 : 0;
}
