/** What a reader hands over to another, and what a tenant has saved for all. */
import { expect, test } from '@playwright/test';
import { linkMark } from '../../generator/lib/link-mark.ts';
import { faultsOf } from './axe.ts';
import { gate, signIn, VIEWS } from './gated.ts';

let site: Awaited<ReturnType<typeof gate>>;
let origin = '';
test.beforeAll(async () => {
  site = await gate();
  origin = site.origin;
});
test.afterAll(() => site.close());

test('a call, a turn, a quote, a list and an agent are handed over by their address, which says whose site it is of', async ({
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const clip = () => page.evaluate(() => navigator.clipboard.readText());
  const mark = linkMark('org_1');
  await signIn(page, origin, 'Bob Both', '/calls/only-org_1/?agent=ann@agents.example');
  const own = page.locator('.hand-over');
  await own.getByRole('button', { name: 'Copy link' }).click();
  await expect(own.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await clip()).toBe(`${origin}/calls/only-org_1/?o=${mark}`);
  // Of the list that the call was opened from, an agent's address among it, nothing goes into the message.
  const letter = new URL((await own.getByRole('link', { name: 'Write to somebody' }).getAttribute('href')) ?? '');
  expect([letter.protocol, letter.pathname]).toEqual(['mailto:', '']);
  expect(Object.fromEntries(letter.searchParams)).toEqual({
    subject: 'Call only-org_1',
    body: `${origin}/calls/only-org_1/?o=${mark}\n`,
  });

  const second = page.locator('#t-2');
  await second.hover();
  await second.getByRole('button', { name: 'Copy quote' }).click();
  await expect(second.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = `${origin}/calls/only-org_1/?o=${mark}#t-2`;
  expect(await clip()).toBe(`“my parcel has not come”\nCustomer, 00:05, call only-org_1\n${link}`);
  // By keyboard: from the time of a turn on to its buttons.
  await page.locator('#t-1 .at').focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('#t-1').getByRole('button', { name: 'Copy link' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#t-1').getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await clip()).toBe(`${origin}/calls/only-org_1/?o=${mark}#t-1`);
  expect(await faultsOf(page)).toEqual([]);

  await page.goto(`${origin}/calls/?qa=passed&sort=-length`);
  await page.locator('.explorer-tools').getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await clip()).toBe(`${origin}/calls/?qa=passed&sort=-length&o=${mark}`);
  await page.goto(await clip());
  await expect(page.locator('#calls-count')).toHaveText('1 call');
  await expect(page.locator('.explorer-wrong')).toHaveCount(0);

  await page.goto(`${origin}/agents/`);
  await page.locator('tbody a[href^="/agents/"]').first().click();
  await expect(page).toHaveURL(/\/agents\/.+\/$/);
  await page.locator('.range-place').getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await clip()).toBe(`${page.url()}?o=${mark}`);
});

test('saved views are listed on the page of all calls, and found by the search beside words in summaries', async ({
  page,
}) => {
  await signIn(page, origin, 'Bob Both', '/calls/');
  /** The search by its key, which works from when its button shows. */
  const search = async (text: string) => {
    await expect(page.getByRole('button', { name: 'Search' })).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type(text);
  };
  const links = page.getByRole('navigation', { name: 'Saved views' }).getByRole('link');
  await expect(links).toHaveText(VIEWS.map(({ name }) => name));
  expect(await faultsOf(page)).toEqual([]);
  await links.first().click();
  await expect(page).toHaveURL(`${origin}/calls/?qa=passed`);
  await expect(page.locator('#calls-count')).toHaveText('1 call');

  await search('');
  const views = page.getByRole('group', { name: 'Saved views' }).getByRole('option');
  await expect(views).toHaveText(VIEWS.map(({ name }) => name));
  await page.keyboard.type('failed');
  await expect(views).toHaveText(['Failed']);
  await expect(page.getByRole('option').last()).toHaveText('Look for “failed” in summaries');
  await views.click();
  await expect(page).toHaveURL(`${origin}/calls/?qa=failed`);
  await search('a parcel');
  await page.getByRole('option', { name: 'Look for “a parcel” in summaries' }).click();
  await expect(page).toHaveURL(`${origin}/calls/?text=a+parcel`);
  await expect(page.locator('#calls-count')).toHaveText('1 call');
});
