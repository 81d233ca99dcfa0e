// Node for a machine whose own is too old: npm's package for its platform, in .cache/node, and a link to it where npm's scripts look first.
// Plain JavaScript: it runs on the Node that the user has.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const WINDOWS = process.platform === 'win32';
const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const majorOf = (version) => Number(/\d+/.exec(version)?.[0]);

/**
 * Which Node this project runs on here, and how it comes to be there.
 * @param root of the checkout
 * @param npm runs npm with arguments in a folder, and gives its exit status
 * @returns `check`, before packages are installed: whether there is a Node to be had; `bring`, after that: installs it where the
 * machine's own is too old, and puts it first on the path of npm's scripts; both give an exit status; `node`: the program that runs
 * this project, once it is there
 */
export function openNode({ root, npm, say }) {
  const { engines } = readJson(root, 'package.json');
  const { optionalDependencies: packages } = readJson(root, 'scripts', 'node', 'package.json');
  const name = `node-${process.platform}-${process.arch}`;
  const version = packages[name];
  const cache = join(root, '.cache', 'node');
  const programIn = (folder) => join(folder, 'node_modules', name, 'bin', WINDOWS ? 'node.exe' : 'node');
  const linked = join(root, 'node_modules', '.bin', WINDOWS ? 'node.cmd' : 'node');
  const machine = machineNode(root);
  const isGood = machine !== undefined && majorOf(machine.version) >= majorOf(engines.node);

  function check() {
    if (isGood || version !== undefined) return 0;
    const has = machine ? `this is Node ${machine.version}, at ${machine.path}` : 'none was found';
    say(
      `This needs Node ${majorOf(engines.node)} or newer, and ${has}. npm has none for ${process.platform} on ${process.arch}.`,
    );
    say('Install it from https://nodejs.org, then run the command again.');
    return 1;
  }

  function bring() {
    if (isGood) rmSync(linked, { force: true });
    if (isGood || versionOf(linked) === version) return 0;
    if (versionOf(programIn(cache)) !== version) {
      const status = install();
      if (status !== 0) return status;
    }
    mkdirSync(dirname(linked), { recursive: true });
    link(programIn(cache), linked);
    return 0;
  }

  /** Into a folder of its own, which takes its place when it is whole: a command that is killed leaves no half of it. */
  function install() {
    say(`install Node ${version} → the machine's own is too old, and stays as it is`);
    mkdirSync(dirname(cache), { recursive: true });
    for (const entry of readdirSync(dirname(cache)))
      if (/^node-\d+$/.test(entry)) rmSync(join(dirname(cache), entry), { recursive: true, force: true });
    const fresh = `${cache}-${process.pid}`;
    mkdirSync(fresh);
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(join(root, 'scripts', 'node', file), join(fresh, file));
    // It may name a registry.
    if (existsSync(join(root, '.npmrc'))) copyFileSync(join(root, '.npmrc'), join(fresh, '.npmrc'));
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
    const status = npm(['ci', '--ignore-scripts', '--include=optional', ...quiet], fresh);
    if (status !== 0 || versionOf(programIn(fresh)) !== version) {
      rmSync(fresh, { recursive: true, force: true });
      say(
        `Node ${version} could not be installed from npm, or does not run on this machine. Check the network and the npm registry, or`,
      );
      say(`install Node ${majorOf(engines.node)} or newer from https://nodejs.org. Then run the command again.`);
      return status || 1;
    }
    rmSync(cache, { recursive: true, force: true });
    renameSync(fresh, cache);
    return 0;
  }

  return { check, bring, node: () => (isGood ? machine.path : WINDOWS ? programIn(cache) : linked) };
}

/**
 * A second name of the file, which stays when the cache is removed; a symbolic one where the file system has no second names. It takes
 * the place of another one at once: a command that starts meanwhile finds one of them.
 */
function link(program, name) {
  if (WINDOWS) {
    writeFileSync(
      name,
      `@if not exist "${program}" goto own\r\n@"${program}" %*\r\n@exit /b\r\n:own\r\n@node.exe %*\r\n`,
    );
    return;
  }
  const fresh = `${name}-${process.pid}`;
  rmSync(fresh, { force: true });
  try {
    linkSync(program, fresh);
  } catch {
    symlinkSync(relative(dirname(name), program), fresh);
  }
  renameSync(fresh, name);
}

/** The machine's own Node: the one that runs us, or else npm; undefined where both are the one that this file brought. */
function machineNode(root) {
  const isOurs = (path) => path.startsWith(root + sep);
  if (!isOurs(process.execPath)) return { path: process.execPath, version: process.versions.node };
  const path = process.env.npm_node_execpath;
  const version = path && !isOurs(path) ? versionOf(path) : undefined;
  return version && { path, version };
}

/** What a program says of itself; undefined where it is not there, or does not run. */
const versionOf = (program) =>
  spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.trim().replace(/^v/, '') || undefined;
