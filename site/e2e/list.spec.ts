/** A call that was opened from a list: which one of it this is, and the way through it. */
import { expect, type Page, test } from '@playwright/test';
import { type DemoSite, serveDemo } from './demo.ts';
import { watch } from './watch.ts';

let site: DemoSite;
test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

const place = (page: Page) => page.locator('.list-steps [role=status]');
const links = (page: Page, list: string) =>
  page.locator(list).evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
/** Paths of the calls that the explorer lists, with the list in each address. */
async function listed(page: Page, query: string): Promise<string[]> {
  await page.goto(`${site.url}/calls/${query}`);
  await expect(page.locator('h2#calls-count:visible')).toHaveText(/^[\d,]+ calls?$/);
  await expect(page.locator('#explorer .calls-listed tbody th a').first()).toBeVisible();
  return links(page, '#explorer .calls-listed tbody th a');
}

/** From the first call to the last by one key, then back by another. @param hrefs the list that it has to be */
async function walk(page: Page, hrefs: readonly string[], [go, back]: [string, string]): Promise<void> {
  for (const [i, href] of hrefs.entries()) {
    await page.waitForURL(href);
    await expect(place(page)).toHaveText(`${i + 1} of ${hrefs.length}`);
    await expect(page.locator('.list-steps a[rel=prev]')).toHaveCount(i === 0 ? 0 : 1);
    await expect(page.locator('.list-steps a[rel=next]')).toHaveCount(i === hrefs.length - 1 ? 0 : 1);
    if (i < hrefs.length - 1) await page.keyboard.press(go);
  }
  await page.keyboard.press(back);
  await page.waitForURL(hrefs.at(-2) ?? '');
}

test('whoever opens a call from a filter goes through the list in its order by keys, and back to it', async ({
  page,
}) => {
  const seen = await watch(page, site.url);
  const query = '?from=2026-11-09&to=2026-11-20&qa=failed&sort=score';
  const hrefs = await listed(page, query);
  expect(hrefs.length).toBeGreaterThan(5);
  expect(hrefs.length).toBeLessThan(30);
  expect(new Set(hrefs.map((href) => new URL(href).search))).toEqual(new Set([query]));
  await page.locator('#explorer .calls-listed tbody th a').first().click();
  await walk(page, hrefs, ['n', 'p']);
  await page.goBack();
  await expect(page).toHaveURL(`${site.url}/calls/${query}`);
  // A pasted address says the same, and its number leads to the list.
  await page.goto(hrefs[2] ?? '');
  await place(page)
    .getByRole('link', { name: /back to the list$/ })
    .click();
  await expect(page).toHaveURL(`${site.url}/calls/${query}`);
  expect(seen).toEqual([]);
});

test('the list is the explorer’s also by words, by agent and without a day', async ({ page }) => {
  const { reports: _, ...known } = site;
  const [word = ''] =
    /\b[a-z]{6,}\b/.exec(
      (await (await page.request.get(`${known.url}/data/words/2026-11.json`)).text()).split('summaries')[1] ?? '',
    ) ?? [];
  for (const query of [
    `?from=2026-11-01&to=2026-11-20&text=${word}&sort=agent`,
    '?undated=1',
    '?from=2026-11-01&to=2026-11-20&sentiment=negative&sort=-length',
  ]) {
    const hrefs = await listed(page, query);
    const last = hrefs.at(-1) ?? '';
    await page.goto(last);
    await expect(place(page), query).toHaveText(`${hrefs.length} of ${hrefs.length}`);
    if (hrefs.length > 1) await page.keyboard.press('[');
    if (hrefs.length > 1) await page.waitForURL(hrefs.at(-2) ?? '');
  }
});

test('“Hear these first” goes on through all that need attention, as ranked', async ({ page }) => {
  await page.goto(`${site.url}/?from=2026-11-16&to=2026-11-16`);
  const section = page.getByRole('region', { name: 'Hear these first' });
  await expect(section.locator('.who a').first()).toHaveAttribute('href', /\?hear=2026-11-16$/);
  const all = Number.parseInt((await section.getByRole('link', { name: /needs? attention$/ }).textContent()) ?? '', 10);
  const shown = await links(page, '.attention .who a');
  expect(shown.length).toBeGreaterThan(1);
  expect(shown.every((href) => href.endsWith('?hear=2026-11-16'))).toBe(true);
  await section.locator('.who a').first().click();
  for (const [i, href] of shown.entries()) {
    await page.waitForURL(href);
    await expect(place(page)).toHaveText(`${i + 1} of ${all}`);
    if (i < shown.length - 1) await page.getByRole('link', { name: 'Next ›' }).click();
  }
  // The whole list is in the same order.
  await place(page).getByRole('link').click();
  await expect(page.locator('h2#calls-count:visible')).toHaveText(`${all} calls`);
  const paths = (hrefs: readonly string[]) => hrefs.map((href) => new URL(href).pathname);
  const ranked = await links(page, '#explorer .calls-listed tbody th a');
  expect(paths(ranked).slice(0, shown.length)).toEqual(paths(shown));
});

test('an agent’s calls go on through the lists that they are in', async ({ page }) => {
  await page.goto(`${site.url}${site.paths.find((path) => /^\/agents\/[^/]+\/$/.test(path)) ?? ''}`);
  for (const [list, name] of [
    ['.attention .who a', 'Needs attention'],
    ['.agent-calls tbody th a', 'Calls'],
  ] as const) {
    const shown = await links(page, list);
    const all = /\d+/.exec(
      (await page
        .getByRole('region', { name, exact: true })
        .getByRole('link', { name: /^list all/ })
        .textContent()) ?? '',
    )?.[0];
    expect(shown.length, name).toBeGreaterThan(1);
    await page.locator(list).first().click();
    await expect(place(page), name).toHaveText(`1 of ${all}`);
    await page.keyboard.press('n');
    await page.waitForURL(shown[1] ?? '');
    await page.goBack();
    await expect(page).toHaveURL(/\/agents\//);
  }
});

test('a call that its list no longer has says so, and leads to the list and its first call', async ({ page }) => {
  const hrefs = await listed(page, '?from=2026-11-09&to=2026-11-20&qa=failed');
  const { search } = new URL(hrefs[0] ?? '');
  const other = site.paths.find(
    (path) => path.startsWith('/calls/') && path.length > 8 && !hrefs.some((href) => new URL(href).pathname === path),
  );
  await page.goto(`${site.url}${other}${search}`);
  await expect(place(page)).toHaveText(`This call is no longer in its list of ${hrefs.length} calls`);
  await page.keyboard.press('n');
  await page.waitForURL(hrefs[0] ?? '');
  await page.goto(`${site.url}${other}?from=1999-01-01&to=1999-01-01`);
  await expect(place(page)).toHaveText('This call is no longer in its list of 0 calls');
  await page.goto(`${site.url}${other}?qa=maybe`);
  await expect(place(page)).toContainText('Unknown filters are ignored: qa=maybe.');
});

test('without a list a call keeps its agent’s calls and loads nothing of one; with one that fails it says so', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const own = page.locator('.steps > a[rel]');
  for (const query of ['', '?o=12345678']) {
    await page.goto(`${site.url}${site.callPath}${query}`);
    await expect(own.first()).toBeVisible();
  }
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(asked.filter((path) => /show-list|data\/(calls|site)/.test(path))).toEqual([]);
  await page.route('**/data/site.json*', (route) => route.abort());
  const script = page.waitForEvent('requestfinished', (request) => request.url().includes('/show-list'));
  await page.goto(`${site.url}${site.callPath}?qa=failed`);
  const { responseBodySize } = await (await script).sizes();
  expect(responseBodySize).toBeGreaterThan(0);
  expect(responseBodySize).toBeLessThanOrEqual(6 * 1024);
  await expect(place(page)).toHaveText(/^The figures could not be loaded/);
  await expect(own.first()).toBeVisible();
});
