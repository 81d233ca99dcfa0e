import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Hugo that can be run. */
export interface Hugo {
  command: string;
  env: NodeJS.ProcessEnv;
  version: string; // e.g., "0.169.0"
}

/** The newest package is made there; it needs no more of the system than these libraries, of which an older Debian's own will do. */
const SUITE = 'unstable';
const LIBRARIES = ['libsass1', 'libwebp7'];
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';
const MIRROR = 'http://deb.debian.org/debian';

/**
 * Hugo as new as Debian has it, unpacked into a scratch folder without an installation; else the one on the path. npm's packages of
 * Hugo hold no program: they fetch it from elsewhere when they are installed.
 * @returns why there is none, as a sentence, where there is neither
 */
export function newestHugo(folder: string): Hugo | string {
  const home = join(folder, 'newest-hugo');
  const unpacked = fetchHugo(home);
  const found = unpacked && hugoAt(join(home, 'root/usr/bin/hugo'), librariesIn(join(home, 'root')));
  return found || hugoAt('hugo', {}) || 'Hugo is not measured: Debian’s could not be had, and none is installed.';
}

function hugoAt(command: string, env: NodeJS.ProcessEnv): Hugo | undefined {
  const { status, stdout } = spawnSync(command, ['version'], { encoding: 'utf8', env: { ...process.env, ...env } });
  const version = /v(\d[\d.]+)/.exec(stdout ?? '')?.[1];
  return status === 0 && version !== undefined ? { command, env, version } : undefined;
}

/** @returns whether all of it is there */
function fetchHugo(home: string): boolean {
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(textOf('/etc/os-release'))?.[1];
  if (codename === undefined || !existsSync(KEYS)) return false;
  for (const each of ['lists/partial', 'cache/archives/partial', 'root'])
    mkdirSync(join(home, each), { recursive: true });
  const sources = [SUITE, codename].map((suite) => `deb [signed-by=${KEYS}] ${MIRROR} ${suite} main`);
  writeFileSync(join(home, 'sources.list'), sources.join('\n'));
  // Lists and packages of its own: those of the machine stay as they are.
  const options = [
    `Dir::Etc::SourceList=${join(home, 'sources.list')}`,
    'Dir::Etc::SourceParts=-',
    `Dir::State::Lists=${join(home, 'lists')}`,
    `Dir::Cache=${join(home, 'cache')}`,
    'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option]);
  const runs = (command: string, args: string[]) => spawnSync(command, args, { cwd: home }).status === 0;
  const packages = [`hugo/${SUITE}`, ...LIBRARIES.map((name) => `${name}/${codename}`)];
  return (
    runs('apt-get', ['update', ...options]) &&
    runs('apt-get', ['download', ...packages, ...options]) &&
    readdirSync(home)
      .filter((name) => name.endsWith('.deb'))
      .every((name) => runs('dpkg-deb', ['-x', name, 'root']))
  );
}

/** Debian puts them into a folder that bears the processor's name. */
function librariesIn(root: string): NodeJS.ProcessEnv {
  const folder = join(root, 'usr/lib');
  const triplet = existsSync(folder) ? readdirSync(folder).find((name) => name.includes('-linux-')) : undefined;
  return triplet === undefined ? {} : { LD_LIBRARY_PATH: join(folder, triplet) };
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
