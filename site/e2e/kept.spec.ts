/** What a browser keeps: for one reader of one organization, where there is a gate, and until the sign-out. */
import { expect, type Page, test } from '@playwright/test';
import { gate, person, signIn } from './gated.ts';

const listed = (page: Page) => page.locator('#explorer .calls-listed');
const head = (page: Page, name: string) => listed(page).getByRole('columnheader', { name, exact: true });
const kept = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify(Object.entries(localStorage)));

/** Show a column, or hide it. */
async function tick(page: Page, ...names: string[]): Promise<void> {
  await page.locator('.column-menu summary').click();
  for (const name of names) await page.getByRole('checkbox', { name, exact: true }).click();
  await page.keyboard.press('Escape');
}

async function switchTo(page: Page, origin: string, name: RegExp): Promise<void> {
  await page.goto(`${origin}/select-organization?redirect_url=/calls/`);
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${origin}/calls/`);
  await expect(head(page, 'Length')).toBeVisible();
}

test('columns come back to who chose them where they did, to nobody else, and none stay after the sign-out', async ({
  page,
}) => {
  const { origin, close } = await gate();
  await signIn(page, origin, 'Bob Both', '/calls/');
  await tick(page, 'Agent', 'Direction', 'Queue');
  await expect(head(page, 'Direction')).toBeVisible();
  await expect(head(page, 'Queue')).toBeVisible();

  // The same person, in another organization, whose choice is another one.
  await switchTo(page, origin, /Letters/);
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

  await page.goto(`${origin}/sign-out`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  expect(await kept(page)).toBe('[]');
  await signIn(page, origin, 'Ann One', '/calls/');
  await expect(head(page, 'Agent')).toBeVisible();
  await close();
});

test('nothing that is kept is read before the gate has said who reads the page', async ({ page }) => {
  const { origin, close } = await gate();
  await signIn(page, origin, 'Bob Both', '/calls/');
  await tick(page, 'Direction');
  await expect(head(page, 'Direction')).toBeVisible();
  await page.addInitScript(() => {
    const read: string[] = Object.assign(window, { read: [] as string[] }).read;
    const { getItem, key } = Storage.prototype;
    Storage.prototype.getItem = function (name) {
      read.push(name);
      return getItem.call(this, name);
    };
    Storage.prototype.key = function (at) {
      read.push(`key ${at}`);
      return key.call(this, at);
    };
  });
  const reads = () => page.evaluate(() => (window as Window & { read?: string[] }).read);
  let answer = (): void => undefined;
  const asked = new Promise<void>((done) => {
    answer = done;
  });
  await page.route('**/session?*', async (route) => {
    await asked;
    await route.continue();
  });
  await page.reload();
  await expect(head(page, 'Length')).toBeVisible();
  await expect(head(page, 'Direction')).toHaveCount(0);
  expect(await reads()).toEqual([]);
  answer();
  await expect(head(page, 'Direction')).toBeVisible();
  expect(await reads()).not.toEqual([]);
  await close();
});
