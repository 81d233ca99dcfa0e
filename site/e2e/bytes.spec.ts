/** What pages load, in bytes as they come over the wire: compressed with brotli. */
import { expect, type Page, test } from '@playwright/test';
import { type DemoSite, serveDemo } from './demo.ts';

/** Script that a page loads before anything is asked of it, in bytes. */
const ASLEEP = 8000;

let site: DemoSite;
test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

/** Sums up what a page has loaded so far of files with an ending. */
function weigh(page: Page, ending: string): () => Promise<number> {
  const loaded: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (new URL(request.url()).pathname.endsWith(ending))
      loaded.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  return async () => (await Promise.all(loaded)).reduce((sum, bytes) => sum + bytes, 0);
}

/** Script of a page that has been asked for another period, in bytes: React and the charts are two thirds of it. */
const AWAKE = 156_300;
/** An agent’s page also counts what it shows of single calls. */
const AWAKE_WITH_CALLS = 159_500;

test('the overview loads little script before it is asked for a period, and at most 153 KB in all', async ({
  page,
}) => {
  const script = weigh(page, '.js');
  await page.goto(site.url, { waitUntil: 'networkidle' });
  expect(await script()).toBeGreaterThan(0);
  // Who may see the page, whether this browser can run the rest, links that keep a period, and what fetches the rest, hints too, when it is asked for.
  expect(await script()).toBeLessThan(ASLEEP);
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('button', { name: /^Last 7 days/ }).click();
  await expect(page.locator('.context')).toContainText('7 days');
  expect(await script()).toBeGreaterThan(ASLEEP);
  expect(await script()).toBeLessThanOrEqual(AWAKE);
});

for (const { of, most, isIt } of [
  { of: 'QA', most: AWAKE, isIt: /^\/qa\/$/ },
  { of: 'an agent’s page', most: AWAKE_WITH_CALLS, isIt: /^\/agents\/[^/]+\/$/ },
])
  test(`${of} loads at most ${most} bytes of script for another period`, async ({ page }) => {
    const script = weigh(page, '.js');
    const path = site.paths.find((each) => isIt.test(each));
    await page.goto(`${site.url}${path}?from=2026-11-14&to=2026-11-20`, { waitUntil: 'networkidle' });
    await expect(page.locator('.context')).toContainText('7 days');
    expect(await script()).toBeGreaterThan(ASLEEP);
    expect(await script()).toBeLessThanOrEqual(most);
  });

test('the list of calls loads at most 110 KB of script', async ({ page }) => {
  const script = weigh(page, '.js');
  await page.goto(`${site.url}/calls/?qa=failed`, { waitUntil: 'networkidle' });
  await expect(page.getByRole('table').first()).toBeVisible();
  expect(await script()).toBeGreaterThan(ASLEEP);
  expect(await script()).toBeLessThanOrEqual(110 * 1024);
});

test('a page without charts loads no charts for another period, and the agents page little script before it is used', async ({
  page,
}) => {
  const script = weigh(page, '.js');
  await page.goto(`${site.url}/agents/`, { waitUntil: 'networkidle' });
  expect(await script()).toBeGreaterThan(0);
  expect(await script()).toBeLessThan(ASLEEP + 2500);
  for (const path of ['/agents/', '/topics/']) {
    await page.goto(`${site.url}${path}?from=2026-11-14&to=2026-11-20`, { waitUntil: 'networkidle' });
    await expect(page.locator('.context')).toContainText('7 days');
  }
  // React is more than half of it; charts alone would be 59 KB more.
  expect(await script()).toBeLessThanOrEqual(105 * 1024);
});

test('a call’s page loads at most 10 KB of script', async ({ page }) => {
  const script = weigh(page, '.js');
  await page.goto(`${site.url}${site.callPath}`, { waitUntil: 'networkidle' });
  await page.keyboard.press('f');
  expect(await script()).toBeGreaterThan(0);
  expect(await script()).toBeLessThanOrEqual(10 * 1024);
});

test('pages share one style sheet of at most 20 KB', async ({ page }) => {
  const sheets = weigh(page, '.css');
  const named = new Set<string>();
  for (const path of ['/', '/agents/', '/qa/', '/calls/', site.callPath, '/about/']) {
    await page.goto(`${site.url}${path}`);
    for (const href of await page
      .locator('link[rel=stylesheet][href^="/assets/"]')
      .evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href)))
      named.add(href);
  }
  expect(named.size).toBe(1);
  expect(await sheets()).toBeGreaterThan(0);
  expect(await sheets()).toBeLessThanOrEqual(20 * 1024);
});
