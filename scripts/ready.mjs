// Makes a fresh clone ready: installs Node where the machine's own is too old and the locked packages, builds the bundles and, with --browser, finds or installs Chromium.
// Plain JavaScript: it runs on the Node that the user has, before a newer one is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openNode } from './node/bring.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.ready');
const lock = join(root, '.ready.lock');
const say = (text) => process.stderr.write(`${text}\n`);

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex');
const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

/** Run with its output on standard error, so that `--json` stays clean. Returns the exit status. */
function run(command, args, cwd = root) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (error) say(`Could not start ${command}: ${error.message}`);
  return status ?? 1;
}

/** The npm that runs us, on the Node that it has, or the one on the path: the former may have gone with the packages. */
function npm(args, cwd) {
  const path = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  if (path && existsSync(node)) return run(node, [path, ...args], cwd);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, cwd);
}

function install() {
  say('install packages → this takes about a minute the first time');
  const started = Date.now();
  const status = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    say('The packages could not be installed. Check the network and the npm registry, then run the command again.');
    return status;
  }
  writeFileSync(stamp, wanted);
  say(`install packages → done in ${Math.round((Date.now() - started) / 1000)} s`);
  return 0;
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Several commands may start at once on a fresh clone: one makes it ready, the others wait for it. */
function withLock(work) {
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const pidFile = join(lock, 'pid');
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : Number.NaN;
    const abandoned = Number.isNaN(pid) ? waited > 20 : pid > 0 && !alive(pid);
    if (abandoned) rmSync(lock, { recursive: true, force: true });
    else {
      if (waited === 0) say('another command is making the project ready → waiting');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  try {
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function ready() {
  const own = openNode({ root, npm, say });
  // After `npm install` by hand, which has just installed the packages.
  const isAfterInstall = process.argv.includes('--node');
  const steps = [own.check, ...(isAfterInstall || installed() ? [] : [install]), own.bring];
  for (const step of steps) {
    const status = step();
    if (status !== 0) return status;
  }
  if (isAfterInstall) return 0;
  const node = own.node();
  const built = run(node, [join(root, 'scripts', 'build.ts')]);
  if (built !== 0) return built;
  return process.argv.includes('--browser') ? run(node, [join(root, 'scripts', 'browser.ts'), '--install']) : 0;
}

process.exitCode = withLock(ready);
