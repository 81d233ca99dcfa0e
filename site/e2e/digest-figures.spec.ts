import { expect, test } from '@playwright/test';
import { composeDigest } from '../../generator/digest/content/compose.ts';
import { loadDay } from '../../generator/digest/load.ts';
import type { Scope } from '../../generator/digest/recipients/scope.ts';
import { readConfig } from '../../generator/source/read-config.ts';
import { type DemoSite, serveDemo } from './demo.ts';

const DAY = '2026-11-20';

let site: DemoSite;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

async function digestOf(scope: Scope) {
  const config = await readConfig(site.config, site.org, false);
  const day = await loadDay(site.reports, site.org, config, undefined, DAY);
  const recipient = { scope, member: true };
  return composeDigest({ org: site.org, date: DAY, recipient, siteUrl: site.url, ...day });
}

test('a digest says the figures that the overview and the QA page show for its day', async ({ page }) => {
  const { figures, rules, leadText } = await digestOf('all');
  await page.goto(`${site.url}/?from=${DAY}&to=${DAY}`);
  const shown = (name: string) =>
    page.locator(`#figures .figure a:is([data-figure="${name}"], [data-figure="${name}, of few"])`);
  const compared = figures.filter(({ name }) => name !== 'Inbound : outbound');
  expect(compared.length).toBe(5);
  for (const { name, value } of compared) await expect(shown(name).first(), name).toHaveText(value);
  await expect(page.locator('.lead')).toHaveText(leadText);
  await page.goto(`${site.url}/qa/?from=${DAY}&to=${DAY}`);
  expect(rules.length).toBeGreaterThan(0);
  for (const { name, failed } of rules) {
    const row = page.getByRole('region', { name: 'Rules, worst first' }).getByRole('row', { name });
    await expect(row.locator('[data-figure="rule failed"]').first(), name).toHaveText(failed);
  }
});

for (const scope of ['all', { team: 'North' }] as const)
  test(`each count in a digest of ${JSON.stringify(scope)} opens a list of so many calls`, async ({ page }) => {
    const view = await digestOf(scope);
    const counted = [
      ...view.figures.filter(({ name }) => name === 'Calls').map(({ value, href }) => ({ value, href })),
      ...view.rules.map(({ failed, href }) => ({ value: failed, href })),
      ...view.critical.map(({ failed, href }) => ({ value: failed, href })),
      ...view.coach.map(({ failed, href }) => ({ value: failed, href })),
    ];
    expect(counted.length).toBeGreaterThan(3);
    for (const { value, href } of counted) {
      await page.goto(href ?? '');
      await expect(page.locator('#calls-count'), href ?? '').toHaveText(
        new RegExp(`^${Number.parseInt(value, 10)} calls?$`),
      );
    }
    for (const { href, name } of view.calls.slice(0, 2)) {
      await page.goto(href ?? '');
      await expect(page.locator('.call-line'), name).toContainText(name.split(', ').at(-1) ?? '');
    }
  });
