/** A sample of calls to judge a rule by: from the QA page to a sheet, a file, and back to what the report says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { evaluate } from '../../generator/commands/evaluate/evaluate.ts';
import { publishedCalls } from '../../generator/fixtures/world.ts';
import { faultsOf } from './axe.ts';
import { type DemoSite, serveDemo } from './demo.ts';
import { watch } from './watch.ts';

let site: DemoSite;
test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

const sheet = (page: Page) => page.locator('.sheet tbody tr');
const callsOf = (page: Page) =>
  page.locator('.sheet tbody th a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));

test('a rule leads from the QA page to the same sample for everybody, which says nothing of the verdicts', async ({
  page,
}) => {
  const seen = await watch(page, site.url);
  await page.goto(`${site.url}/qa/`);
  await page
    .getByRole('link', { name: /^calibrate / })
    .first()
    .click();
  await expect(sheet(page).first()).toBeVisible();
  await expect(page).toHaveURL(/\/calibration\/\?from=2026-10-24&to=2026-11-20&rule=.+$/);
  const address = page.url();
  const rule = new URL(address).searchParams.get('rule') ?? '';
  const hrefs = await callsOf(page);
  expect(hrefs.length).toBeGreaterThan(5);
  expect(hrefs.length).toBeLessThanOrEqual(10);
  await expect(page.locator('#calibration .shape')).toHaveCount(0);
  expect(await faultsOf(page)).toEqual([]);

  // The file that it gives, filled in with what the report says, agrees with the report.
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV to fill in' }).click(),
  ]);
  const rows = parse(await readFile(await file.path()), { bom: true, columns: true }) as { [name: string]: string }[];
  expect(rows.map(({ call, pass }) => [`${site.url}/calls/${call}/`, pass])).toEqual(
    hrefs.map((href) => [new URL(href).origin + new URL(href).pathname, '']),
  );
  const days = ['2026-10', '2026-11'].flatMap((month) =>
    Array.from({ length: 31 }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`),
  );
  const known = new Map(
    (await Promise.all(days.map((day) => publishedCalls(site.reports, site.org, day))))
      .flat()
      .map((call) => [call.id, call]),
  );
  const verdicts = rows.map(({ call = '' }) => known.get(call)?.rules[rule]);
  expect(new Set(verdicts)).toEqual(new Set([true, false]));
  const folder = mkdtempSync(join(tmpdir(), 'cci-calibration-'));
  const labels = join(folder, 'labels.csv');
  writeFileSync(
    labels,
    `call,rule,pass\n${rows.map(({ call, rule: name }, i) => `${call},${name},${verdicts[i] ? 'yes' : 'no'}`).join('\n')}\n`,
  );
  const { json, failed } = await evaluate({ reports: site.reports.url, org: [site.org], labels });
  rmSync(folder, { recursive: true });
  expect(failed).toBe(false);
  expect(json).toMatchObject({ overall: { n: rows.length, share: 1, kappa: 1 }, rules: [{ rule }] });

  // Through the sample by keys, without the report's results, until somebody wants to see them.
  await page.locator('.sheet tbody th a').first().click();
  await page.waitForURL(hrefs[0] ?? '');
  await expect(page.locator('.list-steps [role=status]')).toHaveText(`1 of ${hrefs.length}`);
  for (const results of ['.verdict', '.rail']) await expect(page.locator(results)).toBeHidden();
  expect(await page.locator('.turn .margin:visible').count()).toBe(0);
  await page.getByRole('button', { name: 'Show the report’s results' }).click();
  for (const results of ['.verdict', '.rail']) await expect(page.locator(results)).toBeVisible();
  await page.keyboard.press('n');
  await page.waitForURL(hrefs[1] ?? '');
  await expect(page.locator('.rail')).toBeHidden();
  await page.locator('.list-steps [role=status] a').click();
  await expect(page).toHaveURL(address);
  await expect(sheet(page).first()).toBeVisible();
  expect(await callsOf(page)).toEqual(hrefs);
  expect(seen).toEqual([]);
});

test('without a rule, or with one that nobody knows, every rule can be chosen; days without a check say so', async ({
  page,
}) => {
  await page.goto(`${site.url}/calibration/?rule=nothing&from=2026-11-01&to=2026-11-20`);
  await expect(page.getByRole('alert')).toHaveText('No rule is called “nothing”.');
  await page.locator('.rule-choice a').first().click();
  await expect(page).toHaveURL(/from=2026-11-01&to=2026-11-20&rule=/);
  await expect(sheet(page).first()).toBeVisible();
  const rule = new URL(page.url()).searchParams.get('rule') ?? '';
  await page.goto(`${site.url}/calibration/?${new URLSearchParams({ rule, from: '1999-01-01', to: '1999-01-01' })}`);
  await expect(page.locator('#calibration')).toContainText('No call of these days was checked on this rule.');
  await page.goto(`${site.url}/calibration/`);
  await expect(page.locator('.rule-choice a').first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${site.url}/calibration/?${new URLSearchParams({ rule })}`);
  await expect(sheet(page).first()).toBeVisible();
  await expect(page.locator('.sheet .box i').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
});
