import { expect, test } from '@playwright/test';
import type { PageView } from '#shared/view.ts';
import { isLong } from '../../generator/fixtures/long.ts';
import { ODD_TENANTS, putOdd } from '../../generator/fixtures/odd.ts';
import { memoryWorld } from '../../generator/fixtures/world.ts';
import { encodeText } from '../../generator/lib/bytes.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer, type Renderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import type { Store } from '../../generator/store/store.ts';
import { faultsOf } from './axe.ts';
import { serveSite } from './static.ts';
import { watch } from './watch.ts';

const TYPES = [
  /^\/$/,
  /^\/agents\/$/,
  /^\/agents\/[^/]+\/$/,
  /^\/qa\/$/,
  /^\/topics\/$/,
  /^\/teams\/[^/]+\/$/,
  /^\/calls\/$/,
  /^\/calls\/[^/]+\/$/,
  /^\/about\/$/,
];
const MISPRINTED = /\b(undefined|NaN|Infinity|Invalid)\b|\[object/;

/** Tenants whose pages axe looks at, in one scheme each; every type of page is seen in both. */
const JUDGED = ['one-call', 'undated', 'no-qa', 'erased'];

/** Of the pages of calls and of agents, which are many and alike, one of each tenant is looked at. */
const isSeen = ({ kind, path }: PageView) =>
  (kind !== 'call' || path === '/calls/c0/') &&
  (kind !== 'agent' || path.startsWith('/agents/agent0@') || path === '/teams/Team1/');

const EMPTY = '<!doctype html>';

/** Draws what is looked at, and leaves the other pages empty. */
async function sparingRenderer(): Promise<Renderer> {
  const renderer = await openRenderer();
  return {
    ...renderer,
    render: async (view) => (isSeen(view) ? renderer.render(view) : EMPTY),
    renderAll: (views) =>
      Promise.all(views.map(async (view) => encodeText(isSeen(view) ? await renderer.render(view) : EMPTY))),
  };
}

let reports: Store;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  const world = memoryWorld({ renderer: await sparingRenderer() });
  await putOdd(world.results, world.config);
  const context = { ...world, logFor: () => silentLog };
  await buildAll(context, undefined);
  for await (const { key } of world.results.list('erased/')) await world.results.remove(key);
  await buildAll(context, ['erased']);
  reports = world.reports;
});

for (const { org, absent } of ODD_TENANTS)
  test(`every page type of the tenant ${org} says what there is, and nothing else`, async ({ browser }) => {
    const site = await serveSite(reports, org);
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const seen = await watch(page, site.url);
    const paths = TYPES.flatMap((type) => site.paths.find((path) => type.test(path)) ?? []);
    expect(paths.length).toBeGreaterThanOrEqual(org === 'erased' ? 3 : 5);
    for (const [at, path] of [...paths, '/404.html'].entries()) {
      await page.goto(`${site.url}${path}`);
      await expect(page.locator('h1'), path).toHaveCount(1);
      // biome-ignore lint/performance/useDomNodeTextContent: only what is seen, with space between cells
      const text = await page.locator('body').innerText();
      expect(text.match(MISPRINTED)?.[0], path).toBeUndefined();
      if (absent && path !== '/about/') expect(text.match(absent)?.[0], path).toBeUndefined();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, path).toBeLessThanOrEqual(0);
      // Together these have what a page lacks; full pages have their own tests.
      if (!JUDGED.includes(org)) continue;
      const schemes = ['light', 'dark'] as const;
      for (const colorScheme of isLong ? schemes : [schemes[(at + JUDGED.indexOf(org)) % 2] ?? 'light']) {
        await page.emulateMedia({ colorScheme });
        expect(await faultsOf(page), `${path} ${colorScheme}`).toEqual([]);
      }
    }
    expect(seen).toEqual([]);
    await context.close();
    await site.close();
  });

test('of hundreds of agents the heat map shows the weakest, and leads to the others', async ({ page }) => {
  const site = await serveSite(reports, 'many-agents');
  await page.goto(`${site.url}/qa/`);
  const map = page.getByRole('region', { name: 'Who fails what' });
  await expect(map.locator('tbody tr')).toHaveCount(40 + 60 + 1);
  await map.getByRole('link', { name: 'the 40 weakest of 500 agents' }).click();
  await expect(page.getByRole('heading', { name: '500 agents' })).toBeVisible();
  // Nearly as many topics as calls: the most frequent one is no news.
  await page.goto(site.url);
  await expect(page.getByRole('region', { name: 'What calls are about' })).toContainText(
    'most frequent topics are those of',
  );
  await page.goto(`${site.url}/topics/`);
  await expect(page.locator('.lead')).toContainText('Topics differ from call to call: the');
  await site.close();
});

test('an agent who fails many rules still fits on two sheets', async ({ page }) => {
  const site = await serveSite(reports, 'many-rules');
  await page.goto(`${site.url}${site.paths.find((path) => /^\/agents\/[^/]+\/$/.test(path))}`);
  await expect(page.getByRole('region', { name: 'QA fail reasons' }).locator('tbody tr')).toHaveCount(15);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2);
  await site.close();
});
