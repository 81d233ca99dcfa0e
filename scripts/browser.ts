// The Chromium that browser tests use: one that is there, else Playwright's own, else Debian's when root.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where systems put it. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium, or undefined where there is none yet. CCI_CHROMIUM names another. */
export function findBrowser(): string | undefined {
  const own = process.env.CCI_CHROMIUM;
  return [...(own ? [own] : []), ...PLACES, chromium.executablePath()].find((path) => path !== '' && existsSync(path));
}

/** How every browser here is started. */
export const launchOptions = () => ({
  executablePath: findBrowser(),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
  ],
});

const run = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    .status === 0;

function install(): boolean {
  if (findBrowser()) return true;
  process.stderr.write('install Chromium → with Playwright\n');
  if (run(process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium') && findBrowser())
    return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  process.stderr.write('install Chromium → with apt-get\n');
  return (
    run('apt-get', 'update') &&
    run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium') &&
    findBrowser() !== undefined
  );
}

if (process.argv.includes('--install') && !install()) {
  process.stderr.write(
    'Chromium was not found and could not be installed. Install it, or set CCI_CHROMIUM to its path, then run the command again.\n',
  );
  process.exitCode = 1;
}
