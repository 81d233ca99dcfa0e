import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { HOSTILE, putHostile } from '../../generator/fixtures/hostile.ts';
import { isLong } from '../../generator/fixtures/long.ts';
import { memoryWorld, publishedCalls } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import { faultsOf } from './axe.ts';
import { type DemoSite, serveDemo } from './demo.ts';
import { openList } from './open-list.ts';
import { serveSite } from './static.ts';

let site: DemoSite;
let undated: number;

test.beforeAll(async () => {
  site = await serveDemo();
  undated = (await publishedCalls(site.reports, site.org, 'undated')).length;
});
test.afterAll(() => site.close());

/** What must never happen; fills as it happens. */
function watch(page: Page, origin: string): string[] {
  const seen: string[] = [];
  page.on('dialog', async (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) seen.push(request.url());
  });
  return seen;
}

/**
 * That of the explorer: the list that stands without a script has one too. It is asked for again and again, and to look for a role
 * takes long where so many elements are.
 */
const heading = (page: Page) => page.locator('h2#calls-count:visible');
const csvButton = (page: Page) => page.getByRole('button', { name: /^CSV of/ });
const chips = (page: Page) => page.getByRole('list', { name: 'Filters' }).locator('.chip > span');

/** The count, once all that the filter needs is there. */
async function counted(page: Page): Promise<number> {
  await expect(heading(page)).toHaveText(/^[\d,]+ calls?$/);
  return Number(((await heading(page).textContent()) ?? '').replace(/\D/g, ''));
}

async function open(page: Page, query = ''): Promise<number> {
  await page.goto(`${site.url}/calls/${query}`);
  return counted(page);
}

/** The cells of a column of the rows on the screen. */
async function column(page: Page, name: string): Promise<string[]> {
  const heads = await page.getByRole('columnheader').allTextContents();
  const at = heads.findIndex((head) => head.trim() === name) + 1;
  // The count stands before its rows are on the screen.
  await expect(page.locator('#explorer .calls-listed tbody tr:not(.room)').first()).toBeAttached();
  return page.locator(`#explorer .calls-listed tbody tr:not(.room) > :nth-child(${at})`).allTextContents();
}

async function csvOf(page: Page): Promise<{ [name: string]: string }[]> {
  const [file] = await Promise.all([page.waitForEvent('download'), csvButton(page).click()]);
  return parse(await readFile(await file.path()), { bom: true, columns: true }) as { [name: string]: string }[];
}

test('each filter narrows the list to what its count said, and goes back', async ({ page }) => {
  const seen = watch(page, site.url);
  const all = await open(page);
  for (const group of ['Team', 'Agent', 'Sentiment', 'Rule failed', 'QA result', 'Grade', 'Direction']) {
    const box = page.getByRole('group', { name: group, exact: true }).getByRole('checkbox').first();
    const name = (await box.locator('xpath=..').textContent()) ?? '';
    await box.focus();
    await page.keyboard.press('Space');
    await expect(heading(page), group).toHaveText(new RegExp(`^${/[\d,]+$/.exec(name)?.[0]} calls?$`));
    await expect(chips(page), group).toHaveCount(1);
    await page.goBack();
    await expect(heading(page), group).toHaveText(`${all} calls`);
  }
  await page.getByRole('spinbutton', { name: 'Score, at most' }).fill('75');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\?score=-75$/);
  for (const cell of await column(page, 'Score')) expect(Number.parseFloat(cell)).toBeLessThanOrEqual(75);
  await page.getByRole('button', { name: /^Remove Score/ }).click();
  await page.getByRole('spinbutton', { name: 'Length, minutes, at least' }).fill('4');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\?seconds=240-$/);
  await expect(chips(page)).toHaveText('Length from 04:00');
  for (const cell of await column(page, 'Length')) expect(cell >= '04:00', cell).toBe(true);
  expect(seen).toEqual([]);
});

test('a period is chosen in the picker, and only its months are fetched', async ({ page }) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await open(page, '?from=2026-11-01&to=2026-11-20');
  expect(new Set(files.filter((path) => /^.data.(calls|words)/.test(path)))).toEqual(
    new Set(['/data/calls/2026-11.json', '/data/words/2026-11.json']),
  );
  await page.getByRole('button', { name: /^Period/ }).click();
  const week = page.getByRole('dialog').getByRole('button', { name: /^Last 7 days/ });
  const calls = /(\d+) calls?$/.exec((await week.textContent()) ?? '')?.[1];
  await week.click();
  await expect(heading(page)).toHaveText(`${calls} calls`);
  await expect(page).toHaveURL(/\?from=2026-11-1\d&to=2026-11-\d\d$/);
  await page.getByRole('button', { name: /^Remove Period/ }).click();
  const all = await counted(page);
  const newest = files.filter((path) => path.startsWith('/data/calls/'));
  expect(newest).toEqual(
    [...newest].sort((a, b) => Number(a.includes('undated')) - Number(b.includes('undated')) || (a < b ? 1 : -1)),
  );
  await page.goto(`${site.url}/calls/?undated=1`);
  await expect(heading(page)).toHaveText(`${undated} calls`);
  expect(undated).toBeLessThan(all);
});

test('words are looked for in topics, summaries and numbers, and those of all months only then fetched', async ({
  page,
}) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  const all = await open(page);
  const fetched = (kind: string) => new Set(files.filter((path) => path.startsWith(`/data/${kind}/`))).size;
  expect(fetched('words')).toBeLessThan(fetched('calls'));
  const field = page.getByRole('searchbox', { name: 'Words in summary, topic, number or id' });
  await field.fill('BILL');
  await expect(chips(page)).toHaveText('Words “BILL”');
  const found = await counted(page);
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(all);
  for (const cell of await column(page, 'Summary')) expect(cell.toLowerCase()).toContain('bill');
  const numbers = (await column(page, 'Other party')).map((cell) => cell.replace(/\D/g, ''));
  const number = numbers.find((digits) => digits.length > 4) ?? '';
  expect(number).not.toBe('');
  await field.fill(`${number.slice(0, 4)} ${number.slice(4)}`);
  await expect(page).toHaveURL(/text=\d+\+\d+$/);
  await counted(page);
  for (const cell of await column(page, 'Other party')) expect(cell.replace(/\D/g, '')).toBe(number);
});

test('an address gives its list back, and says what of it is not understood', async ({ page }) => {
  await open(page, '?qa=failed&direction=inbound&qa=maybe&o=1234abcd&sort=score');
  await expect(chips(page)).toHaveText(['Direction Inbound', 'QA result Fail']);
  await expect(page.getByRole('alert')).toContainText('qa=maybe');
  const scores = (await column(page, 'Score')).map(Number.parseFloat);
  expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  expect(new Set((await column(page, 'QA')).map((cell) => cell.trim()))).toEqual(new Set(['Fail']));
});

test('heads sort, down and up, by keyboard, and it stands in the address', async ({ page }) => {
  await open(page, '?with=duration');
  const head = page.getByRole('columnheader', { name: 'Length' });
  await head.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  const down = await column(page, 'Length');
  expect(down).toEqual(down.toSorted().reverse());
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(page).toHaveURL(/sort=length$/);
  const up = await column(page, 'Length');
  expect(up).toEqual(up.toSorted());
  expect(up[0]).not.toBe(down[0]);
});

test('columns are chosen; a site without a gate keeps nothing of it', async ({ page }) => {
  await open(page);
  await page.locator('.column-menu summary').focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('group', { name: 'Columns that are shown' });
  await menu.getByRole('checkbox', { name: 'Agent' }).uncheck();
  await menu.getByRole('checkbox', { name: 'Team' }).check();
  await menu.getByRole('checkbox', { name: 'Queue', exact: true }).check();
  await expect(page.getByRole('columnheader', { name: 'Queue' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await page.reload();
  await counted(page);
  await expect(page.getByRole('columnheader', { name: 'Agent' })).toBeVisible();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('the CSV holds the calls of the list, in its order, each with its link', async ({ page }) => {
  const calls = await open(page, '?qa=failed&sort=score');
  const rows = await csvOf(page);
  expect(rows.length).toBe(calls);
  expect(new Set(rows.map((row) => row['QA result']))).toEqual(new Set(['Fail']));
  const pages = await page
    .locator('#explorer .calls-listed th a')
    .evaluateAll((links) => links.map((link) => location.origin + new URL((link as HTMLAnchorElement).href).pathname));
  expect(rows.slice(0, pages.length).map((row) => row.Link)).toEqual(pages);
  expect(Object.keys(rows[0] ?? {})).toEqual(
    expect.arrayContaining(['Call', 'Agent', 'Seconds', 'Score', 'Names of failed rules', 'Queue', 'Topic', 'Summary']),
  );
  expect(rows.map((row) => Number(row.Score))).toEqual(rows.map((row) => Number(row.Score)).sort((a, b) => a - b));
  for (const { Score = '' } of rows) expect(Score).toMatch(/^\d+(\.\d)?$/);
  expect(rows.some((row) => Number(row['Sentiment score']) < 0)).toBe(true);
  expect(rows.filter((row) => row.Summary !== '').length).toBeGreaterThan(rows.length / 2);
  const response = await page.request.get(rows[0]?.Link ?? '');
  expect(response.status()).toBe(200);
});

test('a file is not given without the words that belong in it', async ({ page }) => {
  let fails = true;
  await page.route('**/data/words/*.json', (route) => (fails ? route.fulfill({ status: 503 }) : route.continue()));
  await open(page);
  await csvButton(page).click();
  await expect(page.getByRole('alert')).toContainText('returned status 503');
  fails = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await csvOf(page)).every((row) => 'Summary' in row)).toBe(true);
});

test('a rule that is asked for is the first of those that a call failed', async ({ page }) => {
  await open(page);
  const box = page.getByRole('group', { name: 'Rule failed', exact: true }).getByRole('checkbox').first();
  const name = (await box.locator('xpath=..').locator('.facet-name').textContent())?.trim() ?? '';
  await box.check();
  await expect(chips(page)).toHaveCount(1);
  for (const cell of await column(page, 'Rules failed')) expect(cell).toContain(name);
});

test('the file is called by organization, period and filters', async ({ page }) => {
  await open(page, '?from=2026-11-01&to=2026-11-20&qa=failed&direction=inbound');
  const [file] = await Promise.all([page.waitForEvent('download'), csvButton(page).click()]);
  expect(file.suggestedFilename()).toBe(
    'harbour-energy-calls-2026-11-01-2026-11-20-direction-inbound-qa-result-fail.csv',
  );
});

test('an agent’s name leads to the agent', async ({ page }) => {
  await open(page);
  const link = page.locator('#explorer .calls-listed td.agent a').first();
  const name = (await link.textContent()) ?? '';
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('nothing moves when the list takes the place of the published one, and no width scrolls sideways', async ({
  browser,
}) => {
  for (const width of isLong ? [1440, 1280, 1188, 1100, 1024, 768, 390] : [1440, 1188, 1024, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.addInitScript(() => {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          Object.assign(window, {
            shift: ((window as { shift?: number }).shift ?? 0) + (entry as PerformanceEntry & { value: number }).value,
          });
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const queries = ['', '?qa=failed', '?qa=failed&score=90-&direction=inbound'];
    for (const query of isLong || [1440, 390].includes(width) ? queries : queries.slice(0, 1)) {
      await open(page, query);
      await expect(page.locator('#explorer :is(.c-summary, .message)').first()).toBeAttached();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const [shift, wide] = await page.evaluate(() => [
        (window as { shift?: number }).shift ?? 0,
        document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ]);
      expect(wide, `${query} at ${width}`).toBeLessThanOrEqual(0);
      expect(shift, `${query} at ${width}`).toBeLessThanOrEqual(0.02);
    }
    await page.close();
  }
});

test('the filters stay in sight beside a long list', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await open(page);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  await expect(page.getByRole('searchbox').first()).toBeInViewport();
});

test('where nothing is found, the list says which filter to drop', async ({ page }) => {
  expect(await open(page, '?qa=failed&score=90-&direction=inbound')).toBe(0);
  await expect(page.getByText('No call has all three filters.')).toBeVisible();
  await expect(csvButton(page)).toBeDisabled();
  // One sentence, on one line.
  await expect(page.locator('.message p b')).toHaveCSS('display', 'inline');
  const drop = page.locator('.message').getByRole('button');
  const calls = (await drop.textContent()) ?? '';
  await drop.click();
  await expect(heading(page)).toHaveText(calls);
});

test('the list says what failed, and tries again', async ({ page }) => {
  let fails = true;
  await page.route('**/data/calls/2026-10.json', (route) =>
    fails ? route.fulfill({ status: 503 }) : route.continue(),
  );
  await page.goto(`${site.url}/calls/`);
  await expect(page.getByRole('alert')).toContainText('/data/calls/2026-10.json returned status 503');
  await expect(heading(page)).toHaveText(/so far$/);
  await expect(csvButton(page)).toBeDisabled();
  fails = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await counted(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('counts of the overview, agents, QA and topics open as many calls', async ({ page }) => {
  const counts = new Map<string, { text: string; from: string; href: string }>();
  for (const path of ['/topics/', '/', '/agents/', '/qa/']) {
    await page.goto(`${site.url}${path}`);
    const links = await page
      .locator('a[data-figure][href^="/calls/"]')
      .evaluateAll((all) =>
        all.map((link) => [
          (link as HTMLElement).dataset.figure ?? '',
          link.getAttribute('href') ?? '',
          link.textContent?.trim() ?? '',
        ]),
      );
    for (const [kind = '', href = '', text = ''] of links) {
      // One call may fail several checks.
      if (counts.has(kind) || kind.startsWith('checks') || !/^[\d,]+$/.test(text)) continue;
      counts.set(kind, { text, from: path, href });
    }
  }
  expect(counts.size).toBeGreaterThan(5);
  for (const [kind, { text, from, href }] of counts) {
    await openList(page, `${site.url}${href}`);
    await expect(heading(page), `${kind} on ${from}: ${href}`).toHaveText(new RegExp(`^${text} calls?$`));
  }
});

test('hostile text in every field is text, in the list, the filters and the file', async ({ page }) => {
  const world = memoryWorld({ renderer: await openRenderer() });
  await putHostile(world.results, world.config, 'org_hostile');
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  const hostile = await serveSite(world.reports, 'org_hostile');
  const seen = watch(page, hostile.url);
  await page.goto(`${hostile.url}/calls/`);
  const ids = hostile.paths.filter((path) => /^.calls.[^/]+.$/.test(path));
  expect(ids.length).toBeGreaterThanOrEqual(HOSTILE.length);
  await expect(heading(page)).toHaveText(`${ids.length} calls`);
  await page.locator('.column-menu summary').click();
  for (const box of await page.locator('.column-menu [type="checkbox"]:enabled').all()) await box.check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('table')).toContainText('<img src=x onerror=alert(1)>');
  const more = page.getByRole('button', { name: /^Show all/ });
  for (let lists = await more.count(); lists > 0; lists--) await more.first().click();
  await page.getByRole('group', { name: 'Rule failed' }).getByRole('checkbox').first().check();
  await expect(chips(page)).toHaveCount(1);
  expect(
    await page.locator('main :is(script:not([src^="/assets/"]), iframe, img, [onerror], [onload], [style])').count(),
  ).toBe(0);
  await page.goto(
    `${hostile.url}/calls/?agent=${encodeURIComponent('"><svg onload=alert(1)>')}&text=${encodeURIComponent('<script>alert(1)</script>')}`,
  );
  await expect(chips(page)).toHaveText(['Agent "><svg onload=alert(1)>', 'Words “<script>alert(1)</script>”']);
  await page.goto(`${hostile.url}/calls/`);
  await counted(page);
  const [file] = await Promise.all([page.waitForEvent('download'), csvButton(page).click()]);
  expect(await readFile(await file.path(), 'utf8')).not.toMatch(/(^|,)"?[=+@]/m);
  expect(seen).toEqual([]);
  await hostile.close();
});

for (const scheme of isLong ? (['light', 'dark'] as const) : (['dark'] as const))
  test(`the explorer has no fault of accessibility, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    // Rows of the hidden list are all alike; a thousand of them would take a minute.
    const faults = async () => {
      await page.locator('#calls-static tbody tr:nth-child(n + 20)').evaluateAll((rows) => {
        for (const row of rows) row.remove();
      });
      return faultsOf(page);
    };
    for (const query of ['', '?qa=failed&sentiment=negative', '?score=90-&qa=failed']) {
      await open(page, query);
      expect(await faults(), query).toEqual([]);
    }
    await page.locator('.column-menu summary').click();
    expect(await faults(), 'columns').toEqual([]);
  });

test('what needs attention, and the calls of one caller, are one link away', async ({ page }) => {
  await page.goto(`${site.url}/agents/`);
  await page.locator('main tbody a[href^="/agents/"]').first().click();
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const need = attention.getByRole('link', { name: /^list all \d/ });
  const head = attention.locator('.section-head');
  const calls = /\d+/.exec((await head.locator('.note').textContent()) ?? '')?.[0];
  await need.focus();
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText(new RegExp(`^${calls} calls?$`));
  await expect(chips(page)).toHaveText([/^Period/, /^Agent/, 'Needs attention']);
  const numbers = (await column(page, 'Other party')).map((cell) => cell.replace(/\D/g, ''));
  expect(await open(page, `?party=${numbers.find((number) => number !== '')}`)).toBeGreaterThan(0);
  await expect(chips(page)).toHaveText(/^Other party /);
  const parties = await column(page, 'Other party');
  expect(parties.length).toBe(await counted(page));
  expect(new Set(parties.map((cell) => cell.replace(/\D/g, ''))).size).toBe(1);
});
