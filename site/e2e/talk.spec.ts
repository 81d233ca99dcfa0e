import domino from '@mixmark-io/domino';
import { expect, type Page, test } from '@playwright/test';
import type { DayOrder } from '#shared/columns/order.ts';
import { isLong } from '../../generator/fixtures/long.ts';
import { pageText } from '../../generator/fixtures/world.ts';
import { faultsInBoth } from './axe.ts';
import { type DemoSite, serveDemo } from './demo.ts';

let sites: DemoSite[];
/** The first call with quotes in two turns or more. */
let quoted: string;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  sites = await Promise.all([serveDemo(0), serveDemo(1)]);
  for (const path of pathsOf(first(), 'calls')) {
    quoted = path;
    const document = domino.createDocument(await pageText(first().reports, first().org, path));
    if (Array.from(document.querySelectorAll('.turn')).filter((turn) => turn.querySelector('mark')).length >= 2) return;
  }
  throw new Error('No call of the demo has quotes in two turns.');
});
test.afterAll(() => Promise.all(sites.map((site) => site.close())));

const first = (): DemoSite => sites[0] as DemoSite;
const pathsOf = (site: DemoSite, kind: 'calls' | 'agents') =>
  site.paths.filter((path) => new RegExp(`^/${kind}/[^/]+/$`).test(path));

/** Errors of the console, of the policy too. */
function errorsOf(page: Page): string[] {
  const seen: string[] = [];
  page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
  page.on('pageerror', ({ message }) => seen.push(message));
  return seen;
}

async function openQuotedCall(page: Page): Promise<void> {
  await page.goto(first().url + quoted);
  expect(await page.locator('.turn:has(mark)').count()).toBeGreaterThanOrEqual(2);
}

test('a reader finds words in a call by keyboard', async ({ page }) => {
  const seen = errorsOf(page);
  await openQuotedCall(page);
  const box = page.getByRole('searchbox', { name: 'Find in this call' });
  const places = page.locator('.find output');
  await page.keyboard.press('f');
  await expect(box).toBeFocused();
  await page.keyboard.type('you');
  const text = (await page.locator('.said').allTextContents()).join('\n');
  const n = text.match(/you/gi)?.length ?? 0;
  await expect(places).toHaveText(`1 of ${n}`);
  expect(n).toBeGreaterThan(2);
  const marked = () =>
    page.evaluate(() => Array.from(CSS.highlights.get('found') ?? [], (range) => (range as Range).toString()));
  expect(new Set((await marked()).map((each) => each.toLowerCase()))).toEqual(new Set(['you']));
  await page.keyboard.press('Enter');
  await expect(places).toHaveText(`2 of ${n}`);
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(places).toHaveText(`${n} of ${n}`);
  await box.fill('no such words here');
  await expect(places).toHaveText('not found');
  await page.keyboard.press('Escape');
  await expect(box).not.toBeFocused();
  expect(await marked()).toEqual([]);
  expect(seen).toEqual([]);
});

test('a reader steps through the quotes, and follows a rule to its turn', async ({ page }) => {
  await openQuotedCall(page);
  const turns = await page.locator('.turn:has(mark)').evaluateAll((all) => all.map(({ id }) => id));
  await page.keyboard.press('j');
  await expect(page.locator('.turn:target')).toHaveId(turns[0] as string);
  await page.keyboard.press('j');
  await expect(page.locator('.turn:target')).toHaveId(turns[1] as string);
  await expect(page.locator('.turn:target')).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(page.locator('.turn:target')).toHaveId(turns.at(-1) as string);
  const link = page.locator('.rail .quote a').first();
  const target = ((await link.getAttribute('href')) ?? '').slice(1);
  await link.click();
  await expect(page.locator('.turn:target')).toHaveId(target);
  await expect(page.locator(`#${target} mark`).first()).toBeInViewport();
  await page.locator('.turn .at').first().click();
  expect(new URL(page.url()).hash).toBe('#t-1');
});

test('a reader goes to the next call of the same agent and back by keyboard', async ({ page }) => {
  const seen = errorsOf(page);
  await openQuotedCall(page);
  const start = page.url();
  const agent = await page.locator('.call-line a').textContent();
  await expect(page.locator('.steps a[rel]').first()).toBeVisible();
  const [go, back] = (await page.locator('.steps a[rel=next]').count()) > 0 ? [']', '['] : ['[', ']'];
  await page.keyboard.press(go as string);
  await page.waitForURL((url) => url.href !== start);
  await expect(page.locator('.call-line a')).toHaveText(agent as string);
  await expect(page.locator('.steps a[rel]').first()).toBeVisible();
  await page.keyboard.press(back as string);
  await page.waitForURL(start);
  expect(seen).toEqual([]);
});

test('a call says how often its caller called in seven days, where that is more than once, and lists them', async ({
  page,
}) => {
  const { url } = first();
  const heading = page.locator('h2#calls-count:visible');
  await page.goto(url);
  const repeated = page.getByRole('region', { name: 'Repeat callers' }).getByRole('row').nth(1).getByRole('link');
  const calls = await repeated.textContent();
  expect(Number(calls)).toBeGreaterThanOrEqual(3);
  await repeated.click();
  await expect(heading).toHaveText(`${calls} calls`);
  await page.locator('.calls-listed tbody th a').first().click();
  const again = page.getByRole('link', { name: /^one of \d+ calls from this caller in 7 days$/ });
  const n = Number(/\d+/.exec((await again.textContent()) ?? '')?.[0]);
  expect(n).toBeGreaterThanOrEqual(Number(calls));
  await again.click();
  await expect(heading).toHaveText(`${n} calls`);
  const met = new Set<boolean>();
  for (const path of pathsOf(first(), 'calls')) {
    await page.goto(url + path);
    const steps = page.locator('.steps');
    if ((await steps.count()) === 0) continue;
    const { day, party } = await steps.evaluate((nav) => ({ ...(nav as HTMLElement).dataset }));
    if (day === undefined || party === undefined) continue;
    const { callers } = (await (await page.request.get(`${url}/data/order/${day}.json`)).json()) as DayOrder;
    await expect(page.locator('.steps [rel]').first()).toBeVisible();
    const isRepeated = Object.hasOwn(callers, party);
    await expect(again).toHaveCount(isRepeated ? 1 : 0);
    if (met.add(isRepeated).size === 2) return;
  }
  throw new Error('The demo has calls of one kind only.');
});

test('a call loads at most 10 KB of script, and is read without any', async ({ browser, page }) => {
  const { brotliCompressSync } = await import('node:zlib');
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) bytes += brotliCompressSync(await response.body()).length;
  });
  await openQuotedCall(page);
  await page.waitForLoadState('networkidle');
  bytes = 0;
  await page.reload({ waitUntil: 'networkidle' });
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(10 * 1024);
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(page.url());
  await expect(plain.locator('.turn mark').first()).toBeVisible();
  await expect(plain.getByRole('link', { name: 'calls of this agent that day' })).toBeVisible();
  await expect(plain.locator('.find')).toBeHidden();
});

test('an agent’s notes lead to the rule on the call’s page', async ({ page }) => {
  for (const path of pathsOf(first(), 'agents')) {
    await page.goto(first().url + path);
    const link = page.locator('.example a').first();
    if ((await link.count()) === 0) continue;
    await link.click();
    await expect(page.locator(':target')).toHaveCount(1);
    await expect(page.locator(':target')).toBeInViewport();
    return;
  }
  throw new Error('No agent of the demo has anything to work on.');
});

/** Every third of them; all in `npm run soak -- long`. */
test('every agent’s page prints on at most two sheets', async ({ page }) => {
  for (const site of sites)
    for (const path of pathsOf(site, 'agents').filter((_, i) => isLong || i % 3 === 0)) {
      await page.goto(site.url + path);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      expect(sheets, path).toBeGreaterThan(0);
      expect(sheets, path).toBeLessThanOrEqual(2);
    }
});

test('pages of a call and of an agent have no fault that axe knows, in light and dark', async ({ page }) => {
  for (const site of sites)
    for (const path of [...pathsOf(site, 'calls').slice(0, 1), ...pathsOf(site, 'agents').slice(0, 1)]) {
      await page.goto(site.url + path);
      expect(await faultsInBoth(page), path).toEqual([]);
    }
});
