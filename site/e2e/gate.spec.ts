import { chromium, expect, type Page, test } from '@playwright/test';
import { linkMark } from '../../generator/lib/link-mark.ts';
import { launchOptions } from '../../scripts/browser.ts';
import { faultsOf } from './axe.ts';
import { gate, pass, person, signIn, TOKEN_LIFE } from './gated.ts';
import { serveSite } from './static.ts';

test('a member lands on the page they asked for, and sees only their organization', async ({ page }) => {
  const { origin, close } = await gate();
  await page.goto(`${origin}/calls/only-org_1/`);
  await person(page, 'Ann One').getByRole('button').click();
  await expect(page).toHaveURL(`${origin}/calls/only-org_1/`);
  await expect(page.getByText('my parcel has not come')).toBeVisible();
  await expect(page.getByText('Parcels Ltd').first()).toBeVisible();
  const foreign = await page.goto(`${origin}/calls/only-org_12/`);
  expect(foreign?.status()).toBe(404);
  await expect(page.locator('body')).not.toContainText('Letters');
  await close();
});

test('who belongs to two switches from one to the other, and nothing of the first stays', async ({ page }) => {
  const { origin, close } = await gate();
  await page.goto(origin);
  await person(page, 'Bob Both').getByRole('button').first().click();
  await expect(page.locator('header')).toContainText('Parcels Ltd');
  await page.goto(`${origin}/select-organization`);
  await page.getByRole('button', { name: /Letters/ }).click();
  await page.goto(origin);
  await expect(page.locator('header')).toContainText('Letters Ltd');
  expect((await page.goto(`${origin}/calls/only-org_1/`))?.status()).toBe(404);
  await close();
});

test('whose organization has no report yet is told so, and who belongs to none is told whom to ask', async ({
  page,
}) => {
  const { origin, close } = await gate();
  await page.goto(origin);
  await person(page, 'Nia New').getByRole('button').click();
  await expect(page.getByText('Your first report is being prepared')).toBeVisible();
  await page.context().clearCookies();
  await page.goto(origin);
  await person(page, 'Nora None').getByRole('button').click();
  await expect(page.getByText(/ask your administrator/i)).toBeVisible();
  await close();
});

test('a session outlives its token: a click and a range in the address need no new sign-in', async ({ page }) => {
  const { origin, close } = await gate();
  await page.goto(origin);
  await person(page, 'Ann One').getByRole('button').click();
  await expect(page.locator('header')).toContainText('Parcels Ltd');
  await expect(account(page)).toBeVisible();
  pass(TOKEN_LIFE + 1);
  const passed: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame())
      passed.push(new URL(request.url()).pathname);
  });
  await page.goto(`${origin}/?from=2026-03-30&to=2026-03-30`);
  expect(passed).toEqual(['/', '/v1/client/handshake', '/']);
  await expect(page).toHaveURL(`${origin}/?from=2026-03-30&to=2026-03-30`);
  await expect(page.locator('.context')).toContainText('one day');
  await expect(page.locator('header')).toContainText('ann@one.example');
  await page.getByRole('navigation').getByRole('link', { name: 'Calls' }).click();
  await expect(page).toHaveURL(`${origin}/calls/?from=2026-03-30&to=2026-03-30`);
  await close();
});

test('a session outlives its token for figures too: they are fetched after it was renewed out of sight', async ({
  page,
}) => {
  const { origin, close } = await gate();
  const answers: string[] = [];
  const seen: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/^\/(data|session)/.test(pathname)) answers.push(`${response.status()} ${pathname}`);
  });
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) seen.push(message.text());
  });
  await page.goto(origin);
  await person(page, 'Ann One').getByRole('button').click();
  await expect(page.locator('header')).toContainText('Parcels Ltd');
  await expect(account(page)).toBeVisible();
  pass(TOKEN_LIFE + 1);
  expect((await page.request.get(`${origin}/data/site.json`)).status()).toBe(401);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('button', { name: /^Last day/ }).click();
  await expect(page.locator('.context')).toContainText('one day');
  expect(answers.filter((answer) => answer.startsWith('401'))).toContain('401 /data/site.json');
  expect(answers).toContain('200 /session');
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  expect(seen).toEqual([]);
  await close();
});

/** What must never happen; fills as it happens. */
function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
  page.on('pageerror', (error) => seen.push(error.message));
  return seen;
}

const account = (page: Page) => page.locator('.session-menu summary');

test('the header says who is signed in, where, and since when the site is there; it works by keyboard', async ({
  page,
}) => {
  const { origin, close } = await gate();
  const seen = watch(page);
  await signIn(page, origin, 'Bob Both', '/calls/?agent=x');
  await expect(account(page)).toContainText('bob@both.example');
  await expect(account(page)).toContainText('Published');
  await expect(page.getByRole('link', { name: 'Sign out' })).toBeHidden();
  await account(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.session-panel')).toContainText('Parcels Ltd');
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'As the system' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Keys on this page' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Switch organization' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(account(page)).toBeFocused();
  await expect(page.locator('.session-panel')).toBeHidden();
  await account(page).click();
  await page.getByRole('link', { name: 'Switch organization' }).click();
  await page.getByRole('button', { name: /Letters/ }).click();
  await page.waitForURL(`${origin}/calls/?agent=x`);
  await expect(page.locator('.brand')).toContainText('Letters Ltd');
  expect(await page.content()).not.toContain('Parcels');
  expect(seen).toEqual([]);
  await close();
});

test('an exported site has nobody signed in, asks nobody, and says no error', async ({ page }) => {
  const { reports, close } = await gate();
  const site = await serveSite(reports, 'org_1');
  const seen = watch(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${site.url}/calls/only-org_1/`, { waitUntil: 'networkidle' });
  await expect(page.locator('#session')).toBeHidden();
  await expect(page.locator('#session')).toBeEmpty();
  expect(asked.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(0);
  expect([...seen, ...asked.filter((path) => path === '/session')]).toEqual([]);
  await site.close();
  await close();
});

test('who switches in a second tab sees nothing of the first organization with the second’s figures', async ({
  page,
}) => {
  const { origin, close } = await gate();
  await signIn(page, origin, 'Bob Both');
  await expect(account(page)).toBeVisible();
  const second = await page.context().newPage();
  await second.goto(`${origin}/select-organization`);
  await second.getByRole('button', { name: /Letters/ }).click();
  await expect(second.locator('.brand')).toContainText('Letters Ltd');
  // The first tab asks for figures of its own organization: not the second's, which would be mixed into its page.
  const answers: string[] = [];
  page.on('response', (response) => answers.push(`${response.status()} ${new URL(response.url()).pathname}`));
  await page.getByRole('button', { name: /^Period/ }).click();
  await expect(page.locator('.brand')).toContainText('Letters Ltd');
  expect(answers.filter((answer) => answer.startsWith('403'))).not.toEqual([]);
  await expect(page).toHaveURL(`${origin}/`);
  expect(await page.content()).not.toContain('Parcels');
  // And a tab that is only looked at again.
  await page.goto(`${origin}/calls/only-org_12/`);
  await second.goto(`${origin}/select-organization`);
  await second.getByRole('button', { name: /Parcels/ }).click();
  await expect(second.locator('.brand')).toContainText('Parcels Ltd');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.getByText('There is no page at this address')).toBeVisible();
  await expect(page).toHaveURL(`${origin}/calls/only-org_12/`);
  expect(await page.content()).not.toContain('Letters');
  await close();
});

test('an open page gets figures of its own build, until that is gone', async ({ page }) => {
  const { origin, rebuild, close } = await gate();
  // With one day more, the last day is another period than the page has of itself.
  await rebuild({ id: 'earlier', call: { start_timestamp: '2026-03-29T10:00:00Z', end_timestamp: null } });
  await signIn(page, origin, 'Ann One');
  await expect(account(page)).toBeVisible();
  const builds: string[] = [];
  page.on('response', (response) => {
    const url = new URL(response.url());
    if (url.pathname.startsWith('/data/'))
      builds.push(`${response.status()} ${url.searchParams.get('b')?.split('-')[0]}`);
  });
  const choose = async () => {
    await page.getByRole('button', { name: /^Period/ }).click();
    await page.getByRole('button', { name: /^Last day/ }).click();
    await expect(page.locator('.context')).toContainText('one day');
  };
  await rebuild();
  // The gate looks for a new build every two seconds.
  pass(3);
  await choose();
  expect([...new Set(builds)]).toEqual(['200 2']);
  // Loaded again it belongs to the new build, also where the browser had the page and was told that it is the same.
  builds.length = 0;
  await page.reload();
  await expect(page.locator('.context')).toContainText('one day');
  await expect.poll(() => [...new Set(builds)]).toEqual(['200 3']);
  await close();
});

for (const keepsPages of [true, false]) {
  test(`after sign-out and “Back” nothing is shown, ${keepsPages ? 'also where the browser keeps pages' : 'from no cache'}`, async () => {
    const { origin, close } = await gate();
    const browser = await chromium.launch({
      ...launchOptions({ whole: keepsPages }),
      ...(keepsPages && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    });
    const page = await (await browser.newContext()).newPage();
    await signIn(page, origin, 'Ann One', '/calls/only-org_1/');
    await expect(page.getByText('my parcel has not come')).toBeVisible();
    await account(page).click();
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    for (let steps = 0; steps < 3; steps++) {
      await page.goBack().catch(() => undefined);
      await page.waitForLoadState();
      expect(await page.locator('body').textContent()).not.toContain('parcel has not come');
      await expect(page.locator('.brand, .session-menu')).toHaveCount(0);
    }
    await page.goto(`${origin}/calls/only-org_1/`);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await browser.close();
    await close();
  });
}

test('a page that the browser kept is shown again only after the gate was asked', async () => {
  const { origin, lines, close } = await gate();
  const browser = await chromium.launch({
    ...launchOptions({ whole: true }),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, origin, 'Ann One', '/calls/only-org_1/');
  await expect(account(page)).toBeVisible();
  await page.goto(`${origin}/healthz`);
  // As if the session had ended somewhere else.
  await context.clearCookies();
  lines.length = 0;
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  // The page came from the browser's memory: the first thing that the gate was asked is whose it is. Icons belong to nobody.
  expect(lines.find((line) => !line.includes(' /assets/'))).toBe('401 /session');
  await person(page, 'Ann One').getByRole('button').click();
  await expect(page).toHaveURL(`${origin}/calls/only-org_1/`);
  await browser.close();
  await close();
});

test('a link of another organization’s digest shows nothing before it is chosen, and then leads there', async ({
  page,
}) => {
  const { origin, close } = await gate();
  await signIn(page, origin, 'Bob Both');
  const link = `${origin}/calls/only-org_12/?rule=x&o=${linkMark('org_12')}`;
  expect((await page.goto(link))?.status()).toBe(403);
  await expect(page.getByRole('heading', { name: 'This link belongs to another' })).toBeVisible();
  expect(await page.content()).not.toContain('Letters');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Select an organization' }).click();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: /Letters/ }).click();
  await expect(page).toHaveURL(link);
  await expect(page.locator('.brand')).toContainText('Letters Ltd');
  await close();
});

/** Stands in for Clerk's scripts, which come from its own servers: what the gate's pages ask of them, and nothing more. */
async function standInForClerk(page: Page, memberships: { id: string; name: string }[]): Promise<void> {
  const headers = { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' };
  const clerk = `(() => {
    const memberships = ${JSON.stringify(memberships)};
    const mount = (name) => (node) => { const b = document.createElement('button'); b.textContent = name; node.append(b); };
    const user = { getOrganizationMemberships: async () => ({ data: memberships.map((organization) => ({ organization })) }) };
    window.Clerk = {
      loaded: false, user, organization: null,
      async load() { this.loaded = true; }, addListener() {},
      mountSignIn: mount('Clerk signs in'), mountOrganizationList: mount('Clerk lists'),
      async setActive({ organization }) { sessionStorage.setItem('active', organization); },
      async signOut({ redirectUrl }) { location.assign(redirectUrl); },
    };
  })();`;
  await page.route(/\/npm\/@clerk\/clerk-js@6\.40\.0\//, (route) => route.fulfill({ headers, body: clerk }));
  await page.route(/\/npm\/@clerk\/ui@1\.36\.0\//, (route) =>
    route.fulfill({ headers, body: 'window.__internal_ClerkUICtor = class {};' }),
  );
}

test('Clerk’s components find their place under the policy of their pages, and by keyboard', async ({ page }) => {
  const { origin, close } = await gate(true);
  const seen = watch(page);
  await standInForClerk(page, []);
  await page.goto(`${origin}/calls/?rule=x`);
  await expect(page).toHaveURL(`${origin}/sign-in?redirect_url=${encodeURIComponent('/calls/?rule=x')}`);
  await expect(page.getByText('/calls/?rule=x')).toBeVisible();

  await expect(page.getByRole('button', { name: 'Clerk signs in' })).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Clerk signs in' })).toBeFocused();
  expect(seen).toEqual([]);
  await close();
});

test('who belongs to one organization need not choose, who belongs to none is told whom to ask', async ({ page }) => {
  const { origin, identity, close } = await gate(true);
  const seen = watch(page);
  await standInForClerk(page, []);
  await page.goto(`${identity}/sign-in`);
  await person(page, 'Nora None').getByRole('button').click();
  await page.goto(`${origin}/agents/`);
  await expect(page).toHaveURL(`${origin}/select-organization?redirect_url=%2Fagents%2F`);
  await expect(page.getByRole('status')).toContainText('Ask your administrator');
  await expect(page.getByRole('button', { name: 'Clerk lists' })).toBeHidden();
  expect(await faultsOf(page)).toEqual([]);
  await page.unrouteAll();
  await standInForClerk(page, [
    { id: 'org_1', name: 'Parcels Ltd' },
    { id: 'org_12', name: 'Letters Ltd' },
  ]);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Clerk lists' })).toBeVisible();
  expect(await page.evaluate(() => sessionStorage.getItem('active'))).toBe(null);
  await page.unrouteAll();
  await standInForClerk(page, [{ id: 'org_1', name: 'Parcels Ltd' }]);
  await page.route(`${origin}/agents/`, (route) => route.fulfill({ body: 'the agents' }));
  await page.reload();
  await page.waitForURL(`${origin}/agents/`);
  expect(await page.evaluate(() => sessionStorage.getItem('active'))).toBe('org_1');
  await page.goto(`${origin}/sign-out`);
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  expect(seen).toEqual([]);
  await close();
});
