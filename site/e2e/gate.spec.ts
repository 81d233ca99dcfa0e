import { expect, type Page, test } from '@playwright/test';
import { CONFIG, memoryWorld, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import { freePort } from '../../scripts/demo/identity/free-port.ts';
import { startIdentity } from '../../scripts/demo/identity/identity.ts';
import { loadHandler } from '../gate/bundle.ts';
import { startGate } from '../gate/front.ts';
import { openSites } from '../gate/sites.ts';

const ORGANIZATIONS = [
  { org: 'org_1', name: 'Parcels Ltd' },
  { org: 'org_12', name: 'Letters Ltd' },
  { org: 'org_new', name: 'Brand New Ltd' },
];
const PERSONS = [
  { userId: 'user_one', name: 'Ann One', email: 'ann@one.example', orgs: ['org_1'] },
  { userId: 'user_both', name: 'Bob Both', email: 'bob@both.example', orgs: ['org_1', 'org_12'] },
  { userId: 'user_new', name: 'Nia New', email: 'nia@new.example', orgs: ['org_new'] },
  { userId: 'user_none', name: 'Nora None', email: 'nora@none.example', orgs: [] },
];

/** Two published sites, an organization without one, and a gate with the demo identity before them. */
async function gate(life = 60) {
  const world = memoryWorld({ renderer: await openRenderer() });
  for (const { org, name } of ORGANIZATIONS.slice(0, 2)) {
    await world.config.put(`${org}/report-config.json`, JSON.stringify({ ...CONFIG, name }));
    await putCall(world.results, org, { id: `only-${org}` });
  }
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  await world.results.put('demo-store.json', '{"synthetic":true}');
  const origin = `http://127.0.0.1:${await freePort()}`;
  const identity = await startIdentity({
    gateOrigin: origin,
    persons: PERSONS,
    organizations: ORGANIZATIONS,
    port: 0,
    results: world.results,
    life,
  });
  const front = await startGate({
    handler: await loadHandler(),
    sites: openSites(world.reports),
    settings: identity.gate,
  });
  return { origin, close: () => Promise.all([front.close(), identity.close()]) };
}

const person = (page: Page, name: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name }) });

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

test('a session outlives its token: a click after it has expired needs no new sign-in', async ({ page }) => {
  const { origin, close } = await gate(1);
  await page.goto(origin);
  await person(page, 'Ann One').getByRole('button').click();
  await expect(page.locator('header')).toContainText('Parcels Ltd');
  // One second of life and five of tolerated clock difference.
  await page.waitForTimeout(6500);
  await page.getByRole('navigation').getByRole('link', { name: 'Calls' }).click();
  await expect(page).toHaveURL(`${origin}/calls/`);
  await expect(page.locator('header')).toContainText('Parcels Ltd');
  await close();
});

test('a session outlives its token for figures too: they are fetched after it was renewed out of sight', async ({
  page,
}) => {
  const { origin, close } = await gate(2);
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
  // No sooner than the token and Clerk's allowance for clocks that differ are over.
  await expect
    .poll(async () => (await page.request.get(`${origin}/data/site.json`)).status(), { timeout: 30_000 })
    .toBe(401);
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
