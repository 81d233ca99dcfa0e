/** A page never shows less than what was published, whatever fails in the browser. */
import { expect, type Page, test } from '@playwright/test';
import { CONFIG, memoryWorld, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import { serveSite } from './static.ts';

let site: Awaited<ReturnType<typeof serveSite>>;
test.beforeAll(async () => {
  const world = memoryWorld({ renderer: await openRenderer() });
  await world.config.put('org_1/report-config.json', JSON.stringify(CONFIG));
  // Two days, so that the last one is another period than all.
  for (const [id, day] of [
    ['one', '20'],
    ['two', '30'],
  ])
    await putCall(world.results, 'org_1', {
      id: id as string,
      call: { start_timestamp: `2026-03-${day}T09:00:00Z`, end_timestamp: `2026-03-${day}T09:04:00Z` },
    });
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  site = await serveSite(world.reports, 'org_1');
});
test.afterAll(() => site.close());

/** From now on none of these can be drawn. */
const breakElements = (page: Page, ...names: string[]) =>
  page.evaluate((broken) => {
    const { createElement } = document;
    document.createElement = function create(this: Document, ...of: Parameters<typeof createElement>) {
      if (broken.includes(of[0])) throw new RangeError('date value is not finite');
      return createElement.apply(this, of);
    } as typeof createElement;
  }, names);

/** From now on no period can be written that has not been. */
const breakDates = (page: Page) =>
  page.evaluate(() => {
    Intl.DateTimeFormat.prototype.formatRangeToParts = () => {
      throw new RangeError('date value is not finite');
    };
  });

test('figures that cannot be drawn leave those that are there, with their period, and it is said what failed', async ({
  page,
}) => {
  await page.goto(`${site.url}/`);
  const figures = await page.locator('#figures').textContent();
  await page.getByRole('button', { name: /^Period/ }).click();
  const lastDay = page.getByRole('button', { name: /^Last day/ });
  await expect(lastDay).toBeVisible();
  await breakElements(page, 'table', 'dl');
  await lastDay.click();
  await expect(page.locator('#range-status')).toContainText('could not be drawn: date value is not finite');
  await expect(page.locator('#range-status')).not.toHaveClass(/visually-hidden/);
  expect(await page.locator('#figures').textContent()).toBe(figures);
  await expect(page.getByRole('button', { name: /^Period/ })).toContainText('20 – 30 Mar');
});

test('a period that cannot be chosen any more stays there in words', async ({ page }) => {
  await page.goto(`${site.url}/`);
  const period = await page.locator('#range').textContent();
  await breakDates(page);
  await page.getByRole('button', { name: /^Period/ }).click();
  await expect(page.locator('#range-status')).toContainText('date value is not finite');
  expect(await page.locator('#range').textContent()).toBe(period);
});

test('a list that cannot be filtered is the list as it was published', async ({ page }) => {
  // No call has so low a score: rows are first drawn without that filter. With all files that the list is drawn from: else it fails by
  // itself, and what is to be removed is there no more.
  await page.goto(`${site.url}/calls/?score=-50`, { waitUntil: 'networkidle' });
  const remove = page.getByRole('button', { name: /^Remove/ }).first();
  // The count is there before the list is.
  await expect(remove).toBeVisible();
  await breakElements(page, 'td');
  await remove.click();
  await expect(page.getByRole('alert')).toContainText('could not be filtered: date value is not finite');
  await expect(page.getByRole('alert')).toContainText('not those that the address asks for');
  await expect(page.locator('#calls-static tbody a').first()).toBeVisible();
});

test('a browser that is too old keeps the page as it was published, and says so', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  // @ts-expect-error: as it was before 2023
  await page.addInitScript(() => delete Array.prototype.toSorted);
  for (const path of ['/calls/?agent=x', '/?from=2026-03-30&to=2026-03-30', '/calls/one/']) {
    await page.goto(`${site.url}${path}`, { waitUntil: 'networkidle' });
    await expect(page.locator('.older-note')).toContainText('Safari 16.4');
    await expect(page.locator('#search')).toBeHidden();
  }
  await page.goto(`${site.url}/calls/?agent=x`);
  await expect(page.locator('#calls-static tbody a').first()).toBeVisible();
  expect(errors).toEqual([]);
});
