// The Chromium that browser tests use: Debian's headless shell where it can be had, else one that is there, else Playwright's own.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Chromium without windows: the same engine, for which a page takes about half of the processor time. */
const SHELL = 'chromium-headless-shell';

/** Where systems put a whole one. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

interface BrowserOptions {
  /** One with windows: the shell keeps no page for "Back", tells of no refused frame, and its fonts have other widths. */
  whole?: boolean;
}

/** Path of a Chromium, or undefined where there is none yet. CCI_CHROMIUM names another. */
export function findBrowser({ whole = false }: BrowserOptions = {}): string | undefined {
  const own = process.env.CCI_CHROMIUM;
  const places = [...(own ? [own] : []), ...(whole ? [] : [`/usr/bin/${SHELL}`]), ...PLACES, chromium.executablePath()];
  return places.find((path) => path !== '' && existsSync(path));
}

/** How every browser here is started. */
export const launchOptions = (options?: BrowserOptions) => ({
  executablePath: findBrowser(options),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
  ],
});

const run = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    .status === 0;

const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
const isDebian = (): boolean =>
  existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

function withApt(...packages: string[]): boolean {
  process.stderr.write(`install ${packages.join(', ')} → with apt-get\n`);
  const install = () => run('apt-get', 'install', '-y', '--no-install-recommends', ...packages);
  return install() || (run('apt-get', 'update') && install());
}

/** @returns whether there is a Chromium now. Where it is a whole one, tests take that for the shell, and only take longer. */
function install(): boolean {
  const whole = findBrowser({ whole: true });
  const isComplete = process.env.CCI_CHROMIUM ? whole : whole && existsSync(`/usr/bin/${SHELL}`);
  if (isComplete) return true;
  if (canInstall() && isDebian() && withApt(...(whole ? [] : ['chromium']), SHELL)) return true;
  if (whole) return true;
  process.stderr.write('install Chromium → with Playwright\n');
  if (run(process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium') && findBrowser())
    return true;
  return canInstall() && withApt('chromium') && findBrowser() !== undefined;
}

if (process.argv.includes('--install') && !install()) {
  process.stderr.write(
    'Chromium was not found and could not be installed. Install it, or set CCI_CHROMIUM to its path, then run the command again.\n',
  );
  process.exitCode = 1;
}
