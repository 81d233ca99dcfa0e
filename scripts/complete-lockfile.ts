// npm leaves platform packages that the registry could not give out of the lockfile, and `npm ci` then refuses it.
// Run after each change of a dependency: `node scripts/complete-lockfile.ts`. A test says when it is due.
import { readFileSync, writeFileSync } from 'node:fs';
import { type LockedPackage, type LockedPackages, placeOf } from '../generator/render/packages.ts';

interface Entry extends LockedPackage {
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

/** From a name such as "@scope/binding-linux-arm64-musl". */
function platformOf(name: string): Entry {
  const words = name.split(/[/-]/);
  const [cpu, os] = [words.filter((word) => CPU.includes(word)), words.filter((word) => OS.includes(word))];
  const libc = words.includes('musl') ? ['musl'] : words.some((word) => /^(gnu|glibc)/.test(word)) ? ['glibc'] : [];
  return { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }), ...(libc.length > 0 && { libc }) };
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Packages };
  const missing = missingEntries(lock.packages);
  const names = Object.keys(missing);
  const merged = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  if (names.length > 0) {
    writeFileSync(
      'package-lock.json',
      `${JSON.stringify({ ...lock, packages: Object.fromEntries(merged) }, null, 2)}\n`,
    );
  }
  process.stdout.write(
    names.length > 0 ? `added to package-lock.json: ${names.join(', ')}\n` : 'package-lock.json is complete\n',
  );
}
