import { expect, test } from '@playwright/test';
import { faultsOf } from './axe.ts';
import { type DemoSite, serveDemo } from './demo.ts';
import { watch } from './watch.ts';

let site: DemoSite;

test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

test('a team stays from page to page and in the address, until everybody is shown again', async ({ page }) => {
  const seen = await watch(page, site.url);
  const calls = page.locator('[data-figure="Calls"]');
  await page.goto(site.url);
  const everybody = (await calls.textContent()) ?? '';
  await page.goto(`${site.url}/?team=South`);
  const only = page.getByText('only calls of this team’s agents');
  await expect(only).toBeVisible();
  await expect(calls).not.toHaveText(everybody);
  const ofSouth = (await calls.textContent()) ?? '';
  expect(Number(ofSouth)).toBeLessThan(Number(everybody));
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('button', { name: /^Period/ }).click();
  await expect(page.getByRole('button', { name: /^Last 28 days/ })).toContainText(ofSouth);
  await page.keyboard.press('Escape');
  // The demo's last day has no call of this team: neither the sentence nor the list speaks of that day alone.
  await expect(page.locator('.lead')).toContainText('evaluated calls passed');
  await expect(page.getByRole('region', { name: 'Hear these first' })).toContainText('No calls on Fri 20 Nov.');
  await page
    .getByRole('region', { name: 'What calls are about' })
    .getByRole('link', { name: /^all .*topics$/ })
    .click();
  await expect(page).toHaveURL(/\/topics\/\?team=South$/);
  await expect(only).toBeVisible();
  await expect(page.getByRole('region', { name: 'What calls are about' })).toContainText(` of ${ofSouth} calls`);
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'QA' }).click();
  await expect(page).toHaveURL(/\/qa\/\?team=South$/);
  await expect(only).toBeVisible();
  const agents = page.locator('.heat tbody th[scope="row"]');
  await expect(agents.filter({ hasText: 'North' })).toHaveCount(0);
  await page.reload();
  await expect(only).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(calls).toHaveText(ofSouth);
  await page.getByRole('link', { name: 'show everyone' }).click();
  await expect(page).toHaveURL(`${site.url}/`);
  await expect(calls).toHaveText(everybody);
  expect(seen).toEqual([]);
});

test('a team has a page, which breaks no rule of accessibility and is found from that of its agents', async ({
  page,
}) => {
  const seen = await watch(page, site.url);
  await page.goto(`${site.url}/agents/`);
  await page.locator('tbody.of-teams').getByRole('link', { name: 'South', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Team South');
  expect(await faultsOf(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(seen).toEqual([]);
});
