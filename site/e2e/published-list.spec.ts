/** The list of the newest calls as it was published: what stands until the explorer is there, and where it does not come. */
import { expect, type Page, test } from '@playwright/test';
import { type DemoSite, serveDemo } from './demo.ts';

let site: DemoSite;

test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

const rows = (page: Page) => page.locator('#calls-static tbody tr');
const lastRow = (page: Page) => rows(page).last();

test('the newest calls are never shown as the answer to something else; where no script comes, all are listed', async ({
  browser,
  page,
}) => {
  await page.route(/\/assets\/Calls.*\.js$/, (route) => route.abort());
  await page.goto(`${site.url}/calls/?qa=failed`);
  await expect(page.getByText('Looking for these calls…')).toBeVisible();
  await expect(page.locator('#calls-static')).toBeHidden();
  await page.goto(`${site.url}/calls/?o=1234abcd`);
  await expect(lastRow(page)).toBeVisible();
  const plain = await browser.newPage({ javaScriptEnabled: false });
  await plain.goto(`${site.url}/calls/`);
  await expect(lastRow(plain)).toBeVisible();
  await expect(plain.getByText('Looking for these calls…')).toBeHidden();
  await plain.close();
});

test('a page waits for the rows of a screen or two, not for thousands; where the explorer fails, all come', async ({
  page,
}) => {
  let answer = () => {};
  const isAsked = new Promise<void>((asked) => {
    void page.route('**/data/site.json', (route) => {
      answer = () => void route.abort();
      asked();
    });
  });
  await page.goto(`${site.url}/calls/`);
  await isAsked;
  expect(await rows(page).count()).toBeGreaterThan(100);
  // A row that is not shown has no box, which somebody would have to wait for.
  const boxes = () => rows(page).evaluateAll((all) => all.filter((row) => row.getClientRects().length > 0).length);
  expect(await boxes()).toBe(40);
  answer();
  await expect(page.getByRole('alert')).toContainText('Below are the newest calls');
  expect(await boxes()).toBe(await rows(page).count());
});

test('the published rows leave the page once the explorer stands, and come back where it fails later', async ({
  page,
}) => {
  await page.goto(`${site.url}/calls/`);
  await expect(page.locator('#calls-count')).toHaveText(/^[\d,]+ calls?$/);
  await expect(rows(page)).toHaveCount(0);
  await page.evaluate(() => {
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', {
      get() {
        throw new Error('no numbers any more');
      },
    });
  });
  await page.getByRole('group', { name: 'Sentiment', exact: true }).getByRole('checkbox').first().press('Space');
  await expect(page.getByRole('alert')).toContainText('Below are the newest calls');
  await expect(lastRow(page)).toBeVisible();
  expect(await rows(page).count()).toBeGreaterThan(100);
});
