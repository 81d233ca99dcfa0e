import { expect, type Page, test } from '@playwright/test';
import { HOSTILE, putHostile } from '../../generator/fixtures/hostile.ts';
import { CONFIG, memoryWorld, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import { serveSite } from './static.ts';

/** Sites of two tenants: one ordinary, one with hostile text in every field. */
async function sites() {
  const world = memoryWorld({ renderer: await openRenderer() });
  await putHostile(world.results, world.config, 'org_hostile');
  await world.config.put('org_plain/report-config.json', JSON.stringify(CONFIG));
  for (const id of ['c1', 'c2']) await putCall(world.results, 'org_plain', { id });
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  return world.reports;
}

/** What must never happen on a page; fills as it happens. */
function watch(page: Page, origin: string): string[] {
  const seen: string[] = [];
  page.on('dialog', async (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('console', (message) => message.type() === 'error' && seen.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) seen.push(`request: ${request.url()}`);
  });
  return seen;
}

for (const withPolicy of [true, false]) {
  test(`nothing of hostile text runs, ${withPolicy ? 'under the policy' : 'and not for the policy alone'}`, async ({
    page,
  }) => {
    const site = await serveSite(await sites(), 'org_hostile', { withPolicy });
    const seen = watch(page, site.url);
    const pages = site.paths.filter((path) => path.endsWith('/'));
    expect(pages.length).toBeGreaterThan(HOSTILE.length + 5);
    for (const path of pages) {
      await page.goto(`${site.url}${encodeURI(path)}`);
      await expect(page.locator('h1')).toHaveCount(1);
      expect(await page.locator('script, iframe, object, embed, [onerror], [onload], [style]').count(), path).toBe(0);
    }
    for (const [i, text] of HOSTILE.entries()) {
      await page.goto(`${site.url}/calls/h${i}/`);
      const shown = (await page.locator('#t-1').textContent()) ?? '';
      // The parser shows a NUL as the replacement character, or not at all.
      const visible = text.replace('\u0000', '').trim();
      expect(shown.replaceAll('\ufffd', ''), text).toContain(visible);
    }
    expect(seen).toEqual([]);
    await site.close();
  });
}

test('a reader gets from the overview to a call and back by keyboard', async ({ page }) => {
  const site = await serveSite(await sites(), 'org_plain');
  const seen = watch(page, site.url);
  await page.goto(site.url);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /skip/i })).toBeFocused();
  await page.getByRole('navigation').getByRole('link', { name: 'Calls' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/calls/i);
  await page.locator('a[href="/calls/c1/"]').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('my parcel has not come')).toBeVisible();
  expect(seen).toEqual([]);
  await site.close();
});
