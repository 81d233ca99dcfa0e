/** That a page is private rests on nothing that a browser may keep to itself, and on no script. */
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { launchOptions } from '../../scripts/browser.ts';
import { gate, person, signIn } from './gated.ts';

/** As WebKit does after a redirect from another origin, and any browser may. */
const withhold = (page: Page) =>
  page.addInitScript(() =>
    Object.defineProperty(PerformanceResourceTiming.prototype, 'serverTiming', { get: () => [], configurable: true }),
  );

const CALL = '/calls/only-org_1/';
const SAID = 'my parcel has not come';
const isSeen = (page: Page) => page.getByText(SAID).isVisible();

let world: Awaited<ReturnType<typeof gate>>;
let browser: Browser;
test.beforeAll(async () => {
  world = await gate();
  // Pages are kept for "Back" here.
  browser = await chromium.launch({
    ...launchOptions({ whole: true }),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
});
test.afterAll(async () => {
  await browser.close();
  await world.close();
});

test('a page reached through another origin, of which the browser tells nothing, is guarded all the same', async () => {
  const { origin, lines } = world;
  const context = await browser.newContext();
  const page = await context.newPage();
  await withhold(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).search));
  await signIn(page, origin, 'Ann One', CALL);
  expect(await isSeen(page)).toBe(true);
  await expect(page.locator('.session-menu summary')).toContainText('ann@one.example');
  expect(asked.filter((query) => query.includes('b='))).not.toEqual([]);
  for (const query of asked.filter((each) => each.includes('b=')))
    expect(query).toMatch(/^\?b=\d+-[0-9a-f]+&o=[0-9a-f]{8}$/);

  await page.goto(`${origin}/healthz`);
  await context.clearCookies();
  lines.length = 0;
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  // Icons belong to nobody.
  expect(lines.find((line) => !line.includes(' /assets/'))).toBe('401 /session');
  await context.close();
});

test('a page from a cache is not shown without a session of its organization, and without a script neither', async () => {
  const { origin } = world;
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const signInAs = async (organization: RegExp) => {
    await page.goto(`${origin}/about/`);
    await person(page, 'Bob Both').getByRole('button', { name: organization }).click();
    await page.waitForURL(`${origin}/about/`);
  };
  await signInAs(/Parcels/);
  const answer = await page.goto(`${origin}${CALL}`);
  expect(await isSeen(page)).toBe(true);
  const cached = { body: await answer?.body(), headers: { 'content-type': 'text/html; charset=utf-8' } };
  await page.route(`${origin}${CALL}`, (route) => route.fulfill(cached));
  await page.goto(`${origin}${CALL}`);
  expect(await isSeen(page)).toBe(true);
  await context.clearCookies();
  await page.goto(`${origin}${CALL}`);
  expect(await isSeen(page)).toBe(false);
  expect(await page.locator('header, main').filter({ visible: true }).count()).toBe(0);
  await signInAs(/Letters/);
  await page.goto(`${origin}${CALL}`);
  expect(await isSeen(page)).toBe(false);
  expect(await page.locator('header, main').filter({ visible: true }).count()).toBe(0);
  await context.close();
});

test('a page whose answer from the gate is lost says so, and is shown in its colours once a script could ask', async () => {
  const { origin } = world;
  const context = await browser.newContext();
  const page = await context.newPage();
  await withhold(page);
  let isUp = false;
  const gone = ['/session.css', '/brand.css', '/session'];
  await page.route(
    ({ pathname }) => gone.includes(pathname),
    (route) => (isUp ? route.continue() : route.abort()),
  );
  await page.goto(`${origin}${CALL}`);
  await person(page, 'Ann One').getByRole('button').click();
  await expect(page.getByRole('alert')).toContainText('The site could not be reached');
  expect(await isSeen(page)).toBe(false);
  isUp = true;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(SAID)).toBeVisible();
  const accent = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent-light'));
  await expect.poll(accent).toMatch(/^#/);
  await context.close();
});

test('a page kept for “Back” says when there is no network, and comes back with it', async () => {
  const { origin } = world;
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, origin, 'Ann One', CALL);
  await expect(page.locator('.session-menu summary')).toContainText('ann@one.example');
  const leave = () => page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await context.setOffline(true);
  await leave();
  await expect(page.getByRole('alert')).toContainText('You are offline');
  expect(await isSeen(page)).toBe(false);
  await context.setOffline(false);
  await expect(page.getByText(SAID)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  await page.route('**/session?*', (route) => route.fulfill({ status: 503 }));
  await leave();
  await expect(page.getByRole('alert')).toContainText('status 503');
  expect(await isSeen(page)).toBe(false);
  await page.unroute('**/session?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(SAID)).toBeVisible();
  await context.close();
});
