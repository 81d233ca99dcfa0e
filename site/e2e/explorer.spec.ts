import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { HOSTILE, putHostile } from '../../generator/fixtures/hostile.ts';
import { CONFIG, memoryWorld, putCall, rule } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import type { Store } from '../../generator/store/store.ts';
import { serveSite } from './static.ts';

const ORG = 'org_plain';
/** Over two months, so that the list is made of two files. */
const CALLS = 60;

async function sites(): Promise<Store> {
  const world = memoryWorld({ renderer: await openRenderer() });
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify(CONFIG));
  for (let i = 0; i < CALLS; i++) {
    const day = `2026-0${i < 20 ? 2 : 3}-${String(1 + (i % 20)).padStart(2, '0')}`;
    const failed = i % 3 === 0;
    await putCall(world.results, ORG, {
      id: `c${i}`,
      call: {
        start_timestamp: `${day}T10:00:00Z`,
        to_number: `${i % 2 ? 'ann' : 'bob'}@agents.example`,
        overall_score: failed ? 40 : 90,
        grade: failed ? 'E' : 'A',
        summary: [`A call about ${i % 5 === 0 ? 'a lost parcel' : 'an invoice'}.`],
      },
      qa: [rule('Identity verified'), rule('Offers further help', failed ? { pass: false, score: 0 } : {})],
    });
  }
  await putHostile(world.results, world.config, 'org_hostile');
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  return world.reports;
}

let reports: Store;
test.beforeAll(async () => {
  reports = await sites();
});

/** What must never happen on a page; fills as it happens. */
function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
  page.on('pageerror', (error) => seen.push(error.message));
  return seen;
}
const heading = (page: Page) => page.getByRole('heading', { level: 2 }).first();

test('an address shows exactly the calls that it asks for, and back shows those before', async ({ page }) => {
  const site = await serveSite(reports, ORG);
  const seen = watch(page);
  await page.goto(`${site.url}/calls/?from=2026-03-01&to=2026-03-31&rule=offers+further+help&o=00000000`);
  await expect(heading(page)).toHaveText('13 calls');
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('2026-03-01');
  await page.getByLabel('Agent').selectOption({ label: 'ann@agents.example (7)' });
  await expect(heading(page)).toHaveText('7 calls');
  expect(page.url()).toContain('agent=ann%40agents.example');
  await page.getByRole('button', { name: /^Remove Rule failed/ }).focus();
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('20 calls');
  await page.goBack();
  await expect(heading(page)).toHaveText('7 calls');
  await page.goBack();
  await expect(heading(page)).toHaveText('13 calls');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(heading(page)).toHaveText(`${CALLS} calls`);
  expect(seen).toEqual([]);
  await site.close();
});

test('words are looked for in summaries, and a list of none says what to leave out', async ({ page }) => {
  const site = await serveSite(reports, ORG);
  await page.goto(`${site.url}/calls/`);
  await page.getByRole('button', { name: 'Filter, sort and save as CSV' }).click();
  await expect(heading(page)).toHaveText(`${CALLS} calls`);
  await page.getByRole('searchbox').fill('LOST parcel');
  await expect(heading(page)).toHaveText('12 calls');
  await page.getByLabel('Score from').fill('95');
  await expect(page.getByText('No call fits all 2 filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Without Score 95 or more' }).click();
  await expect(heading(page)).toHaveText('12 calls');
  await site.close();
});

test('what of an address is not understood is said', async ({ page }) => {
  const site = await serveSite(reports, ORG);
  await page.goto(`${site.url}/calls/?qa=maybe&grade=E`);
  await expect(heading(page)).toHaveText('20 calls');
  await expect(page.getByText('qa=maybe')).toBeVisible();
  await site.close();
});

test('the CSV holds the calls that are listed, in their order, each with its address', async ({ page }) => {
  const site = await serveSite(reports, ORG);
  await page.goto(`${site.url}/calls/?qa=failed&agent=bob%40agents.example`);
  await expect(heading(page)).toHaveText('10 calls');
  await page.getByRole('button', { name: 'Started' }).click();
  const links = await page
    .locator('tbody th a')
    .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV of these 10 calls' }).click(),
  ]);
  const rows = parse(await readFile(await download.path()), { bom: true, columns: true }) as {
    [name: string]: string;
  }[];
  expect(rows.map(({ Address }) => Address)).toEqual(links);
  expect(new Set(rows.map((row) => `${row.QA} ${row['Agent id']} ${row['Rules failed']}`))).toEqual(
    new Set(['Failed bob@agents.example Offers further help']),
  );
  await site.close();
});

test('hostile text is text in filters, chips and rows', async ({ page }) => {
  const site = await serveSite(reports, 'org_hostile');
  const seen = watch(page);
  const text = HOSTILE.find((each) => each.includes('<script')) ?? '';
  await page.goto(`${site.url}/calls/?agent=${encodeURIComponent(text)}&team=${encodeURIComponent(text)}`);
  await expect(page.getByText('No call fits all 2 filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.locator('tbody th a').first()).toBeVisible();
  expect(await page.locator('main script, iframe, [onerror], [onload]').count()).toBe(0);
  expect(seen).toEqual([]);
  await site.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the list with its filters has no fault that axe knows, ${colorScheme}`, async ({ browser }) => {
    const site = await serveSite(reports, ORG, { withPolicy: false });
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(`${site.url}/calls/?qa=failed`);
    await expect(heading(page)).toHaveText('20 calls');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await context.close();
    await site.close();
  });
}
