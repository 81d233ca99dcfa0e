/** Agents side by side, and one agent's two periods: from the agents page and from an agent's own, by address, on paper and on a phone. */
import { expect, type Page, test } from '@playwright/test';
import { compareHref } from '../report/compare/address.ts';
import { faultsOf } from './axe.ts';
import { type DemoSite, serveDemo } from './demo.ts';
import { watch } from './watch.ts';

let site: DemoSite;
test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

const ids = (): string[] =>
  site.paths.flatMap((path) => decodeURIComponent(/^\/agents\/([^/]+)\/$/.exec(path)?.[1] ?? '') || []);
const compared = (page: Page) => page.locator('#range-status');
const heads = (page: Page) => page.locator('.compare').first().locator('thead th');
const cell = (page: Page, row: string, column: number) =>
  page.locator('.compare').first().locator('tr', { hasText: row }).locator('td').nth(column);
const rows = (page: Page) => page.locator('table[data-sortable] tbody').last().locator('tr');

test('agents who are ticked stand side by side, with the figures of the table that they were ticked in', async ({
  page,
}) => {
  const seen = await watch(page, site.url);
  await page.goto(`${site.url}/agents/`);
  const compare = page.getByRole('button', { name: 'Compare', exact: true });
  await expect(compare).toBeDisabled();
  const names: string[] = [];
  for (const at of [0, 2, 3, 5]) {
    names.push((await rows(page).nth(at).locator('th a').textContent()) ?? '');
    await rows(page).nth(at).getByRole('checkbox').check();
  }
  const calls = await rows(page).nth(2).locator('[data-figure=calls]').textContent();
  const passed = await rows(page).nth(2).locator('[data-figure="QA passed"]').textContent();
  // Four are the most, whatever order the table is in.
  await expect(rows(page).nth(1).getByRole('checkbox')).toBeDisabled();
  await page.getByRole('button', { name: 'Agent', exact: true }).click();
  await expect(rows(page).getByRole('checkbox', { checked: true })).toHaveCount(4);
  expect(await faultsOf(page)).toEqual([]);
  await compare.focus();
  await page.keyboard.press('Enter');
  await expect(heads(page).locator('a')).toHaveText(names);
  await expect(page).toHaveURL(/\/compare\/\?from=2026-10-24&to=2026-11-20(&agent=[^&]+){4}$/);
  await expect(cell(page, 'Calls', 1)).toHaveText(calls ?? '');
  await expect(cell(page, 'QA passed', 1).locator('a').first()).toHaveText(passed ?? '');
  expect(await faultsOf(page)).toEqual([]);

  // Its figures open their calls; the address has all of it.
  await cell(page, 'Calls', 1).locator('a').click();
  await expect(page.locator('#calls-count')).toHaveText(`${calls} calls`);
  await page.goBack();
  await expect(heads(page).locator('a')).toHaveText(names);
  await page.getByRole('button', { name: `Leave out ${names[0]}` }).click();
  await expect(heads(page).locator('a')).toHaveText(names.slice(1));
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ label: names[0] });
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(heads(page).locator('a')).toHaveText([...names.slice(1), names[0] ?? '']);
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('button', { name: /^Last 7 days/ }).click();
  await expect(page).toHaveURL(/from=2026-11-14&to=2026-11-20/);
  await expect(page.getByText('7 days; differences from')).toBeVisible();
  await page.reload();
  await expect(page.getByText('7 days; differences from')).toBeVisible();
  await page.goBack();
  await expect(page.getByText('28 days; differences from')).toBeVisible();
  expect(seen).toEqual([]);
});

test('an agent’s page leads to the agent’s two periods, which fit on one sheet of paper and on a phone', async ({
  page,
}) => {
  const seen = await watch(page, site.url);
  const [id = ''] = ids();
  await page.goto(`${site.url}/agents/${encodeURIComponent(id)}/`);
  const name = (await page.locator('h1').textContent()) ?? '';
  const calls = await page.locator('[data-figure="Calls"]').textContent();
  await page.getByRole('link', { name: 'the period before' }).click();
  await expect(heads(page)).toHaveText(['Figure', '24 Oct – 20 Nov 2026', '26 Sep – 23 Oct 2026', 'Change']);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await expect(cell(page, 'Calls', 0)).toHaveText(calls ?? '');
  await expect(page).toHaveURL(/&against=2026-09-26\.\.2026-10-23$/);
  // What stands at the foot of each printed sheet, as a string of CSS: anything else would not be printed.
  const foot = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--sheet-foot'));
  expect(foot).toMatch(
    new RegExp(`^"Compare · ${name} · 24 Oct – 20 Nov 2026 and 26 Sep – 23 Oct 2026 · [^"]+ · confidential"$`),
  );
  expect(await faultsOf(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await faultsOf(page)).toEqual([]);
  const sheets = async () =>
    (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  expect(await sheets()).toHaveLength(1);
  await page.goto(`${site.url}${compareHref({ agents: ids().slice(0, 4) })}`);
  await expect(compared(page)).toHaveText(/^Compared/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await sheets()).toHaveLength(1);
  expect(seen).toEqual([]);
});

test('whatever an address names there are words, and a way on', async ({ page, browser }) => {
  const seen = await watch(page, site.url);
  const agents = ids();
  const few = page.locator('.compare-few');
  await page.goto(`${site.url}/compare/`);
  await expect(few).toContainText('Choose two to four agents');
  await page.goto(`${site.url}${compareHref({ agents: ['nobody'] })}`);
  await expect(page.getByRole('alert')).toHaveText('No agent is called “nobody”.');
  await page.goto(`${site.url}${compareHref({ agents: agents.slice(0, 1) })}`);
  await expect(few).toContainText('One agent alone is compared with nobody');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: /or with the period before/ }).click();
  await expect(compared(page)).toHaveText('Compared: 24 Oct – 20 Nov 2026 and 26 Sep – 23 Oct 2026.');
  await page.goto(`${site.url}${compareHref({ agents: agents.slice(0, 5) })}`);
  await expect(page.getByRole('alert')).toContainText('At most 4 agents can be compared');
  await expect(heads(page)).toHaveCount(6);
  await page.goto(
    `${site.url}${compareHref({ agents: agents.slice(0, 2), period: { from: '1999-01-01', to: '1999-01-02' } })}`,
  );
  await expect(page.getByRole('alert')).toContainText('There are no calls on the days in this address.');
  expect(seen).toEqual([]);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`${site.url}/compare/`);
  await expect(plain.getByText('The browser compares agents here')).toBeVisible();
  await plain.getByRole('link', { name: 'agents page' }).click();
  await expect(plain).toHaveURL(`${site.url}/agents/`);
  await expect(plain.getByRole('checkbox')).toHaveCount(0);
  await context.close();
});
