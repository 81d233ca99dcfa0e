import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { RECORDED, soundOf } from '../../scripts/demo/sounds/recorded.ts';
import { gate, pass, signIn, TOKEN_LIFE } from './gated.ts';

const [recorded] = RECORDED as [(typeof RECORDED)[number]];
const { transcript, seconds } = soundOf(recorded);
const sound = readFileSync(new URL(`../../scripts/demo/sounds/${recorded.name}.mp3`, import.meta.url));
const quoted = transcript[7];
const spoken = {
  call: { audio_uri: 's3://input/org_1/audio/x.mp3', duration_seconds: seconds },
  enriched: { transcript: transcript.map((turn) => ({ ...turn })) },
  qa: [{ rule_name: 'Says what for', score: 100, pass: true, weight: 1, evidence: quoted?.text ?? '' }],
};
const longer = { ...spoken, call: { ...spoken.call, duration_seconds: 300 } };

const state = (page: Page) =>
  page.evaluate(() => {
    const audio = document.querySelector('audio');
    return {
      at: audio?.currentTime ?? -1,
      paused: audio?.paused,
      lit: document.querySelector('[aria-current=true].turn')?.id,
    };
  });
const heardFrom = (page: Page, from: number) =>
  expect.poll(async () => (await state(page)).at, { intervals: [100] }).toBeGreaterThan(from);

let site: Awaited<ReturnType<typeof gate>>;
test.beforeAll(async () => {
  site = await gate(false, [
    { id: 'heard', ...spoken, sound },
    { id: 'gone', ...spoken },
    { id: 'odd', ...spoken, sound: randomBytes(5000) },
    { id: 'longer', ...longer, sound },
    { id: 'silent', ...spoken, call: {} },
  ]);
});
test.afterAll(() => site?.close());

test('a call is heard on its page: from a place of the transcript, with the turn that is heard marked', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  await signIn(page, site.origin, 'Ann One', '/calls/heard/');
  const listen = page.getByRole('link', { name: 'Listen to the call' });
  await expect(listen).toBeVisible();
  expect(asked.filter((path) => path.includes('audio'))).toEqual([]);
  // What cannot be heard now can be tried again, where the player has gone.
  await page.route('**/audio.json*', (route) => route.abort());
  await listen.click();
  await expect(page.locator('.listen output')).toContainText('there is no connection');
  await page.unroute('**/audio.json*');
  await expect(page.locator('audio')).toHaveCount(0);
  await listen.press('Enter');
  await expect(page.locator('audio')).toBeFocused();
  await heardFrom(page, 0.8);
  expect((await state(page)).lit).toBe('t-1');

  const turn = (n: number) => page.locator(`#t-${n} .at`);
  await turn(6).focus();
  await page.keyboard.press('Enter');
  const start = transcript[5]?.start_time ?? 0;
  await heardFrom(page, start + 0.2);
  await expect(page.locator('#t-6')).toHaveAttribute('aria-current', 'true');
  await expect(page.locator('#t-6')).toBeInViewport();

  await page.locator('.rail .quote a').click();
  await heardFrom(page, Number(quoted?.start_time) - 3);
  expect((await state(page)).at).toBeLessThan(Number(quoted?.start_time));
  await page.keyboard.press('l');
  expect((await state(page)).paused).toBe(true);
  const { at } = await state(page);
  await page.keyboard.press('.');
  expect((await state(page)).at).toBeCloseTo(at + 5, 1);
  await page.locator('.lanes > svg').click({ position: { x: 1, y: 20 } });
  expect((await state(page)).at).toBeLessThan(1);

  // The player's own keys are no scrolling: the turn that is heard next comes into view.
  await page.getByLabel('Skip silence').press('Space');
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator('audio').press('ArrowUp');
  await page.locator('audio').evaluate((audio: HTMLAudioElement, to) => {
    audio.currentTime = to;
  }, transcript.at(-1)?.start_time ?? 0);
  await expect(page.locator(`#t-${transcript.length}`)).toHaveAttribute('aria-current', 'true');
  await expect(page.locator(`#t-${transcript.length}`)).toBeInViewport();

  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // A page that is looked at for long has no session any more; its player asks for one before it asks for sound.
  pass(TOKEN_LIFE + 400);
  await page.evaluate(() => document.querySelector('audio')?.load());
  await turn(3).click();
  await heardFrom(page, Number(transcript[2]?.start_time) + 0.2);
  expect(site.lines.filter((line) => /[?=]|[0-9a-f]{64}/.test(line))).toEqual([]);
  expect(site.lines).toContain('206 /calls/heard/audio');
});

test('a sentence that somebody said is found and heard: five actions from any page', async ({ page }) => {
  await signIn(page, site.origin, 'Ann One', '/agents/');
  await expect(page.getByRole('button', { name: 'Search' })).toBeVisible();
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: /^Go to/ }).fill('"take me off the list"');
  await page.getByRole('option', { name: /^Search all transcripts/ }).click();
  await page.locator('.hit-call a[href="/calls/heard/#t-11"]').click();
  await expect(page.locator('#t-11')).toBeInViewport();
  await page.keyboard.press('l');
  await heardFrom(page, Number(transcript[10]?.start_time) + 0.2);
  await expect(page.locator('#t-11')).toHaveAttribute('aria-current', 'true');
});

for (const [id, words] of [
  ['gone', /The recording is no longer kept\./],
  ['odd', /This browser cannot play this recording\. Save the recording to hear it in another program\./],
  ['longer', /The recording is 00:56 long, and the call 05:00: times may be off, so no turn is marked\./],
] as const)
  test(`what cannot be heard, or not followed, is told in words: ${id}`, async ({ page }) => {
    await signIn(page, site.origin, 'Ann One', `/calls/${id}/`);
    await page.getByRole('link', { name: 'Listen to the call' }).click();
    await expect(page.locator('.listen output')).toHaveText(words);
    if (id === 'longer') await heardFrom(page, 1);
    expect((await state(page)).lit).toBe(undefined);
  });

test('without a script the link leads to the recording; where there is none nothing is said of it', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, site.origin, 'Ann One', '/calls/gone/');
  await page.getByRole('link', { name: 'Listen to the call' }).click();
  await expect(page.getByRole('heading', { name: 'This recording is no longer kept' })).toBeVisible();
  const answer = await page.request.get(`${site.origin}/calls/heard/audio`);
  expect([answer.status(), answer.headers()['content-type'], Buffer.compare(await answer.body(), sound)]).toEqual([
    200,
    'audio/mpeg',
    0,
  ]);
  await page.goto(`${site.origin}/calls/silent/`);
  await expect(page.locator('body')).not.toContainText(/listen|recording/i);
  await context.close();
});
