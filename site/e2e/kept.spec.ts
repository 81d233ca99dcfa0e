/** What a browser keeps, for one reader of one organization and until the sign-out. */
import { expect, type Page, test } from '@playwright/test';
import { linkMark } from '../../generator/lib/link-mark.ts';
import { faultsOf } from './axe.ts';
import { comes, gate, kept, menu, person, signIn, signOut } from './gated.ts';
import { serveSite } from './static.ts';

let site: Awaited<ReturnType<typeof gate>>;
let origin = '';
test.beforeAll(async () => {
  site = await gate();
  origin = site.origin;
});
test.afterAll(() => site.close());

const listed = (page: Page) => page.locator('#explorer .calls-listed');
const head = (page: Page, name: string) => listed(page).getByRole('columnheader', { name, exact: true });

/** Show a column, or hide it. */
async function tick(page: Page, ...names: string[]): Promise<void> {
  await page.locator('.column-menu summary').click();
  for (const name of names) await page.getByRole('checkbox', { name, exact: true }).click();
  await page.keyboard.press('Escape');
}

async function switchTo(page: Page, name: RegExp): Promise<void> {
  await page.goto(`${origin}/select-organization?redirect_url=/calls/`);
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${origin}/calls/`);
  await expect(head(page, 'Length')).toBeVisible();
}

/** Keep `/session` waiting from now on, until the returned function is called. */
async function holdSession(page: Page): Promise<() => void> {
  let answer = (): void => undefined;
  const asked = new Promise<void>((done) => {
    answer = done;
  });
  await page.route('**/session?*', async (route) => {
    await asked;
    await route.continue();
  });
  return answer;
}

test('columns come back to who chose them where they did, to nobody else, and none stay after the sign-out', async ({
  page,
}) => {
  await signIn(page, origin, 'Bob Both', '/calls/');
  await tick(page, 'Agent', 'Direction', 'Queue');
  await expect(head(page, 'Direction')).toBeVisible();
  await expect(head(page, 'Queue')).toBeVisible();

  // The same person, in another organization, whose choice is another one.
  await switchTo(page, /Letters/);
  await expect(page.locator('.session-menu')).toBeVisible();
  await expect(head(page, 'Agent')).toBeVisible();
  await expect(head(page, 'Direction')).toHaveCount(0);
  await tick(page, 'Call');
  expect(await kept(page)).toMatch(/started.*started/);

  // Another person in the first one, after a session that ended without a sign-out.
  await page.context().clearCookies();
  await signIn(page, origin, 'Ann One', '/calls/');
  await expect(page.locator('.session-menu')).toContainText('ann@one.example');
  await expect(head(page, 'Agent')).toBeVisible();
  await expect(head(page, 'Direction')).toHaveCount(0);

  // The first one again: the choice is there, without the names of the tenant's own fields.
  await page.context().clearCookies();
  await page.goto(`${origin}/calls/`);
  await person(page, 'Bob Both').getByRole('button').first().click();
  await expect(head(page, 'Direction')).toBeVisible();
  await expect(head(page, 'Agent')).toHaveCount(0);
  await expect(head(page, 'Queue')).toHaveCount(0);
  expect(await kept(page)).not.toMatch(/queue|org_|user_|example|Parcels|Letters/i);

  await signOut(page, origin);
  expect(await kept(page)).toBe('[]');
  await signIn(page, origin, 'Ann One', '/calls/');
  await expect(head(page, 'Agent')).toBeVisible();
});

test('nothing that is kept is read before the gate has said who reads the page', async ({ page }) => {
  await signIn(page, origin, 'Bob Both', '/calls/');
  await tick(page, 'Direction');
  await expect(head(page, 'Direction')).toBeVisible();
  await page.addInitScript(() => {
    const read: string[] = Object.assign(window, { read: [] as string[] }).read;
    const { getItem } = Storage.prototype;
    Storage.prototype.getItem = function (name) {
      read.push(name);
      return getItem.call(this, name);
    };
  });
  const reads = () => page.evaluate(() => (window as Window & { read?: string[] }).read);
  const answer = await holdSession(page);
  await page.reload();
  await expect(head(page, 'Length')).toBeVisible();
  await expect(head(page, 'Direction')).toHaveCount(0);
  expect(await reads()).toEqual([]);
  answer();
  await expect(head(page, 'Direction')).toBeVisible();
  expect(await reads()).not.toEqual([]);
});

const isDark = (page: Page): Promise<boolean> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor === 'rgb(16, 19, 22)');

test('light or dark is as a reader has chosen, from the first moment on, and nobody else’s; paper is white', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signIn(page, origin, 'Bob Both');
  await menu(page).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(() => isDark(page)).toBe(true);
  expect(await faultsOf(page)).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  expect(await isDark(page)).toBe(false);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });

  // Before the gate has said who reads the page, that one word is all that is known.
  const answer = await holdSession(page);
  await page.goto(`${origin}/agents/`);
  await expect(page.locator('main')).toBeVisible();
  expect(await isDark(page)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.dataset.reader)).toBeUndefined();
  answer();
  await expect(menu(page)).toBeVisible();
  expect(await isDark(page)).toBe(true);
  await page.unrouteAll();

  await switchTo(page, /Letters/);
  expect(await isDark(page)).toBe(false);
  // Another reader of the same site: what was painted for the one before is put right.
  await comes(page, origin, 'Ann One', '/');
  await expect.poll(() => isDark(page)).toBe(false);
  expect(await kept(page)).not.toContain(`cci ${linkMark('org_1')} `);
  await comes(page, origin, 'Bob Both', '/');
  await expect.poll(() => isDark(page)).toBe(true);
  expect(await kept(page)).toContain(`cci ${linkMark('org_1')} `);
  await page.emulateMedia({ colorScheme: 'dark' });
  await menu(page).click();
  await page.getByRole('radio', { name: 'Light' }).check();
  await expect.poll(() => isDark(page)).toBe(false);
  await page.getByRole('radio', { name: 'As the system' }).check();
  await expect.poll(() => isDark(page)).toBe(true);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => isDark(page)).toBe(false);
  expect(await kept(page)).not.toContain('scheme');
});

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Keys on this page' });
const keysTold = (page: Page) => dialog(page).locator('kbd').allTextContents();

test('“?” shows the keys of the page; turned off they do nothing, here and on the next page, until they are turned on', async ({
  page,
}) => {
  await signIn(page, origin, 'Bob Both', '/calls/only-org_1/');
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press('?');
  await expect(dialog(page)).toBeVisible();
  expect(await keysTold(page)).toEqual(expect.arrayContaining(['/', '?', 'f', 'j', 'k', '[', ']', 'n', 'p']));
  expect(await faultsOf(page)).toEqual([]);
  await dialog(page).getByRole('checkbox', { name: 'Use these keys' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  const nothing = async () => {
    for (const key of ['?', '/', 'f', 'j']) await page.keyboard.press(key);
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    await expect(page.getByRole('searchbox')).not.toBeFocused();
    expect(new URL(page.url()).hash).toBe('');
  };
  await nothing();
  await page.reload();
  await expect(page.locator('html[data-keys=off]')).toBeAttached();
  await nothing();
  await menu(page).click();
  await page.getByRole('button', { name: 'Keys on this page' }).click();
  await dialog(page).getByRole('checkbox', { name: 'Use these keys' }).check();
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('f');
  await expect(page.getByRole('searchbox')).toBeFocused();
  expect(await kept(page)).not.toContain(' choice ');
});

test('an exported site tells its keys too, and keeps nothing', async ({ page }) => {
  const exported = await serveSite(site.reports, 'org_1');
  await page.goto(exported.url, { waitUntil: 'networkidle' });
  await page.keyboard.press('?');
  await expect(dialog(page)).toBeVisible();
  expect(await keysTold(page)).toEqual(expect.arrayContaining(['/', '?']));
  await dialog(page).getByRole('checkbox').uncheck();
  await expect(dialog(page)).toContainText('until you leave this page');
  expect(await kept(page)).toBe('[]');
  await exported.close();
});

test('a call that was opened is said to be seen in lists, to who opened it alone, until the sign-out', async ({
  page,
}) => {
  const rows = page.locator('#explorer .calls-listed tbody th');
  const seen = rows.locator('.seen');
  const unseen = async () => {
    await expect(rows.first()).toBeVisible();
    await expect(menu(page)).toBeVisible();
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    await expect(seen).toHaveCount(0);
  };
  await signIn(page, origin, 'Bob Both', '/calls/');
  await unseen();
  await rows.locator('a').first().click();
  await page.waitForURL(`${origin}/calls/only-org_1/`);
  await expect.poll(() => kept(page)).toContain('only-org_1');
  expect(JSON.parse(await kept(page))).toEqual([
    [expect.stringMatching(/^cci [0-9a-f]{32} seen \d+$/), '[["only-org_1",""]]'],
  ]);
  await page.goBack();
  await expect(seen).toHaveText('seen');
  // A static list, on another page.
  await page.locator('#explorer .calls-listed td.agent a').first().click();
  await expect(page.locator('.agent-calls tbody th .seen')).toHaveText('seen');

  await comes(page, origin, 'Ann One', '/calls/');
  await unseen();
  await comes(page, origin, 'Bob Both', '/calls/');
  await expect(seen).toHaveText('seen');
  await signOut(page, origin);
  expect(await kept(page)).toBe('[]');
  await signIn(page, origin, 'Bob Both', '/calls/');
  await unseen();
});
