import { chromium, expect, test } from '@playwright/test';
import type { BuildContext } from '../../generator/build/context.ts';
import { HOSTILE, putHostile } from '../../generator/fixtures/hostile.ts';
import { isLong } from '../../generator/fixtures/long.ts';
import { CONFIG, memoryWorld, putCall } from '../../generator/fixtures/world.ts';
import { stableJson } from '../../generator/lib/bytes.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import type { Store } from '../../generator/store/store.ts';
import { launchOptions } from '../../scripts/browser.ts';
import { faultsOf } from './axe.ts';
import { serveDemo } from './demo.ts';
import { serveSite } from './static.ts';
import { watch } from './watch.ts';

/** The site of a tenant that `put` writes. */
async function siteOf(org: string, put: (world: BuildContext) => Promise<unknown>): Promise<Store> {
  const world = memoryWorld({ renderer: await openRenderer() });
  await put(world);
  await buildAll({ ...world, logFor: () => silentLog }, [org]);
  return world.reports;
}

/** What no page has of itself; its own scripts are among the public assets. */
const NOT_OURS = 'script:not([src^="/assets/"]), iframe, object, embed, [onerror], [onload], main [style]';

/** Of the pages of agents and of rows of sheets; all of them in `npm run soak -- long`. */
const EVERY = 4;

test('nothing of hostile text runs without the policy either', async ({ page }) => {
  const reports = await siteOf('org_hostile', ({ results, config }) => putHostile(results, config, 'org_hostile'));
  const site = await serveSite(reports, 'org_hostile', { withPolicy: false });
  const seen = await watch(page, site.url);
  const pages = site.paths.filter((path) => path.endsWith('/'));
  expect(pages.length).toBeGreaterThan(HOSTILE.length + 5);
  const calls = new Map(HOSTILE.map((text, i) => [`/calls/h${i}/`, text]));
  const isMany = (path: string) => /^\/(?:agents|calls)\/[^/]+\/$/.test(path) && !calls.has(path);
  for (const path of pages.filter((each, i) => isLong || !isMany(each) || i % EVERY === 0)) {
    await page.goto(`${site.url}${encodeURI(path)}`);
    await expect(page.locator('h1')).toHaveCount(1);
    expect(await page.locator(NOT_OURS).count(), path).toBe(0);
    const text = calls.get(path);
    if (text === undefined) continue;
    calls.delete(path);
    const shown = (await page.locator('#t-1').textContent()) ?? '';
    // The parser shows a NUL as the replacement character, or not at all.
    const visible = text.replace('\u0000', '').trim();
    expect(shown.replaceAll('\ufffd', ''), text).toContain(visible);
  }
  expect([...calls.keys()]).toEqual([]);
  expect(seen).toEqual([]);
  await site.close();
});

test('no page is wider than a phone, nor scrolls sideways on a desk', async () => {
  // Widths are those of fonts as they are drawn on a screen.
  const browser = await chromium.launch(launchOptions({ whole: true }));
  const page = await browser.newPage();
  for (const index of [0, 1]) {
    const site = await serveDemo(index);
    const first = (prefix: string) => site.paths.filter((path) => path.startsWith(prefix)).slice(1, 3);
    const paths = [
      '/',
      '/agents/',
      '/calls/',
      '/qa/',
      '/calibration/',
      '/search/',
      '/compare/',
      '/topics/',
      '/about/',
      '/404.html',
      ...first('/agents/'),
      ...first('/calls/'),
    ];
    for (const path of paths) {
      await page.setViewportSize({ width: 390, height: 900 });
      await page.goto(`${site.url}${path}`);
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(0);
      }
    }
    await site.close();
  }
  await browser.close();
});

test('about names the engines and the calls that wait or are dead, on a desk and on a phone', async ({ browser }) => {
  const since = '2026-04-02T07:00:00Z';
  const silent = 'The recording lasts 0.2 seconds; shortestSeconds in pipeline-config.json is 1';
  const calls = [
    { call: 'rec-0123456789abcdef', stage: 'transcribe', state: 'dead', reason: silent, since },
    {
      call: 'a-call-with-a-long-name'.repeat(5),
      stage: 'analyse',
      state: 'waiting',
      reason: 'The model is busy',
      since,
    },
  ];
  const engines = { transcribe: 'amazon-transcribe', sentiment: 'comprehend', evaluate: 'bedrock' };
  const reports = await siteOf('org_piped', async ({ results, config }) => {
    await config.put('org_piped/report-config.json', JSON.stringify(CONFIG));
    await putCall(results, 'org_piped', { id: 'c1' });
    const waiting = { version: 1, at: since, waiting: 1, dead: 1, calls, engines };
    await results.put('org_piped/pipeline/waiting.json', stableJson(waiting));
  });
  const site = await serveSite(reports, 'org_piped');
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const seen = await watch(page, site.url);
    await page.goto(`${site.url}/about/`);
    for (const told of [...calls.flatMap(({ call, reason }) => [call, reason]), ...Object.values(engines)])
      await expect(page.getByText(told).first()).toBeVisible();
    expect(await faultsOf(page), `${width}`).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, `${width}`).toBeLessThanOrEqual(0);
    expect(seen).toEqual([]);
    await page.close();
  }
  await site.close();
});

test('a reader gets from the overview to a call and back by keyboard', async ({ page }) => {
  const reports = await siteOf('org_plain', async ({ results, config }) => {
    await config.put('org_plain/report-config.json', JSON.stringify(CONFIG));
    for (const id of ['c1', 'c2']) await putCall(results, 'org_plain', { id });
  });
  const site = await serveSite(reports, 'org_plain');
  const seen = await watch(page, site.url);
  await page.goto(site.url);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /skip/i })).toBeFocused();
  await page.getByRole('navigation').getByRole('link', { name: 'Calls' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/calls/i);
  await page.locator('#explorer a[href="/calls/c1/"]').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('my parcel has not come')).toBeVisible();
  expect(seen).toEqual([]);
  await site.close();
});
