import { readFileSync } from 'node:fs';
import { chromium, expect, type Page, test } from '@playwright/test';
import { isLong } from '../../generator/fixtures/long.ts';
import { launchOptions } from '../../scripts/browser.ts';
import { faultsOf } from './axe.ts';
import { type DemoSite, serveDemo } from './demo.ts';

let site: DemoSite;

test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

/** What must never happen; fills as it happens. */
function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
  page.on('pageerror', (error) => seen.push(error.message));
  return seen;
}

/** The page of an agent with calls in each period of these tests. */
const agentPath = (): string => site.paths.find((path) => /^\/agents\/[^/]+\/$/.test(path)) ?? '';
const period = (page: Page) => page.getByRole('button', { name: /^Period/ });
const figure = (page: Page, name: string) => page.locator('.figure', { hasText: name }).locator('.figure-value');
const calls = (page: Page) => page.locator('[data-figure="Calls"]');

test('a period is chosen by keyboard, stands in the address, and goes back', async ({ page }) => {
  const seen = watch(page);
  await page.goto(site.url);
  const before = await calls(page).textContent();
  await expect(period(page)).toHaveText(/Last 28 days\s*24 Oct – 20 Nov 2026/);
  await period(page).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Choose a period' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Last 28 days/ })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  const week = dialog.getByRole('button', { name: /^Last 7 days/ });
  await expect(week).toBeFocused();
  const counted = /(\d+) calls?$/.exec((await week.textContent()) ?? '')?.[1];
  await page.keyboard.press('Enter');
  await expect(period(page)).toHaveText(/Last 7 days/);
  await expect(period(page)).toBeFocused();
  await expect(calls(page)).toHaveText(counted ?? '');
  await expect(page).toHaveURL(/\?from=2026-11-14&to=2026-11-20$/);
  await expect(page.getByText('compared with 7 – 13 Nov')).toBeVisible();
  await expect(page.locator('#range-status')).toHaveText(`Figures of 14 – 20 Nov 2026: ${counted} calls.`);
  await page.goBack();
  await expect(calls(page)).toHaveText(before ?? '');
  await expect(period(page)).toHaveText(/Last 28 days/);
  await page.goForward();
  await expect(calls(page)).toHaveText(counted ?? '');
  expect(seen).toEqual([]);
});

test('days are chosen in the calendar by arrows, and Escape leaves it', async ({ page }) => {
  const seen = watch(page);
  await page.goto(`${site.url}/qa/`);
  await period(page).click();
  const dialog = page.getByRole('dialog');
  const day = (name: string) => dialog.getByRole('grid').getByRole('button', { name });
  await day('Fri 20 Nov 2026').focus();
  await page.keyboard.press('ArrowUp');
  await expect(day('Fri 13 Nov 2026')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(day('Mon 9 Nov 2026')).toBeFocused();
  await page.keyboard.press('PageUp');
  await expect(day('Fri 9 Oct 2026')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Show 2 days' })).toBeEnabled();
  await expect(dialog.getByText('Compared with 2 – 3 Oct, underlined')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(period(page)).toBeFocused();
  await expect(period(page)).toHaveText(/Last 28 days/);
  expect(seen).toEqual([]);
});

test('days are typed, and what cannot be is not offered', async ({ page }) => {
  await page.goto(`${site.url}/agents/`);
  await period(page).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('From').fill('2026-11-02');
  await dialog.getByLabel('to', { exact: true }).fill('2026-11-01');
  await expect(dialog.getByRole('button', { name: 'Show', exact: true })).toBeDisabled();
  await dialog.getByLabel('to', { exact: true }).fill('2026-11-08');
  await dialog.getByRole('button', { name: 'Show 7 days' }).press('Enter');
  await expect(page).toHaveURL(/\?from=2026-11-02&to=2026-11-08$/);
  await expect(page.getByText('compared with 26 Oct – 1 Nov')).toBeVisible();
});

test('an address with a period shows it, and one without calls says so', async ({ page }) => {
  const seen = watch(page);
  await page.goto(`${site.url}/?from=2026-10-01&to=2026-10-31`);
  await expect(page.locator('.context')).toContainText('1 – 31 Oct 2026, 31 days');
  await expect(period(page)).toHaveText(/Last month/);
  await expect(page.locator('svg.plot').first()).toBeAttached();
  await page.goto(`${site.url}/qa/?from=2031-01-01&to=2031-01-31`);
  await expect(page.getByRole('status').filter({ hasText: 'no calls on the days in this address' })).toBeVisible();
  await expect(page.locator('.context')).toContainText('24 Oct – 20 Nov 2026');
  expect(seen).toEqual([]);
});

test('the browser draws the markup that the generator wrote', async ({ page }) => {
  const markup = () =>
    page.evaluate(() => {
      const copy = document.querySelector('#figures')?.cloneNode(true) as HTMLElement;
      // A browser and the generator draw half a pixel apart.
      for (const chart of copy.querySelectorAll('svg.plot')) chart.replaceChildren();
      return copy.innerHTML.replaceAll('><', '>\n<');
    });
  for (const path of ['/', '/qa/', '/agents/', '/topics/', agentPath()]) {
    await page.goto(`${site.url}${path}`);
    const written = await markup();
    await page.goto(`${site.url}${path}?from=2026-11-20&to=2026-11-20`);
    await expect(page.locator('.context')).toContainText('one day');
    await period(page).click();
    await page.getByRole('button', { name: /^Last 28 days/ }).click();
    await expect(page.locator('.context')).toContainText('28 days');
    // What was said comes from the pages of calls.
    await expect(page.getByText('Fetching notes and quotes')).toHaveCount(0);
    const drawn = await markup();
    const plain = (html: string) =>
      html
        .replace(/<button type="button" class="sort">([^<]*)<\/button>/g, '$1')
        .trim()
        .split('\n');
    expect(plain(drawn)).toEqual(plain(written));
  }
});

test('a period once chosen stays: through tabs, names, crumbs and the search, after a reload, and back', async ({
  page,
}) => {
  const seen = watch(page);
  const query = '?from=2026-11-09&to=2026-11-15';
  const at = (path: string) => expect(page).toHaveURL(`${site.url}${path}${query}`);
  const tab = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name });
  await page.goto(`${site.url}/${query}`);
  await expect(page.locator('.context')).toContainText('9 – 15 Nov');
  await expect(period(page)).toHaveText(/Last week/);
  const all = await calls(page).textContent();
  await tab('Agents').click();
  await at('/agents/');
  await expect(page.locator('.context')).toContainText('9 – 15 Nov');
  await page.goto(`${site.url}/agents/${query}`);
  const row = page.locator('tbody tr', { has: page.locator(`a[href^="${agentPath()}"]`) });
  await expect(page.locator('.context')).toContainText('9 – 15 Nov');
  const own = await row.locator('[data-figure="calls"]').textContent();
  await row.locator('th a').click();
  await at(agentPath());
  await expect(calls(page)).toHaveText(own ?? '');
  await expect(period(page)).toHaveText(/Last week/);
  await page.reload();
  await expect(calls(page)).toHaveText(own ?? '');
  await page.getByRole('navigation', { name: 'Where this page is' }).getByRole('link', { name: 'Agents' }).click();
  await at('/agents/');
  // Keys are heard once the page's script is there.
  await expect(page.locator('.context')).toContainText('9 – 15 Nov');
  await page.keyboard.press('/');
  await page.keyboard.type('qa');
  await page.keyboard.press('Enter');
  await at('/qa/');
  await expect(page.locator('.context')).toContainText('9 – 15 Nov');
  await tab('Calls').click();
  await at('/calls/');
  await expect(page.locator('#calls-count')).toHaveText(`${all} calls`);
  await page.goBack();
  await expect(page.locator('.context')).toContainText('9 – 15 Nov');
  await period(page).click();
  await page.getByRole('button', { name: /^Last 28 days/ }).click();
  await expect(page).toHaveURL(`${site.url}/qa/`);
  await tab('Overview').click();
  await expect(page).toHaveURL(`${site.url}/`);
  expect(seen).toEqual([]);
});

test('the page of an agent says so where the notes and quotes of a period cannot be fetched', async ({ page }) => {
  await page.route(`${site.url}/calls/*/`, (route) => route.abort());
  await page.goto(`${site.url}${agentPath()}?from=2026-10-01&to=2026-10-31`);
  const words = page.getByText('The notes and quotes could not be fetched.').first();
  await expect(words).toBeVisible();
  await expect(words.getByRole('link').first()).toHaveAttribute('href', /^\/calls\/[^/]+\/$/);
});

test('a period that takes long says at once that it is counted', async ({ page }) => {
  const held: (() => void)[] = [];
  await page.route('**/data/site.json', async (route) => {
    await new Promise<void>((done) => held.push(done));
    await route.continue();
  });
  const counting = () =>
    page.evaluate(() => getComputedStyle(document.getElementById('figures') as Element, '::before').content);
  await page.goto(`${site.url}/?from=2026-11-09&to=2026-11-15`);
  expect(await counting()).toContain('Counting');
  await expect.poll(() => held.length).toBeGreaterThan(0);
  for (const release of held) release();
  await expect(page.locator('.context')).toContainText('9 – 15 Nov');
  await expect.poll(counting).toBe('none');
});

test('a page of no day does not say that a period is counted', async ({ page }) => {
  // As a site without a day has it: nothing to choose a period with.
  await page.route(`${site.url}/?*`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('id="range"', 'id="none"') });
  });
  await page.goto(`${site.url}/?from=2026-11-09&to=2026-11-15`);
  await expect(page.getByRole('button', { name: 'Print' })).toBeVisible();
  await expect(page.locator('html')).not.toHaveClass(/ranged/);
});

/** What stands at the foot of each printed sheet, beside its number. */
const foot = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--sheet-foot'));

test('pages of figures are printed by a button, and each sheet says what it is', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', 'yes');
  });
  for (const path of ['/', '/qa/', agentPath()]) {
    await page.goto(`${site.url}${path}?from=2026-11-09&to=2026-11-15`);
    await page.getByRole('button', { name: 'Print' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
    const name = (await page.locator('h1').textContent()) ?? '';
    await expect.poll(() => foot(page)).toContain(`"${name} · 9 – 15 Nov 2026 · `);
  }
  await page.goto(`${site.url}/calls/?from=2026-11-09&to=2026-11-15&qa=failed`);
  await expect.poll(() => foot(page)).toContain('"Calls · 9 – 15 Nov 2026 · ');
  await page.goto(`${site.url}${site.callPath}`);
  expect(await foot(page)).toBe(JSON.stringify(await page.title()));
  // A column of an A4 sheet has the drawing of a desk, made smaller, not that of a phone made larger.
  await page.setViewportSize({ width: 688, height: 900 });
  await page.emulateMedia({ media: 'print' });
  await page.goto(site.url);
  await expect(page.locator('#figures .chart-mid').first()).toBeVisible();
  await expect(page.locator('#figures .chart-narrow').first()).toBeHidden();
});

const shares = async (page: Page) =>
  (await page.locator('tbody:last-child [data-figure="QA passed"]').allTextContents()).map(Number.parseFloat);
const isAscending = (numbers: number[]) => numbers.every((each, i) => i === 0 || each >= (numbers[i - 1] ?? 0));

test('agents are found as one types', async ({ page }) => {
  const seen = watch(page);
  await page.goto(`${site.url}/agents/`);
  const rows = page.locator('tbody tr:visible');
  const all = await rows.count();
  const name = (await page.locator('tbody:last-child tr').nth(2).locator('th').textContent()) ?? '';
  await page.getByLabel('Find an agent').fill(name.toUpperCase());
  await expect(rows).toHaveCount(1);
  await expect(page.getByText('1 agent found')).toBeVisible();
  await page.getByLabel('Find an agent').fill('');
  await expect(rows).toHaveCount(all);
  expect(seen).toEqual([]);
});

test('agents stand worst first, are sorted by a head, and keep the order in the address', async ({ page }) => {
  const seen = watch(page);
  await page.goto(`${site.url}/agents/`);
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true });
  const counts = async () =>
    (await page.locator('tbody:last-child [data-figure="calls"]').allTextContents()).map(Number);
  await expect(head('QA passed')).toHaveAttribute('aria-sort', 'ascending');
  const written = await shares(page);
  expect(written.length).toBeGreaterThan(3);
  expect(isAscending(written)).toBe(true);
  await page.getByRole('button', { name: 'Calls', exact: true }).press('Enter');
  await expect(page).toHaveURL(/[?&]sort=-calls$/);
  expect(isAscending((await counts()).reverse())).toBe(true);
  await page.reload();
  await expect(head('Calls')).toHaveAttribute('aria-sort', 'descending');
  await page.locator('tbody:last-child th a').first().click();
  await page.goBack();
  await expect(head('Calls')).toHaveAttribute('aria-sort', 'descending');
  expect(isAscending((await counts()).reverse())).toBe(true);
  // Figures of another period keep it too, and agents with too few calls are last either way.
  await page.getByRole('button', { name: 'QA passed' }).click();
  await expect(page).toHaveURL(/[?&]sort=-qa-passed$/);
  await period(page).click();
  await page.getByRole('button', { name: /^Last 90 days/ }).click();
  await expect(page.locator('.context')).toContainText('90 days');
  await expect(head('QA passed')).toHaveAttribute('aria-sort', 'descending');
  expect(isAscending((await shares(page)).reverse())).toBe(true);
  await page.getByRole('button', { name: 'QA passed' }).click();
  await expect(page).not.toHaveURL(/sort=/);
  expect(seen).toEqual([]);
});

test('the table of agents is saved as it is shown', async ({ page }) => {
  await page.goto(`${site.url}/agents/?sort=-calls`);
  await page.getByLabel('Find an agent').fill('south');
  const shown = page.locator('table[data-sortable] tr:visible');
  const cells = (await shown.allTextContents()).length;
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV of this table' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(cells);
  expect(lines[0]).toContain('Agent,Team,Calls,');
  expect(lines[0]).toContain('"QA passed, %"');
  const [name, team, calls] = (lines[1] ?? '').split(',');
  await expect(shown.nth(1).locator('th')).toHaveText(name ?? '');
  expect(team).toBe('South');
  await expect(shown.nth(1).locator('[data-figure="calls"]')).toHaveText(calls ?? '');
});

test('without a script the last 28 days are there, and nothing that would not work', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${site.url}/?from=2026-11-20&to=2026-11-20`);
  await expect(figure(page, 'Talk time')).toBeVisible();
  await expect(page.locator('#range')).toContainText('24 Oct – 20 Nov 2026');
  await expect(page.getByRole('button')).toHaveCount(0);
  await page.goto(`${site.url}/agents/`);
  await expect(page.getByLabel('Find an agent')).toBeHidden();
});

for (const colorScheme of isLong ? (['light', 'dark'] as const) : (['light'] as const)) {
  test(`no page breaks a rule of accessibility, ${colorScheme}`, async ({ browser }) => {
    const page = await (await browser.newContext({ colorScheme })).newPage();
    for (const path of ['/', '/agents/', '/topics/', '/qa/', agentPath()]) {
      await page.goto(`${site.url}${path}`);
      for (const twin of await page.locator('details.twin > summary').all()) await twin.click();
      expect(await faultsOf(page), path).toEqual([]);
    }
    await period(page).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await faultsOf(page), 'the open picker').toEqual([]);
  });
}

test('a cell and a bar say what they count, for pointer and keyboard, and nothing moves', async () => {
  // The headless shell does not keep the words on the screen.
  const browser = await chromium.launch(launchOptions({ whole: true }));
  const page = await browser.newPage();
  await page.goto(`${site.url}/qa/`);
  const hint = page.getByRole('tooltip');
  const cell = page.locator('.heat .cell a').first();
  const words = (await cell.getAttribute('title')) ?? '';
  expect(words).toMatch(/: \d+ of \d+ passed, \d+ failed; [▲▼→] .+ of \d+ in the period before$/);
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await height();
  await cell.focus();
  await expect(hint).toHaveText(words);
  await expect(cell).toHaveAccessibleDescription(words);
  expect(await height()).toBe(before);
  await page.keyboard.press('Escape');
  await expect(hint).toHaveCount(0);
  await expect(cell).toHaveAttribute('title', words);
  await page.locator('.score-bars a').last().hover();
  await expect(hint).toHaveText(/^90 to 100, passed: \d+$/);
  await page.mouse.move(0, 0);
  await expect(hint).toHaveCount(0);
  await browser.close();
});
