import { expect, type Locator, test } from '@playwright/test';
import { type DemoSite, serveDemo } from './demo.ts';

// What readers come for, in as many clicks as it takes them.

let site: DemoSite;

test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

/** Click one after the other. @returns how many clicks it was */
async function click(...targets: Locator[]): Promise<number> {
  for (const target of targets) await target.click();
  return targets.length;
}

test('which call to hear first, and why: no click', async ({ page }) => {
  await page.goto(`${site.url}/?from=2026-11-16&to=2026-11-16`);
  const first = page.getByRole('region', { name: 'Hear these first' }).locator('.attention > *').first();
  await expect(first).toBeInViewport();
  await expect(first.locator('.reasons')).toHaveText(/\w/);
});

test('which rule got worse last week, and who failed it most: three clicks', async ({ page }) => {
  await page.goto(site.url);
  const clicks = await click(
    page.getByRole('button', { name: /^Period/ }),
    page.getByRole('button', { name: /^Last week/ }),
    page.getByRole('link', { name: 'more on QA' }),
  );
  expect(clicks).toBe(3);
  await expect(page).toHaveURL(`${site.url}/qa/?from=2026-11-09&to=2026-11-15`);
  await expect(page.locator('.context')).toContainText('compared with 2 – 8 Nov');
  await expect(page.locator('.lead')).toContainText(/Failures rose most for .+: failed on \d+ of its \d+ calls/);
  await expect(page.getByRole('columnheader', { name: 'Most by' })).toBeVisible();
});

test('a one-to-one about last month, from an agent’s page: two clicks', async ({ page }) => {
  await page.goto(site.url + (site.paths.find((path) => /^\/agents\/[^/]+\/$/.test(path)) ?? ''));
  const clicks = await click(
    page.getByRole('button', { name: /^Period/ }),
    page.getByRole('button', { name: /^Last month/ }),
  );
  expect(clicks).toBe(2);
  await expect(page.locator('.context')).toContainText('1 – 31 Oct 2026');
  await expect(page.locator('#agreed')).toBeAttached();
  await expect(page.getByRole('button', { name: 'Print' })).toBeVisible();
});

test('a file of last week’s failed inbound calls: four clicks, and that for the file', async ({ page }) => {
  await page.goto(`${site.url}/calls/`);
  const value = (group: string, name: string) =>
    page.getByRole('group', { name: group, exact: true }).getByRole('checkbox', { name });
  const clicks = await click(
    page.getByRole('button', { name: /^Period/ }),
    page.getByRole('button', { name: /^Last week/ }),
    value('Direction', 'Inbound'),
    value('QA result', 'Fail'),
  );
  expect(clicks).toBe(4);
  await expect(page).toHaveURL(/\?from=2026-11-09&to=2026-11-15&direction=inbound&qa=failed$/);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^CSV of/ }).click(),
  ]);
  expect(file.suggestedFilename()).toContain('2026-11-09-2026-11-15-direction-inbound-qa-result-fail');
});

test('a call in which somebody complained, and where: four clicks from any page', async ({ page }) => {
  await page.goto(`${site.url}/qa/`);
  const table = page.getByRole('region', { name: /^What was said/ });
  const clicks = await click(
    page.getByRole('navigation').getByRole('link', { name: 'Topics' }),
    table
      .getByRole('row', { name: /^Complaint/ })
      .getByRole('link')
      .first(),
    page.locator('#explorer .calls-listed tbody th a').first(),
    page.getByRole('link', { name: /^Complaint, turn \d+$/ }),
  );
  expect(clicks).toBe(4);
  await expect(page.locator('.turn:target')).toContainText(/formal complaint|logging it as a complaint|ombudsman/i);
  await expect(page.locator('.turn:target')).toBeInViewport();
});

test('eleven calls one after the other: eleven clicks', async ({ page }) => {
  await page.goto(`${site.url}/calls/?from=2026-11-09&to=2026-11-20&qa=failed`);
  let clicks = await click(page.locator('#explorer .calls-listed tbody th a').first());
  for (let call = 1; call <= 11; call++) {
    await expect(page.getByText(new RegExp(`^${call} of \\d+$`))).toBeVisible();
    if (call < 11) clicks += await click(page.getByRole('link', { name: 'Next ›' }));
  }
  expect(clicks).toBe(11);
});
