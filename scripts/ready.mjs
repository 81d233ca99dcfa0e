// Makes a fresh clone ready: installs the locked packages, builds the bundles and, with --browser, finds or installs Chromium.
// Plain JavaScript: it runs on the Node that the user has, before the project's own Node 24 is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) say(`Could not start ${command}: ${error.message}`);
  return status ?? 1;
}

/** The npm that runs us, or the one on the path. */
function npm(...args) {
  const path = process.env.npm_execpath;
  return path ? run(process.execPath, [path, ...args]) : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

function install() {
  say('install packages → this takes about a minute the first time');
  const started = Date.now();
  const status = npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  if (status !== 0) {
    say('The packages could not be installed. Check the network and the npm registry, then run the command again.');
    return status;
  }
  linkNode();
  writeFileSync(stamp, wanted);
  say(`install packages → done in ${Math.round((Date.now() - started) / 1000)} s`);
  return 0;
}

/** npm 10 drops the link to the project's Node where several platforms offer one. */
function linkNode() {
  const link = join(root, 'node_modules', '.bin', 'node');
  const own = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (process.platform !== 'win32' && !existsSync(link) && existsSync(own)) linkSync(own, link);
}

/** The project's Node 24 where its package exists for this platform, else the user's own. */
function node() {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  return existsSync(own) ? own : process.execPath;
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
  if (!installed()) {
    const status = install();
    if (status !== 0) return status;
  }
  const built = run(node(), [join(root, 'scripts', 'build.ts')]);
  if (built !== 0) return built;
  return process.argv.includes('--browser') ? run(node(), [join(root, 'scripts', 'browser.ts'), '--install']) : 0;
}

process.exitCode = withLock(ready);
