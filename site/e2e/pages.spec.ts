import { expect, test } from '@playwright/test';
import { HOSTILE, putHostile } from '../../generator/fixtures/hostile.ts';
import { CONFIG, memoryWorld, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import { serveDemo } from './demo.ts';
import { serveSite } from './static.ts';
import { watch } from './watch.ts';

/** Sites of two tenants: one ordinary, one with hostile text in every field. */
async function sites() {
  const world = memoryWorld({ renderer: await openRenderer() });
  await putHostile(world.results, world.config, 'org_hostile');
  await world.config.put('org_plain/report-config.json', JSON.stringify(CONFIG));
  for (const id of ['c1', 'c2']) await putCall(world.results, 'org_plain', { id });
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  return world.reports;
}

/** What no page has of itself; its own scripts are among the public assets. */
const NOT_OURS = 'script:not([src^="/assets/"]), iframe, object, embed, [onerror], [onload], main [style]';

test('nothing of hostile text runs without the policy either', async ({ page }) => {
  const site = await serveSite(await sites(), 'org_hostile', { withPolicy: false });
  const seen = await watch(page, site.url);
  const pages = site.paths.filter((path) => path.endsWith('/'));
  expect(pages.length).toBeGreaterThan(HOSTILE.length + 5);
  for (const path of pages) {
    await page.goto(`${site.url}${encodeURI(path)}`);
    await expect(page.locator('h1')).toHaveCount(1);
    expect(await page.locator(NOT_OURS).count(), path).toBe(0);
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

test('no page is wider than a phone, nor scrolls sideways on a desk', async ({ page }) => {
  for (const index of [0, 1]) {
    const site = await serveDemo(index);
    const first = (prefix: string) => site.paths.filter((path) => path.startsWith(prefix)).slice(1, 3);
    const paths = [
      '/',
      '/agents/',
      '/calls/',
      '/qa/',
      '/about/',
      '/404.html',
      ...first('/agents/'),
      ...first('/calls/'),
    ];
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await page.goto(`${site.url}${path}`);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(0);
      }
    }
    await site.close();
  }
});

test('a reader gets from the overview to a call and back by keyboard', async ({ page }) => {
  const site = await serveSite(await sites(), 'org_plain');
  const seen = await watch(page, site.url);
  await page.goto(site.url);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /skip/i })).toBeFocused();
  await page.getByRole('navigation').getByRole('link', { name: 'Calls' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/calls/i);
  await page.locator('#explorer a[href="/calls/c1/"]').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('my parcel has not come')).toBeVisible();
  expect(seen).toEqual([]);
  await site.close();
});
