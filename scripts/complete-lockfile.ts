// npm leaves platform packages that the registry could not give out of the lockfile, and `npm ci` then refuses it. Without their hash
// they would be installed unchecked where they are wanted: it is asked for here.
// Run after each change of a dependency: `node scripts/complete-lockfile.ts`. A test says when it is due.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type LockedPackage, type LockedPackages, placeOf } from '../generator/render/packages.ts';

interface Entry extends LockedPackage {
  /** Of an alias: what it is called in the registry. */
  name?: string;
  link?: boolean;
  /** It comes in the archive of a package above it, whose hash covers it. */
  inBundle?: boolean;
  bundleDependencies?: string[];
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  cpu?: string[];
  os?: string[];
  libc?: string[];
}
type Packages = LockedPackages<Entry>;

const OS = ['linux', 'darwin', 'win32', 'freebsd', 'openbsd', 'netbsd', 'android', 'sunos', 'aix', 'openharmony'];
const CPU = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

/** Entries that the lockfile lacks: each optional dependency that has none anywhere it would be looked up. */
export function missingEntries(packages: Packages): Packages {
  const missing: Packages = {};
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (placeOf(packages, path, name) || !/^\d/.test(version)) continue;
      missing[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev && { dev }), optional: true };
    }
  }
  return missing;
}

const HASH = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** Paths of entries that `npm ci` would install without a check, or with one that can be forged: all but links, the project, and what comes in an archive that is checked. */
export const unchecked = (packages: Packages): string[] =>
  Object.entries(packages).flatMap(([path, { link, integrity = '' }]) =>
    path === '' || link || HASH.test(integrity) || isBundled(packages, path) ? [] : [path],
  );

/** Whether npm takes it from the archive of a package above it, and checks that. */
function isBundled(packages: Packages, path: string): boolean {
  if (!packages[path]?.inBundle) return false;
  const above = path.slice(0, path.lastIndexOf('/node_modules/'));
  const { bundleDependencies, integrity = '' } = packages[above] ?? {};
  return (bundleDependencies !== undefined && HASH.test(integrity)) || isBundled(packages, above);
}

/** The hash of an entry's archive, as the registry has it. @throws where it gives none */
function integrityOf(path: string, { name = path.split('node_modules/').at(-1), version }: Entry): string {
  const spec = `${name}@${version}`;
  const { stdout, stderr } = spawnSync('npm', ['view', spec, 'dist.integrity'], { encoding: 'utf8' });
  const integrity = stdout.trim();
  if (!integrity.startsWith('sha512-')) throw new Error(`the registry gives no hash of ${spec}: ${stderr.trim()}`);
  return integrity;
}

/** From a name such as "@scope/binding-linux-arm64-musl". */
function platformOf(name: string): Entry {
  const words = name.split(/[/-]/);
  const [cpu, os] = [words.filter((word) => CPU.includes(word)), words.filter((word) => OS.includes(word))];
  const libc = words.includes('musl') ? ['musl'] : words.some((word) => /^(gnu|glibc)/.test(word)) ? ['glibc'] : [];
  return { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }), ...(libc.length > 0 && { libc }) };
}

/** An entry as npm writes it: the hash behind the version. */
const checked = (path: string, { version, integrity: _, ...entry }: Entry): Entry => ({
  version,
  integrity: integrityOf(path, { version, ...entry }),
  ...entry,
});

if (import.meta.main) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Packages };
  const missing = missingEntries(lock.packages);
  const packages: Packages = { ...lock.packages, ...missing };
  const bare = unchecked(packages);
  for (const path of bare) packages[path] = checked(path, packages[path] as Entry);
  if (bare.length > 0) {
    const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
    writeFileSync(
      'package-lock.json',
      `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
    );
  }
  const added = Object.keys(missing);
  process.stdout.write(added.length > 0 ? `added to package-lock.json: ${added.join(', ')}\n` : '');
  process.stdout.write(bare.length > 0 ? `with their hashes: ${bare.join(', ')}\n` : 'package-lock.json is complete\n');
}
