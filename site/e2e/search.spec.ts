import { expect, type Page, test } from '@playwright/test';
import { type CallColumns, type CallRow, decodeCalls } from '#shared/columns/calls.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { dayOfMonth } from '#shared/format/format.ts';
import { pageJson } from '../../generator/fixtures/world.ts';
import { faultsInBoth } from './axe.ts';
import { type DemoSite, serveDemo } from './demo.ts';

let site: DemoSite;
let data: SiteData;
/** Months oldest first, each with its calls oldest first. */
let months: CallRow[][];

test.beforeAll(async () => {
  site = await serveDemo();
  data = await pageJson<SiteData>(site.reports, site.org, '/data/site.json');
  const files = site.paths.filter((path) => /^.data.calls.\d{4}-\d\d.json$/.test(path)).sort();
  months = await Promise.all(
    files.map(async (path) => decodeCalls(await pageJson<CallColumns>(site.reports, site.org, path))),
  );
});
test.afterAll(() => site.close());

const box = (page: Page) => page.getByRole('combobox', { name: /^Go to/ });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const options = (page: Page) => page.getByRole('listbox', { name: 'Results' }).getByRole('option');
const chosen = (page: Page) => options(page).and(page.locator('[aria-selected=true]'));
const oldest = (): CallRow => months[0]?.find(({ direction, from }) => direction === 'inbound' && from) as CallRow;

/** Open the search by its key, which works from when its button shows. */
async function search(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Search' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type(text);
}

const TABS = ['Overview', 'Agents', 'QA', 'Topics', 'Calls', 'About'];

/** What must never happen on a page; fills as it happens. */
function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
  page.on('pageerror', ({ message }) => seen.push(message));
  return seen;
}

test('it opens on every kind of page, by key and by button, and closes with the focus where it was', async ({
  page,
}) => {
  const seen = watch(page);
  const first = (kind: string) => site.paths.find((path) => new RegExp(`^/${kind}/[^/]+/$`).test(path)) ?? '';
  for (const path of ['/', '/agents/', first('agents'), '/qa/', '/calls/', first('calls'), '/about/']) {
    await page.goto(`${site.url}${path}`);
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Calls' });
    await link.focus();
    await page.keyboard.press('/');
    await expect(box(page), path).toBeFocused();
    await expect(options(page)).toHaveText([...TABS, 'Identity checks that failed', 'Long calls of unhappy callers']);
    await page.keyboard.type('x/');
    await expect(box(page)).toHaveValue('x/');
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await expect(link).toBeFocused();
    const button = page.getByRole('button', { name: 'Search' });
    await button.click();
    await expect(box(page)).toBeFocused();
    await expect(box(page)).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
  }
  expect(seen).toEqual([]);
});

test('arrows choose, round and round, and Enter goes there', async ({ page }) => {
  await page.goto(site.url);
  await search(page, '');
  await expect(chosen(page)).toHaveText('Overview');
  await page.keyboard.press('ArrowUp');
  await expect(chosen(page)).toHaveText('Long calls of unhappy callers');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(chosen(page)).toHaveText('Agents');
  await expect(box(page)).toHaveAttribute('aria-activedescendant', (await chosen(page).getAttribute('id')) ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${site.url}/agents/`);
});

test('agents, teams and rules are found by name, whatever the order of the words and with a slip', async ({ page }) => {
  const agent = Object.values(data.agents)[0];
  const [first = '', last = ''] = agent?.name.split(' ') ?? [];
  await page.goto(site.url);
  await search(page, `${last.slice(0, 2)}${last.slice(3)} ${first}`);
  await expect(chosen(page)).toContainText(agent?.name ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(agent?.name ?? '');
  const [team] = data.teams;
  await search(page, team?.name.toLowerCase() ?? '');
  await expect(dialog(page).getByRole('group', { name: 'Teams' }).getByRole('option')).toHaveText(team?.name ?? '');
  await dialog(page).getByRole('group', { name: 'Teams' }).getByRole('option').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Team ${team?.name}`);
  const [id = '', rule] = Object.entries(data.rules)[0] ?? [];
  await search(page, rule?.name.toUpperCase() ?? '');
  await expect(chosen(page)).toContainText(rule?.name ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`[?&]rule=${id.replaceAll(' ', '\\+')}$`));
});

test('a call is found by its number, its id, and its agent and day, in however old a month', async ({ page }) => {
  const call = oldest();
  const number = call.from ?? '';
  await page.goto(`${site.url}/about/`);
  const texts = [
    call.id.slice(0, 18).toUpperCase(),
    `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`,
    `0${number.slice(3)}`,
    `${data.agents[call.agent ?? '']?.name} ${dayOfMonth(call.day ?? '', 'en-GB')}`,
  ];
  for (const text of texts) {
    await search(page, text);
    const own = options(page).filter({
      hasText: text === texts[0] ? call.id : (data.agents[call.agent ?? '']?.name ?? ''),
    });
    await expect(own.last(), text).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await search(page, texts[0] ?? '');
  await expect(chosen(page)).toContainText(call.id);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${site.url}${call.path}`);
});

test('the calls of one number are one list away', async ({ page }) => {
  const digits = (oldest().from ?? '').replace(/\D/g, '');
  await page.goto(site.url);
  await search(page, digits);
  await expect(chosen(page)).toHaveText(`All calls with +${digits}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${site.url}/calls/?party=${digits}`);
});

test('months are fetched only for what may be a call, newest first, and only while something is missing', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(site.url);
  const data = () => asked.filter((path) => path.startsWith('/data/'));
  const scripts = () => asked.filter((path) => path.endsWith('.js')).length;
  const before = scripts();
  expect(data()).toEqual([]);
  await search(page, 'identity');
  await expect(options(page).first()).toBeVisible();
  await expect.poll(data).toEqual(['/data/site.json']);
  expect(scripts()).toBeGreaterThan(before);
  await box(page).fill('0000000000');
  await expect(page.getByRole('status').last()).toHaveText(/^Nothing matches/);
  const fetched = data().slice(1);
  expect(fetched.length).toBe(months.length + Number(fetched.at(-1) === '/data/calls/undated.json'));
  const dated = fetched.filter((path) => !path.includes('undated'));
  expect(dated).toEqual(dated.toSorted().reverse());
});

test('Enter goes to what was typed, however late the index and the search itself come', async ({ page }) => {
  const agent = Object.values(data.agents)[0];
  const late = Promise.withResolvers<void>();
  await page.route('**/data/site.json', async (route) => {
    await late.promise;
    await route.continue();
  });
  await page.goto(site.url);
  await search(page, agent?.name ?? '');
  await expect(dialog(page).getByRole('status')).toHaveText('Loading agents, teams, rules and calls…');
  await expect(options(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  late.resolve();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(agent?.name ?? '');
  const script = Promise.withResolvers<void>();
  const asked = page.waitForRequest(/\/open[^/]*\.js$/);
  await page.route(/\/open[^/]*\.js$/, async (route) => {
    await script.promise;
    await route.continue();
  });
  await page.goto(`${site.url}/about/`);
  await page.keyboard.press('/');
  await asked;
  await page.keyboard.type('oq');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('verview');
  await page.keyboard.press('Enter');
  script.resolve();
  await expect(page).toHaveURL(`${site.url}/`);
});

test('an Enter that waits is forgotten once something else is typed', async ({ page }) => {
  const late = Promise.withResolvers<void>();
  await page.route('**/data/site.json', async (route) => {
    await late.promise;
    await route.continue();
  });
  await page.goto(site.url);
  await search(page, 'identity');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' v');
  late.resolve();
  await expect(chosen(page)).toBeVisible();
  await expect(page).toHaveURL(`${site.url}/`);
});

test('it says so where nothing is found, and where something fails', async ({ page }) => {
  let fails = true;
  await page.route('**/data/site.json', (route) => (fails ? route.fulfill({ status: 503 }) : route.continue()));
  await page.goto(site.url);
  await search(page, 'zzzz');
  await expect(dialog(page).getByRole('status')).toContainText('/data/site.json returned status 503');
  fails = false;
  await page.keyboard.type('q');
  await expect(dialog(page).getByRole('status')).toContainText('Nothing matches “zzzzq”.');
  await expect(options(page)).toHaveText(['Search all transcripts for “zzzzq”', 'Look for “zzzzq” in summaries']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${site.url}/calls/?text=zzzzq`);
  await expect(page.getByText('No summary, topic, number or id')).toBeVisible();
});

test('nothing of it shows without JavaScript', async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(site.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('#search')).toBeHidden();
  await page.close();
});

test('it has no fault of accessibility, in light and dark', async ({ page }) => {
  await page.goto(site.url);
  for (const text of ['', 'an', oldest().id.slice(0, 13), 'zzzq']) {
    await page.keyboard.press('/');
    await box(page).fill(text);
    await expect(text === 'zzzq' ? dialog(page).getByText('Nothing matches') : chosen(page)).toBeVisible();
    expect(await faultsInBoth(page), text).toEqual([]);
    await page.keyboard.press('Escape');
  }
});
