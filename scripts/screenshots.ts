// `npm run screenshots`: every page type of the demo's sites, light, dark, on a phone and in print, as pictures to look at.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { consoleLog } from '../generator/lib/console.ts';
import { say } from '../generator/lib/printable.ts';
import { ROOT } from '../generator/render/version.ts';
import { openStore } from '../generator/store/open.ts';
import { serveSite } from '../site/e2e/static.ts';
import { launchOptions } from './browser.ts';
import { demoTenants } from './demo/data/tenants.ts';

const FOLDER = join(ROOT, '.screenshots');
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** A list of thousands of rows is as high as all of them: its first screens say how it looks. */
const HIGHEST = 3_000;

/** Ways to look at a page. */
const LOOKS: { [name: string]: BrowserContextOptions } = {
  light: { viewport: DESK, colorScheme: 'light' },
  dark: { viewport: DESK, colorScheme: 'dark' },
  phone: { viewport: PHONE, colorScheme: 'light', deviceScaleFactor: 2, hasTouch: true },
  print: { viewport: { width: 794, height: 1123 }, colorScheme: 'light' },
};

/** One page of each type. */
function pagesOf(paths: readonly string[]): { [name: string]: string } {
  const first = (pattern: RegExp) => paths.find((path) => pattern.test(path));
  const pages = {
    overview: '/',
    agents: first(/^\/agents\/$/),
    agent: first(/^\/agents\/[^/]+\/$/),
    team: first(/^\/teams\/[^/]+\/$/),
    calls: first(/^\/calls\/$/),
    search: first(/^\/search\/$/),
    call: first(/^\/calls\/[^/]+\/$/),
    qa: first(/^\/qa\/$/),
    calibration: first(/^\/calibration\/$/),
    compare: first(/^\/compare\/$/),
    topics: first(/^\/topics\/$/),
    about: first(/^\/about\/$/),
    'not-found': '/nowhere/',
  };
  return Object.fromEntries(Object.entries(pages).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function shoot(page: Page, url: string, path: string, look: string): Promise<void> {
  if (look === 'print') await page.emulateMedia({ media: 'print' });
  await page.goto(url, { waitUntil: 'networkidle' });
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, HIGHEST) } });
}

async function shootTenant(browser: Browser, org: string): Promise<number> {
  const reports = openStore(pathToFileURL(join(ROOT, '.demo', 'reports')).href);
  const site = await serveSite(reports, org);
  let shots = 0;
  for (const [look, options] of Object.entries(LOOKS)) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pagesOf(site.paths))) {
      await shoot(page, `${site.url}${path}`, join(FOLDER, org, `${name}-${look}.png`), look);
      shots++;
    }
    await context.close();
  }
  await site.close();
  return shots;
}

const log = consoleLog();
await rm(FOLDER, { recursive: true, force: true });
const browser = await chromium.launch(launchOptions({ whole: true }));
for (const { org } of demoTenants) {
  await mkdir(join(FOLDER, org), { recursive: true });
  await log.step(
    say`screenshots of ${org}`,
    () => shootTenant(browser, org),
    (shots) => say`${shots} in ${FOLDER}`,
  );
}
await browser.close();
