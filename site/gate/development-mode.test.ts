import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkMark } from '../../generator/lib/link-mark.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import { makeKeys } from '../../scripts/demo/identity/forge.ts';
import { freePort } from '../../scripts/demo/identity/free-port.ts';
import { instanceKeys } from './auth/jwt-keys.ts';
import { openSites } from './content/sites.ts';
import { loadHandler } from './front/bundle.ts';
import { type Gate, startGate } from './front/front.ts';
import { gateSettings } from './settings.ts';
import { type Browser, browserAt } from './testing/browser.ts';
import { type DevelopmentInstance, startDevelopmentInstance, TEST_KEY } from './testing/development-instance.ts';
import { publishSite } from './testing/gate.ts';

const keys = makeKeys();
const ONE = { id: 'org_1', name: 'One' };
const PAGE = `<!doctype html><head><title>x</title></head><body class="a"><h1>One</h1>${'lorem '.repeat(500)}</body>`;
const BANNER =
  /<body[^>]*><link rel="stylesheet" href="(\/_gate\/development\.[0-9a-f]{8}\.css)"><aside class="cci-development"/;
const store = memoryStore();
let origin: string;

beforeAll(async () => {
  origin = `http://localhost:${await freePort()}`;
  await publishSite(store, ONE.id, { '/': PAGE, '/404.html': '<p>none</p>', '/data/x.json': '{"x":1}' });
  await publishSite(store, 'org_12', { '/': 'MARK-OF-TWO', '/calls/two/': 'MARK-OF-TWO', '/404.html': 'none' });
});

/** The gate as `serve --development` starts it, but that the instance is at another address than its key says. */
async function startDevelopment(instance: DevelopmentInstance): Promise<Gate> {
  const { port } = new URL(origin);
  const settings = gateSettings(
    { development: 'true', publishableKey: TEST_KEY, secretKey: 'sk_test_x', jwtKey: keys.pem, port },
    { production: true, env: {} },
  );
  expect(settings.origin).toBe(origin);
  const at = { proxyUrl: instance.url, frontend: instance.url, apiUrl: instance.url };
  const handler = await loadHandler();
  return startGate({ handler, sites: openSites(store), settings: { ...settings, ...at }, log: () => {} });
}

/** As Clerk's script does on the sign-in page. */
function signIn(browser: Browser, instance: DevelopmentInstance): void {
  instance.browsers.set(String(browser.cookies.get('__clerk_db_jwt')), { user: 'user_1', org: ONE });
  for (const name of browser.cookies.keys())
    if (name.startsWith('__client_uat')) browser.cookies.set(name, String(Math.floor(Date.now() / 1000) - 1));
}

describe.each(['token', 'nonce'] as const)('a development instance that hands over a %s', (by) => {
  test('signs a browser in, and no address that it is left at holds anything of a session', async () => {
    await using instance = await startDevelopmentInstance({ keys, origin, by });
    const gate = await startDevelopment(instance);
    try {
      const browser = browserAt(origin);
      const first = await browser.open('/?from=mail');
      expect(first.status).toBe(200);
      expect(first.visited.at(-1)).toBe(`${origin}/sign-in?redirect_url=%2F%3Ffrom%3Dmail`);
      expect(first.text).toMatch(BANNER);
      expect(browser.cookies.get('__clerk_db_jwt')).toBe('dvb_1');
      signIn(browser, instance);
      const second = await browser.open('/?from=mail');
      expect(second.visited.filter((each) => each.startsWith(instance.url))).toHaveLength(1);
      expect(second.visited.at(-1)).toBe(`${origin}/?from=mail`);
      expect(second.text).toContain('<h1>One</h1>');
      // From then on nobody is asked.
      const asked = instance.asked.length;
      expect((await browser.open('/')).visited).toEqual([`${origin}/`]);
      expect(instance.asked).toHaveLength(asked);
    } finally {
      await gate.close();
    }
  });
});

describe('with a session of a development instance', () => {
  let instance: DevelopmentInstance;
  let gate: Gate;
  let browser: Browser;
  beforeAll(async () => {
    instance = await startDevelopmentInstance({ keys, origin });
    gate = await startDevelopment(instance);
    browser = browserAt(origin);
    await browser.open('/');
    signIn(browser, instance);
    await browser.open('/');
  });
  afterAll(async () => {
    await gate?.close();
    await instance?.[Symbol.asyncDispose]();
  });

  test('a page has a banner under its own policy, and is the stored one else', async () => {
    for (const coding of ['br', 'gzip', 'identity']) {
      const { status, headers, text } = await browser.ask('/', ['Accept: text/html', `Accept-Encoding: ${coding}`]);
      expect([status, headers.get('etag'), headers.get('content-encoding')]).toEqual([200, null, null]);
      const [found = '', sheet = ''] = BANNER.exec(text) ?? [];
      expect(text.replace(/(<body class="a">)<link .*?<\/aside>/, '$1')).toBe(PAGE);
      expect(found).not.toBe('');
      expect(headers.get('content-security-policy')).toContain("style-src 'self'");
      expect(await browser.ask(sheet, [])).toMatchObject({ status: 200 });
    }
  });

  test('a page that a browser has kept is sent again, since it may have no banner', async () => {
    const lines = ['Accept: text/html', 'If-None-Match: *'];
    expect(await browser.ask('/', lines)).toMatchObject({ status: 200 });
  });

  test('HEAD has no body; data is as stored', async () => {
    const head = await browser.ask('/', ['Accept: text/html'], 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.text]).toEqual([200, null, '']);
    const data = await browser.ask('/data/x.json', []);
    expect([data.text, data.headers.get('etag') === null]).toEqual(['{"x":1}', false]);
  });

  test.each([
    ['what is not there', '/none/', 404],
    ['another organization’s link', `/?o=${linkMark('org_12')}`, 403],
    ['an older build', '/?b=1-00', 410],
    ['sign-in', '/sign-in', 200],
    ['the choice of an organization', '/select-organization', 200],
  ])('the page of %s has the banner too', async (_, target, status) => {
    const response = await browser.ask(target);
    expect(response.status).toBe(status);
    expect(response.text).toContain('cci-development');
  });

  test('another organization stays another organization', async () => {
    const [theirs, nobodys] = await Promise.all(['/calls/two/', '/calls/six/'].map((path) => browser.ask(path)));
    expect([theirs?.status, theirs?.text]).toEqual([404, nobodys?.text]);
    expect((await browser.ask('/')).text).not.toContain('MARK-OF-TWO');
  });

  test('nobody but this machine’s own user is answered', async () => {
    const { port } = new URL(origin);
    const lines = ['Accept: text/html'];
    for (const proxy of ['X-Forwarded-For: 192.0.2.1', 'Forwarded: for=192.0.2.1', 'Via: 1.1 x', 'CF-Ray: 1'])
      expect(await browser.ask('/', [...lines, proxy])).toMatchObject({ status: 421 });
    for (const host of [`rebound.example:${port}`, 'localhost', `127.0.0.2:${port}`]) {
      const { status, text } = await import('./testing/gate.ts').then(({ rawRequest }) =>
        rawRequest(Number(port), '/healthz', [], { host }),
      );
      expect([host, status, text]).toEqual([host, 421, 'only for this machine\n']);
    }
  });

  test('no link sends a browser elsewhere with what Clerk knows it by', async () => {
    for (const name of ['__clerk_redirect_url', '__dev_session', '__clerk_synced'])
      expect(await browser.ask(`/?${name}=https%3A%2F%2Fevil.example`)).toMatchObject({ status: 404 });
  });

  test('an end of a handshake that the instance has not signed is none, and leaves the session as it is', async () => {
    const other = await startDevelopmentInstance({ keys: makeKeys(), origin });
    const { headers } = await fetch(`${other.url}/v1/client/handshake?redirect_url=${encodeURIComponent(origin)}`, {
      redirect: 'manual',
    });
    const { pathname, search } = new URL(String(headers.get('location')));
    const response = await browser.ask(pathname + search);
    expect([response.status, response.cookies]).toEqual([200, []]);
    expect(response.text).toContain('<h1>One</h1>');
    await other[Symbol.asyncDispose]();
  });
});

test('where the keys are not of one instance, a page says so and the circle ends', async () => {
  await using instance = await startDevelopmentInstance({ keys, origin, signs: makeKeys() });
  const gate = await startDevelopment(instance);
  try {
    const { status, text } = await browserAt(origin).open('/');
    expect(status).toBe(403);
    expect(text).toContain('Clerk’s answer could not be used');
    expect(text).toMatch(BANNER);
  } finally {
    await gate.close();
  }
});

test('Clerk’s API gives the public key to whoever has the secret one, and to nobody else', async () => {
  await using instance = await startDevelopmentInstance({ keys, origin });
  expect(await instanceKeys({ secretKey: 'sk_test_x', apiUrl: instance.url })).toEqual([keys.pem]);
  await expect(instanceKeys({ secretKey: 'sk_test_y', apiUrl: instance.url })).rejects.toThrow(
    /Clerk did not give the public key of the instance/,
  );
});
