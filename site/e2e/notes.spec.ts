/** What readers write and save for themselves, in this browser alone: coaching notes on an agent's page, and views. */
import { expect, type Page, test } from '@playwright/test';
import { isLong } from '../../generator/fixtures/long.ts';
import { rule } from '../../generator/fixtures/world.ts';
import { linkMark } from '../../generator/lib/link-mark.ts';
import { DAY, today } from '../report/kept/kept.ts';
import { faultsOf } from './axe.ts';
import { comes, gate, kept, menu, pass, signIn, signOut, VIEWS } from './gated.ts';
import { serveSite } from './static.ts';

let site: Awaited<ReturnType<typeof gate>>;
let origin = '';
test.beforeAll(async () => {
  site = await gate();
  origin = site.origin;
});
test.afterAll(() => site.close());
// One after the other: they share a world.
test.describe.configure({ mode: 'default' });
/** Where all is tested that tests have. */
const longTest = isLong ? test : test.skip;

const ANN = '/agents/ann@agents.example/';
const HOSTILE = '<img src=x onerror=alert(1)> "listen"\n  & </textarea>';

const note = (page: Page) => page.getByRole('textbox', { name: 'What to do, and by when' });
const about = (page: Page) => page.locator('.coaching');

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Your saved views' });
const listed = (page: Page) => page.getByRole('navigation', { name: 'Saved views' }).getByRole('listitem');
const own = (page: Page) => page.locator('.views .yours').filter({ has: page.getByRole('link') });
const CONFIGURED = VIEWS.map(({ name }) => name);

/** Save what the page shows, in the open dialog. */
async function saveAs(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
}

test('a note and a view are their reader’s in their organization, and are kept until the sign-out', async ({
  page,
}) => {
  await signIn(page, origin, 'Bob Both', ANN);
  await expect(about(page)).toContainText('Kept in this browser only, for 90 days after the last change');
  await note(page).fill(HOSTILE);
  const last = new Date((today() + 89) * DAY);
  await expect(about(page)).toContainText(
    `until ${last.toLocaleDateString('en-GB', { weekday: 'short' })} ${last.getUTCDate()} `,
  );
  expect(await faultsOf(page)).toEqual([]);
  // Neither whose it is nor whom it is about.
  expect(JSON.parse(await kept(page)).map(([key, value]: [string, string]) => [key, JSON.parse(value)[0][1]])).toEqual([
    [expect.stringMatching(/^cci [0-9a-f]{32} note \d+$/), HOSTILE],
  ]);
  expect(await kept(page)).not.toMatch(/ann@|org_|user_|Ann/);
  await page.reload();
  await expect(note(page)).toHaveValue(HOSTILE);
  await page.goto(`${origin}/calls/?qa=passed`);
  await page.getByRole('button', { name: 'Save view' }).click();
  await saveAs(page, 'Bob’s');
  await page.keyboard.press('Escape');
  await expect(own(page)).toHaveText(['Bob’s yours']);
  const showsNone = async () => {
    await expect(note(page)).toHaveValue('');
    await page.goto(`${origin}/calls/`);
    await expect(page.getByRole('button', { name: 'Save view' })).toBeVisible();
    await expect(own(page)).toHaveCount(0);
    await page.goto(`${origin}${ANN}`);
  };

  // The same agent in another organization, and another reader of this one.
  await page.goto(`${origin}/select-organization?redirect_url=${ANN}`);
  await page.getByRole('button', { name: /Letters/ }).click();
  await page.waitForURL(`${origin}${ANN}`);
  await showsNone();
  await note(page).fill('of Letters');
  await comes(page, origin, 'Ann One', ANN);
  await showsNone();
  await note(page).fill('of Ann');
  await comes(page, origin, 'Bob Both', ANN);
  await expect(note(page)).toHaveValue(HOSTILE);
  await page.goto(`${origin}/calls/`);
  await expect(own(page)).toHaveText(['Bob’s yours']);

  await signOut(page, origin);
  expect(await kept(page)).toBe('[]');
});

test('a note is deleted and brought back, copied with the sheet as text, and printed', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await site.rebuild({
    id: 'failed',
    call: { overall: 'negative', overall_score: 40 },
    qa: [rule('Identity verified', { pass: false })],
  });
  // The gate looks for a new build every two seconds.
  pass(3);
  await signIn(page, origin, 'Bob Both', ANN);
  await note(page).focus();
  await page.keyboard.type('listen / again?');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^ann\n30 Mar 2026\nCalls 2 · .+\n\n/);
  const link = `${origin}/calls/failed/?o=${linkMark('org_1')}`;
  expect(text).toContain(`\n\nCalls to work on\nIdentity verified, critical: Mon 30 Mar, 11:00, ${link}\n\n`);
  expect(text).toMatch(/\n\nCoaching notes\nlisten \/ again\?\n$/);

  await page.emulateMedia({ media: 'print' });
  await expect(about(page).locator('.note-paper')).toHaveText('listen / again?');
  await expect(note(page)).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Agreed in this conversation' })).toBeVisible();
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('button', { name: 'Delete note' }).click();
  await expect(note(page)).toHaveValue('');
  expect(await kept(page)).not.toContain('note');
  await page.emulateMedia({ media: 'print' });
  await expect(about(page)).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(note(page)).toHaveValue('listen / again?');
  expect(await kept(page)).toContain('listen / again?');
});

test('of two tabs the newest note counts, with a way back, and a sign-out in one of them takes it from both', async ({
  page,
  context,
}) => {
  await signIn(page, origin, 'Bob Both', ANN);
  await note(page).fill('first');
  const other = await context.newPage();
  await other.goto(`${origin}${ANN}`);
  await expect(note(other)).toHaveValue('first');
  await note(other).fill('second');
  await expect(note(page)).toHaveValue('second');
  await expect(about(page)).toContainText('Changed in another tab. Undo');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(note(other)).toHaveValue('first');

  await signOut(other, origin);
  await expect(about(page)).toHaveCount(0);
  expect(await kept(other)).toBe('[]');
});

longTest(
  'where the browser keeps nothing, that is said, and the text can be copied and printed all the same',
  async ({ page }) => {
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('refused', 'SecurityError');
        },
      }),
    );
    await signIn(page, origin, 'Bob Both', ANN);
    await note(page).fill('listen');
    await expect(about(page)).toContainText('gone when you leave this page');
    await expect(page.getByRole('button', { name: 'Copy as text' })).toBeVisible();
    await expect(about(page).locator('.note-paper')).toHaveText('listen');
  },
);

longTest(
  'a note is gone 90 days after its last change; an exported site has no place for one, nor for a view',
  async ({ page }) => {
    await signIn(page, origin, 'Bob Both', ANN);
    await note(page).fill('listen');
    /** Let the browser's clock stand at a day, and open the page. */
    const openAt = async (day: number) => {
      await page.clock.setFixedTime(day * DAY);
      await page.goto(`${origin}${ANN}`);
      await expect(about(page)).toBeVisible();
    };
    const begun = today();
    await openAt(begun + 89);
    await expect(note(page)).toHaveValue('listen');
    await openAt(begun + 90);
    await expect(note(page)).toHaveValue('');
    expect(await kept(page)).not.toContain('listen');

    const exported = await serveSite(site.reports, 'org_1');
    await page.goto(`${exported.url}${ANN}`, { waitUntil: 'networkidle' });
    await expect(page.getByRole('heading', { name: 'Coaching notes' })).toHaveCount(0);
    await page.goto(`${exported.url}/calls/?qa=passed`, { waitUntil: 'networkidle' });
    await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save view' })).toHaveCount(0);
    expect(await kept(page)).toBe('[]');
    await exported.close();
  },
);

test('a view is saved under a name, found on Calls and by the search, renamed and deleted', async ({ page }) => {
  await signIn(page, origin, 'Bob Both', '/calls/?qa=passed&sort=-length');
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(dialog(page)).toContainText('for 30 days after you last opened each, or until you sign out');
  await saveAs(page, '<b>Long</b> ones');
  await expect(dialog(page).getByRole('status')).toHaveText('Saved.');
  await saveAs(page, '<b>Long</b> ones');
  await expect(dialog(page).getByRole('status')).toContainText('already');
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(listed(page)).toHaveText([...CONFIGURED, '<b>Long</b> ones yours', 'Rename or delete']);

  await page.goto(`${origin}/about/`);
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('long');
  const found = page.getByRole('group', { name: 'Saved views' }).getByRole('option');
  await expect(found).toHaveText(['<b>Long</b> ones yours']);
  await found.click();
  await expect(page).toHaveURL(`${origin}/calls/?qa=passed&sort=-length`);

  // What was said or who called is not kept.
  await page.goto(`${origin}/calls/?text=a+parcel`);
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(dialog(page)).toContainText('neither is kept in this browser');
  await expect(dialog(page).getByRole('textbox')).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Rename <b>Long</b> ones' }).click();
  await page.keyboard.type('Longest');
  await page.keyboard.press('Enter');
  await expect(own(page)).toHaveText(['Longest yours']);
  await dialog(page).getByRole('button', { name: 'Delete Longest' }).click();
  await expect(own(page)).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await expect(own(page)).toHaveText(['Longest yours']);
  expect(await kept(page)).not.toMatch(/parcel|org_|user_/);
});

longTest('a page of figures is saved with its period', async ({ page }) => {
  const path = '/?from=2026-03-30&to=2026-03-30';
  await signIn(page, origin, 'Bob Both', path);
  await page.locator('.range-place').getByRole('button', { name: 'Save view' }).click();
  await saveAs(page, 'A day');
  await expect(dialog(page).getByRole('link', { name: 'A day' })).toHaveAttribute('href', path);
  await page.goto(`${origin}/calls/`);
  await page.getByRole('button', { name: 'Rename or delete' }).click();
  await expect(dialog(page)).toContainText('Choose a period or a filter first');
  await dialog(page).getByRole('link', { name: 'A day' }).click();
  await expect(page).toHaveURL(`${origin}${path}`);
});
