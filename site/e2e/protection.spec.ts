/** Clerk's protection against abuse on the sign-in page: what it loads from its own hosts, and nobody else's, gets through. */
import { expect, type Page, test } from '@playwright/test';
import { launchOptions } from '../../scripts/browser.ts';
import { startGateAtClerk } from './gate-at-clerk.ts';

const HEADERS = { 'access-control-allow-origin': '*' };

/** Hosts that nobody reaches from here, answered in the browser; the page's policy is judged before they are asked. */
async function standIn(page: Page, hosts: RegExp): Promise<string[]> {
  const asked: string[] = [];
  await page.route(hosts, async (route) => {
    const url = route.request().url();
    asked.push(url);
    const [contentType, body] = url.endsWith('.js')
      ? ['text/javascript', 'document.body.dataset.loaded = "yes";']
      : ['text/html', '<p>a check</p>'];
    await route.fulfill({ headers: HEADERS, contentType, body });
  });
  return asked;
}

/** Loads a script, a frame and an answer from a host, as the loader does. @returns which of them came */
const load = (page: Page, script: string, frame: string, call: string) =>
  page.evaluate(
    async ([script, frame, call]) => {
      const came = (element: HTMLElement) =>
        new Promise<boolean>((done) => {
          element.addEventListener('load', () => done(true));
          element.addEventListener('error', () => done(false));
          document.body.append(element);
        });
      const wasScript = await came(Object.assign(document.createElement('script'), { src: script }));
      const refused: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
      await came(Object.assign(document.createElement('iframe'), { src: frame }));
      const wasCall = await fetch(String(call)).then(
        ({ ok }) => ok,
        () => false,
      );
      return { script: wasScript, frame: !refused.includes('frame-src'), call: wasCall };
    },
    [script, frame, call] as const,
  );

// The headless shell tells of no frame that a policy has refused.
test.use({ launchOptions: launchOptions({ whole: true }) });

test('the sign-in page lets the checks of Clerk’s protection load, from its hosts alone', async ({ page }) => {
  await using gate = await startGateAtClerk();
  const protection = await standIn(page, /^https:\/\/[a-z.]+\.protect\.clerk\.com/);
  const others = await standIn(page, /^https:\/\/(?:protect\.clerk\.com|[a-z.]*evil\.example)/);
  await page.goto(`${gate.origin}/sign-in`);
  expect(
    await load(
      page,
      'https://loader.protect.clerk.com/v1/loader.js',
      'https://frames.protect.clerk.com/check',
      'https://api.eu.protect.clerk.com:8443/verify',
    ),
  ).toEqual({ script: true, frame: true, call: true });
  expect(protection).toHaveLength(3);
  expect(
    await load(
      page,
      'https://protect.clerk.com.evil.example/loader.js',
      'https://evil.example/check',
      'https://evil.example:8443/verify',
    ),
  ).toEqual({ script: false, frame: false, call: false });
  expect(others).toEqual([]);
});
