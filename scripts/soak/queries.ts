import domino from '@mixmark-io/domino';
import { chromium, type Page } from '@playwright/test';
import { addDays } from '#shared/calendar/days.ts';
import { type Query, type QueryWord, readQuery } from '#shared/search/query.ts';
import { isWithin } from '#shared/search/segment-days.ts';
import { wordsOf } from '#shared/search/terms.ts';
import { openStems } from '../../generator/days/search/stems.ts';
import { CONFIG, pageText, tenant } from '../../generator/fixtures/world.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import { hasWord } from '../../generator/testing/search-index.ts';
import { SAID, spokenCalls } from '../../generator/testing/spoken.ts';
import { serveSite } from '../../site/e2e/static.ts';
import { launchOptions } from '../browser.ts';
import { type Random, random } from '../demo/data/random.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

/** Ends what hangs. */
const LIMIT = 600_000;
const ORG = 'org_1';
const FIRST_DAY = '2026-03-10';
const DAYS = 20;

/** A call, and the words of each turn that its page shows. */
interface ReadCall {
  path: string;
  day: string | null;
  turns: string[][];
}

/** What somebody types, and from which day on. */
interface Typed {
  text: string;
  from?: string;
}

export const check: Check = {
  does: 'CCI_QUERIES random searches (1,000) in Chromium over sites in four languages, masked and not: words, starts, phrases, what a call must not have, days; each finds the calls that a look at every page finds',
  async run({ say }) {
    const sites = Object.entries(SAID).flatMap(([language, words]) =>
      [false, true].map((masking) => ({ language, words, masking })),
    );
    const each = Math.ceil(sizeOf('CCI_QUERIES', 1000) / sites.length);
    const browser = await chromium.launch(launchOptions());
    try {
      for (const site of sites) say(await askSite(await browser.newPage(), site, each));
    } finally {
      await browser.close();
    }
  },
};

async function askSite(
  page: Page,
  { language, words, masking }: { language: string; words: readonly string[]; masking: boolean },
  queries: number,
): Promise<string> {
  page.setDefaultTimeout(LIMIT);
  const specs = spokenCalls(words);
  const world = await tenant(specs, { ...CONFIG, masking, ...(language !== 'th' && { language }) });
  const context = { ...world, renderer: await openRenderer(), maskingKey: 'k'.repeat(32), logFor: () => world.log };
  const [outcome] = await buildAll(context, [ORG]);
  must(outcome !== undefined && !('problems' in outcome), `not built: ${JSON.stringify(outcome)}`);
  const site = await serveSite(world.reports, ORG);
  try {
    const calls = await Promise.all(
      specs.map(async ({ id, call }) => {
        const path = `/calls/${id}/`;
        const day = typeof call?.start_timestamp === 'string' ? call.start_timestamp.slice(0, 10) : null;
        return { path, day, turns: turnsOn(await pageText(world.reports, ORG, path)) };
      }),
    );
    const stems = stemsOf(calls, language === 'th' ? 'en' : language);
    const draw = random('queries', language, String(masking));
    let [compared, found] = [0, 0];

    await page.goto(`${site.url}/search/`);
    await page.locator('.finder').waitFor();
    for (let i = 0; i < queries; i++) {
      const typed = typedBy(draw, words);
      const query: Query = { ...readQuery(typed.text), filters: [], from: typed.from };
      const expected = calls.filter((call) => isFound(call, stems, query)).map(({ path }) => path);
      const shown = await ask(page, typed);
      // Where no call has a word, another one is searched for, and the page says which.
      if (shown.isMeant) continue;
      const told = `${language}${masking ? ', masked' : ''}: ${JSON.stringify(typed)} finds ${shown.paths.length} calls, “${shown.head}”, and a look at every page ${expected.length}`;
      must([...shown.paths].sort().join() === expected.sort().join(), told);
      must(shown.count === expected.length, told);
      compared++;
      found += expected.length;
    }
    must(compared > queries / 2, `only ${compared} of ${queries} searches could be compared`);
    return `${language}${masking ? ', masked' : ''}: ${compared} of ${queries} searches compared, ${found} calls found`;
  } finally {
    await page.close();
    await site.close();
  }
}

/** The words of each turn that a page shows. */
const turnsOn = (html: string): string[][] =>
  [...domino.createDocument(html).querySelectorAll('.turn .said')].map((turn) => wordsOf(turn.textContent ?? ''));

/** Of every word that was said: a typed one that nobody said has no other forms. */
function stemsOf(calls: readonly ReadCall[], language: string): Map<string, string> {
  const stemOf = openStems(language);
  return new Map(calls.flatMap(({ turns }) => turns.flat()).map((term) => [term, stemOf(term)]));
}

/** One to three words, whole or begun, phrases and words after a minus; sometimes from a day on. */
function typedBy(draw: Random, words: readonly string[]): Typed {
  const word = () => words[draw.int(0, words.length - 1)] ?? '';
  const part = () => {
    const kind = draw.int(0, 9);
    if (kind < 4) return word();
    if (kind < 6) return word().slice(0, 3);
    if (kind < 7) return word().toUpperCase();
    if (kind < 8) return `-${word()}`;
    return draw.int(0, 1) === 0 ? `"${word()}"` : `"${word()} ${word()}"`;
  };
  const text = Array.from({ length: draw.int(1, 3) }, part).join(' ') + (draw.int(0, 1) === 0 ? ' ' : '');
  return { text, ...(draw.int(0, 3) === 0 && { from: addDays(FIRST_DAY, draw.int(0, DAYS)) }) };
}

function isFound({ day, turns }: ReadCall, stems: ReadonlyMap<string, string>, query: Query): boolean {
  const terms = new Set(turns.flat());
  const has = (word: QueryWord) => hasWord(terms, stems, word);
  const says = (phrase: readonly string[]) =>
    turns.some((turn) => turn.some((_, i) => phrase.every((term, n) => turn[i + n] === term)));
  return (
    isWithin(day, query) &&
    query.words.every(has) &&
    query.phrases.every(says) &&
    !query.without.words.some(has) &&
    !query.without.phrases.some(says)
  );
}

/** Searches as the address says, and goes on until all calls that are found are shown. */
async function ask(page: Page, { text, from }: Typed) {
  await page.evaluate(() => {
    location.hash = '';
  });
  await page.locator('#found').waitFor({ state: 'detached' });
  const hash = new URLSearchParams({ q: text, ...(from !== undefined && { from }) }).toString();
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  const head = page.locator('#found');
  const settled = () =>
    page.waitForFunction(() => {
      const status = document.querySelector('.finder [role=status]');
      return status !== null && status.textContent !== 'Searching…';
    });
  await settled();
  for (;;) {
    const more = page.locator('.find-more button');
    if ((await more.count()) === 0) break;
    await more.click();
    await settled();
  }
  const told = (await head.textContent()) ?? '';
  return {
    head: told,
    count: Number(/([\d,]+) calls?/.exec(told)?.[1]?.replaceAll(',', '') ?? Number.NaN),
    paths: await page
      .locator('.hit-call a')
      .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname)),
    isMeant:
      (await page
        .locator('.note')
        .filter({ hasText: /shown for/ })
        .count()) > 0,
  };
}
