import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { memoryStore } from '../../../generator/store/memory.ts';
import { openSites } from '../../../site/gate/content/sites.ts';
import { loadHandler, type NodeHandler } from '../../../site/gate/front/bundle.ts';
import { type Gate, startGate } from '../../../site/gate/front/front.ts';
import { publishSite } from '../../../site/gate/testing/gate.ts';
import { freePort } from './free-port.ts';
import { type Identity, startIdentity } from './identity.ts';

const persons = [
  { userId: 'user_ann', name: 'Ann <Ash>', email: 'ann@demo.example', orgs: ['org_1', 'org_2'] },
  { userId: 'user_bo', name: 'Bo', email: 'bo@demo.example', orgs: [] },
];
const organizations = [
  { org: 'org_1', name: 'Alpha' },
  { org: 'org_2', name: 'Beta' },
];

let handler: NodeHandler;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  handler = await loadHandler();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const each of open.splice(0)) await each.close();
});

async function start(): Promise<{ gate: Gate; identity: Identity; browser: ReturnType<typeof openBrowser> }> {
  const results = memoryStore();
  await results.put('demo-store.json', '{"synthetic":true}');
  const reports = memoryStore();
  await publishSite(reports, 'org_1', { '/': 'MARK-OF-ALPHA', '/404.html': 'none' });
  await publishSite(reports, 'org_2', { '/': 'MARK-OF-BETA', '/404.html': 'none' });
  const gateOrigin = `http://127.0.0.1:${await freePort()}`;
  const identity = await startIdentity({ gateOrigin, persons, organizations, port: 0, results });
  const gate = await startGate({ handler, sites: openSites(reports), settings: identity.gate });
  open.push(identity, gate);
  return { gate, identity, browser: openBrowser() };
}

/** Keeps cookies as a browser does for one host, whatever the port, and follows redirects. */
function openBrowser() {
  const jar = new Map<string, string>();
  const steps: string[] = [];
  async function go(url: string, init: RequestInit = {}): Promise<{ status: number; text: string; url: string }> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', cookie, ...init.headers };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get('location');
    steps.push(`${response.status} ${new URL(url).pathname}`);
    if (location && steps.length < 20) return go(new URL(location, url).href);
    return { status: response.status, text: await response.text(), url };
  }
  async function post(url: string, page: string, fields: { [name: string]: string }, headers = {}) {
    const csrf = /name="csrf" value="([0-9a-f]+)"/.exec(page)?.[1] ?? '';
    return go(url, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }), headers });
  }
  return { go, post, jar, steps };
}

test('one signs in by the form and lands where one wanted to go', async () => {
  const { gate, identity, browser } = await start();
  const page = await browser.go(`${gate.url}/?from=2026-03-01`);
  expect(page.url.startsWith(`${identity.url}/sign-in?`)).toBe(true);
  expect(page.text).toContain('<b>/?from=2026-03-01</b>');
  expect(page.text).toContain('Ann &lt;Ash&gt;');
  const back = /name="redirect_url" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const inside = await browser.post(`${identity.url}/sign-in`, page.text, {
    user: 'user_ann',
    org: 'org_1',
    redirect_url: back,
  });
  expect([inside.url, inside.text]).toEqual([`${gate.url}/?from=2026-03-01`, 'MARK-OF-ALPHA']);
  const session = JSON.parse((await browser.go(`${gate.url}/session`)).text);
  expect(session).toMatchObject({ user: { id: 'user_ann' }, organization: { id: 'org_1', name: 'Alpha' } });
});

test('a click after the token’s end passes through the handshake, without a new sign-in', async () => {
  const { gate, identity, browser } = await start();
  const page = await browser.go(`${identity.url}/sign-in`);
  await browser.post(`${identity.url}/sign-in`, page.text, { user: 'user_ann', org: 'org_2' });
  const click = async () => {
    browser.steps.length = 0;
    const { text } = await browser.go(`${gate.url}/`);
    return [text, ...browser.steps];
  };
  expect(await click()).toEqual(['MARK-OF-BETA', '200 /']);
  vi.setSystemTime(Date.now() + 120_000);
  expect(await click()).toEqual(['MARK-OF-BETA', '307 /', '307 /v1/client/handshake', '200 /']);
  expect(await click()).toEqual(['MARK-OF-BETA', '200 /']);
  expect(browser.jar.has('__clerk_handshake')).toBe(false);
  // Also where the browser has dropped the token, and in the hidden frame that renews a session.
  for (const name of [...browser.jar.keys()]) if (name.startsWith('__session')) browser.jar.delete(name);
  expect((await browser.go(`${gate.url}/session`, { headers: { 'sec-fetch-dest': 'iframe' } })).text).toContain('Beta');
});

test('a session that the identity has forgotten leads to the sign-in page', async () => {
  const { gate, identity, browser } = await start();
  const page = await browser.go(`${identity.url}/sign-in`);
  await browser.post(`${identity.url}/sign-in`, page.text, { user: 'user_ann', org: 'org_2' });
  for (const name of [...browser.jar.keys()]) if (/^__session|^__demo_identity/.test(name)) browser.jar.delete(name);
  browser.steps.length = 0;
  expect((await browser.go(`${gate.url}/`)).url).toContain(`${identity.url}/sign-in`);
  expect(browser.steps).toEqual(['307 /', '307 /v1/client/handshake', '303 /', '200 /sign-in']);
});

test('one may change the organization, and cannot take one that one does not belong to', async () => {
  const { gate, identity, browser } = await start();
  const page = await browser.go(`${identity.url}/sign-in`);
  await browser.post(`${identity.url}/sign-in`, page.text, { user: 'user_ann', org: 'org_1' });
  const select = await browser.go(`${gate.url}/select-organization`);
  expect(select.url.startsWith(`${identity.url}/select-organization`)).toBe(true);
  const other = await browser.post(`${identity.url}/select-organization`, select.text, { org: 'org_2' });
  expect(other.text).toBe('MARK-OF-BETA');
  const foreign = await browser.post(`${identity.url}/select-organization`, select.text, { org: 'org_3' });
  expect(foreign.status).toBe(400);
  const nobody = await browser.post(`${identity.url}/sign-in`, select.text, { user: 'user_bo', org: 'org_1' });
  expect(nobody.status).toBe(400);
});

test('one without an organization is asked to choose, and has none', async () => {
  const { identity, browser } = await start();
  const page = await browser.go(`${identity.url}/sign-in`);
  const select = await browser.post(`${identity.url}/sign-in`, page.text, { user: 'user_bo', org: '' });
  expect(select.text).toContain('Bo is not a member of any organization yet');
});

test('signing out ends it, also where the token would still be good', async () => {
  const { gate, identity, browser } = await start();
  const page = await browser.go(`${identity.url}/sign-in`);
  await browser.post(`${identity.url}/sign-in`, page.text, { user: 'user_ann', org: 'org_1' });
  const out = await browser.go(`${gate.url}/sign-out`);
  await browser.post(`${identity.url}/sign-out`, out.text, {});
  expect((await browser.go(`${gate.url}/`)).url).toContain('/sign-in');
});

test('it takes no form but its own, under no name but its own, and leads nowhere but to the gate', async () => {
  const { gate, identity, browser } = await start();
  const page = await browser.go(`${identity.url}/sign-in`);
  const fields = { user: 'user_ann', org: 'org_1' };
  for (const [text, headers] of [
    ['', {}],
    ['name="csrf" value="00"', {}],
    [page.text, { origin: 'http://evil.example' }],
    [page.text, { origin: gate.url }],
  ] as const) {
    expect((await browser.post(`${identity.url}/sign-in`, text, fields, headers)).status).toBe(400);
  }
  const renamed = await fetch(identity.url.replace('127.0.0.1', 'localhost'), { redirect: 'manual' });
  expect([renamed.status, renamed.headers.get('x-cci-demo-identity')]).toEqual([421, '1']);
  for (const target of [
    'https://evil.example/',
    '//evil.example',
    `${gate.url}.evil.example/`,
    `${gate.url}@evil.example/`,
  ]) {
    const url = `${identity.url}/v1/client/handshake?redirect_url=${encodeURIComponent(target)}`;
    expect((await fetch(url, { redirect: 'manual' })).headers.get('location')).toBe(`${gate.url}/`);
  }
});

test('it starts on this machine and on made-up data only', async () => {
  const made = memoryStore();
  await made.put('demo-store.json', '{"synthetic":true}');
  const real = memoryStore();
  const claimed = memoryStore();
  await claimed.put('demo-store.json', '{"synthetic":"yes"}');
  const base = { persons, organizations, port: 0 };
  const cases = [
    { gateOrigin: 'https://reports.example.com', results: made, sentence: /serves this machine only/ },
    { gateOrigin: 'http://10.0.0.1:4321', results: made, sentence: /serves this machine only/ },
    { gateOrigin: 'http://127.0.0.1.evil.example', results: made, sentence: /serves this machine only/ },
    { gateOrigin: 'http://127.0.0.1:4321', results: real, sentence: /does not hold demo data/ },
    { gateOrigin: 'http://127.0.0.1:4321', results: claimed, sentence: /does not hold demo data/ },
  ];
  for (const { gateOrigin, results, sentence } of cases) {
    await expect(startIdentity({ ...base, gateOrigin, results })).rejects.toThrow(sentence);
  }
});

test('its tokens are worth nothing at a gate that does not believe it', async () => {
  const { identity, browser } = await start();
  const other = await start();
  const page = await browser.go(`${identity.url}/sign-in`);
  await browser.post(`${identity.url}/sign-in`, page.text, { user: 'user_ann', org: 'org_1' });
  const response = await browser.go(`${other.gate.url}/`);
  expect(response.url.startsWith(other.identity.url)).toBe(true);
  expect(response.text).not.toContain('MARK');
});
