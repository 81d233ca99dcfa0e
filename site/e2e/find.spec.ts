/** Transcripts are searched as somebody does who looks for a call by what was said in it. */
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type CallColumns, type CallRow, decodeCalls } from '#shared/columns/calls.ts';
import type { SearchRoot } from '#shared/search/root.ts';
import { pageJson, pageText } from '../../generator/fixtures/world.ts';
import { faultsOf } from './axe.ts';
import { type DemoSite, serveDemo } from './demo.ts';
import { watch } from './watch.ts';

let site: DemoSite;
/** A call of the month before the newest one, and what its customer says in one turn. */
let call: CallRow;
let turn: string;
let said: string;

test.beforeAll(async () => {
  site = await serveDemo();
  const months = site.paths.filter((path) => /^.data.calls.\d{4}-\d\d.json$/.test(path)).sort();
  const rows = decodeCalls(await pageJson<CallColumns>(site.reports, site.org, months.at(-2) ?? ''));
  for (const row of rows) {
    const page = await pageText(site.reports, site.org, row.path);
    // A stretch without marks and without letters that are written otherwise in markup.
    const own =
      /id="(t-\d+)" class="turn other">(?:(?!class="turn).)*?<span class="who">Customer<\/span> ?<p class="said"> ?([A-Za-z ,]{30,})/s.exec(
        page,
      );
    if (!own) continue;
    [call, turn, said] = [row, own[1] ?? '', (own[2] ?? '').trim().split(/[ ,]+/).slice(0, 6).join(' ')];
    return;
  }
  throw new Error('no customer says anything that could be searched for');
});
test.afterAll(() => site.close());

/** As a page writes it: with the commas that nobody types. */
const asSaid = () => new RegExp(`^${said.replaceAll(' ', '[ ,]+')}$`);

const head = (page: Page) => page.locator('#found');
const hits = (page: Page) => page.locator('.hit');
const calls = (page: Page) => hits(page).locator('.hit-call a');

test('the call in which a customer said something last month: five actions from any page', async ({ page }) => {
  const seen = await watch(page, site.url);
  await page.goto(`${site.url}/about/`);
  await expect(page.getByRole('button', { name: 'Search' })).toBeVisible();
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: /^Go to/ }).fill(`"${said}"`);
  await page.getByRole('option', { name: /^Search all transcripts/ }).click();
  await expect(page).toHaveURL(new RegExp(`^${site.url}/search/#q=`));
  await page.getByLabel('Period').selectOption({ label: 'Last month: 1 – 31 Oct' });
  const own = page.locator(`.hit-call a[href="${call.path}#${turn}"]`);
  await expect(own).toBeVisible();
  await expect(hits(page).filter({ has: own }).locator('mark')).toHaveText(asSaid());
  await expect(hits(page).filter({ has: own }).locator('.who')).toHaveText('Customer');
  expect(await faultsOf(page)).toEqual([]);
  await own.click();
  await expect(page).toHaveURL(`${site.url}${call.path}#${turn}`);
  await expect(page.locator(`#${turn}`)).toBeInViewport();
  expect(seen).toEqual([]);
});

test('words lead to a list of calls and to a file, and what was searched for is told to nobody', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const word = said.split(' ').toSorted((a, b) => b.length - a.length)[0] ?? '';
  await page.goto(`${site.url}/search/`);
  await page.getByLabel('Words that were said').fill(`${word} `);
  await page.keyboard.press('Enter');
  await expect(head(page)).toHaveText(/^\d+ calls?/);
  const count = Number(/^\d+/.exec((await head(page).textContent()) ?? '')?.[0]);
  await expect(calls(page)).toHaveCount(Math.min(count, 10));
  await page.getByRole('button', { name: /as a list$/ }).click();
  await expect(page).toHaveURL(/\/calls\/\?.*found=\w+$/);
  await expect(page.locator('#calls-count')).toHaveText(new RegExp(`^${count} calls?$`));
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^CSV of/ }).click(),
  ]);
  expect((await readFile(await file.path(), 'utf8')).trim().split('\r\n')).toHaveLength(count + 1);
  await page.locator('#explorer .calls-listed tbody th a').first().click();
  await expect(page.getByText(new RegExp(`^1 of ${count}$`))).toBeVisible();
  expect(asked.filter((url) => url.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
  // Another tab does not have the list, and says so.
  const other = await page.context().newPage();
  await other.goto(`${site.url}/calls/?found=none`);
  await expect(other.getByText('This list is no longer here.')).toBeVisible();
});

test('it says what it found, how far it looked, and what it could not do', async ({ page }) => {
  await page.goto(`${site.url}/search/#q=xqzzyq`);
  await expect(page.getByText('No call has this.')).toBeVisible();
  await page.goto(`${site.url}/search/#agent=${encodeURIComponent(call.agent ?? '')}&direction=inbound`);
  await expect(page.getByText('Type a word that was said.')).toBeVisible();
  await expect(page.getByText('ignored: direction=inbound.')).toBeVisible();
  await page.route('**/search/root.json', (route) => route.fulfill({ status: 503 }));
  await page.goto('about:blank');
  await page.goto(`${site.url}/search/#q=hello`);
  await expect(page.getByRole('alert')).toContainText(
    'The search could not be loaded: /search/root.json returned status 503.',
  );
  await expect(head(page)).toHaveText('No calls so far');
  await page.unroute('**/search/root.json');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(head(page)).toHaveText(/\d calls?/);
  expect((await pageJson<SearchRoot>(site.reports, site.org, '/search/root.json')).segments.length).toBeGreaterThan(0);
});

test('it is used with the keyboard alone, on a phone and in the dark, and says on a printed sheet what it searched for', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${site.url}/search/`);
  const words = page.getByLabel('Words that were said');
  await expect(words).toBeVisible();
  const tabTo = async (wanted: Locator) => {
    for (let tabs = 0; tabs < 40; tabs++) {
      await page.keyboard.press('Tab');
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`no Tab leads to ${wanted}`);
  };
  await tabTo(words);
  await page.keyboard.type(`"${said}"`);
  await page.keyboard.press('Enter');
  await expect(calls(page).first()).toBeVisible();
  await tabTo(page.getByLabel('Said by'));
  await page.keyboard.type('Customer');
  await expect(page).toHaveURL(/[#&]by=customer/);
  await expect(hits(page).first().locator('.who')).toHaveText('Customer');
  await expect(hits(page).first().locator('mark')).toHaveText(asSaid());
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await faultsOf(page)).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  await expect(words).toBeHidden();
  await expect(page.getByText(`Searched for: "${said}" · Said by: Customer.`)).toBeVisible();
  await expect(hits(page).first().locator('mark')).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByText('Searched for:')).toBeHidden();
  const [path] = await calls(page).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  await tabTo(calls(page).first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${site.url}${path}`);
});

test('without JavaScript the page says so and leads on', async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${site.url}/search/`);
  await page.getByRole('link', { name: 'all calls are listed' }).click();
  await expect(page).toHaveURL(`${site.url}/calls/`);
  await page.close();
});
