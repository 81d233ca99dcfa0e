import { PassThrough } from 'node:stream';
import { expect, expectTypeOf, test } from 'vitest';
import { memoryStore } from '../../generator/store/memory.ts';
import type { View } from './audit.ts';
import type { OrganizationId } from './auth/tenant.ts';
import { openSites, type Sites } from './content/sites.ts';
import type { GateRequest } from './context.ts';
import type { GateSettings } from './settings.ts';
import { siteResponse } from './site-response.ts';
import { publishSite } from './testing/gate.ts';

const settings: GateSettings = {
  origin: 'https://reports.example.com',
  host: '127.0.0.1',
  port: 0,
  proxies: 1,
  publishableKey: '',
  secretKey: '',
  jwtKeys: [],
  issuer: 'https://clerk.example.com',
  frontend: 'https://clerk.example.com',
  signInUrl: '/sign-in',
  selectOrganizationUrl: '/select-organization',
  signOutUrl: '/sign-out',
};
const session = {
  tokenType: 'session_token',
  isAuthenticated: true,
  userId: 'user_1',
  orgId: 'org_1',
  sessionClaims: {},
};
const MARK = 'MARK-OF-ALPHA';

async function gateOver(store = memoryStore()): Promise<GateRequest> {
  await publishSite(store, 'org_1', { '/': MARK, '/404.html': MARK });
  const line = { at: '2026-03-31T06:00:00.000Z', method: 'GET', path: '/', status: 0, bytes: 0, ms: 0 };
  return { settings, sites: openSites(store), target: '/', line, out: new PassThrough(), noteOnce: () => {} };
}
const request = (headers: { [name: string]: string } = {}, method = 'GET') =>
  new Request('http://x/', { headers, method });

test('it checks the session itself, whatever the middleware did', async () => {
  const gate = await gateOver();
  const sessions: [number, unknown][] = [
    [200, session],
    [401, undefined],
    [401, {}],
    [401, { ...session, isAuthenticated: false }],
    [401, { ...session, tokenType: 'm2m_token' }],
    [401, { ...session, tokenType: 'api_key' }],
    [401, { ...session, userId: null }],
    [403, { ...session, orgId: undefined }],
    [403, { ...session, orgId: '../org_1' }],
    [403, { ...session, orgId: 'org_1/' }],
    [403, { ...session, orgId: 'mail' }],
    [403, { ...session, sessionClaims: { v: 3 } }],
    [403, { ...session, sessionClaims: { org_id: 'org_2' } }],
  ];
  for (const [status, each] of sessions) {
    const response = await siteResponse({ gate, auth: () => each }, request());
    expect([each, response.status, (await response.text()).includes(MARK)]).toEqual([each, status, status === 200]);
    expect((await siteResponse({ gate, auth: () => each }, request({}, 'HEAD'))).status).toBe(status);
  }
  expect((await siteResponse({ gate }, request())).status).toBe(401);
});

test('it never lets Clerk write into a tenant’s page', async () => {
  const gate = await gateOver();
  const { sites } = gate;
  const plain: Sites = {
    ...sites,
    async find(org, path) {
      const found = await sites.find(org, path);
      return typeof found === 'string' ? found : { ...found, file: { ...found.file, type: 'text/html' } };
    },
  };
  const response = await siteResponse({ gate: { ...gate, sites: plain }, auth: () => session }, request());
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

test('it answers 503 where the store fails, and recovers', async () => {
  const store = memoryStore();
  const gate = await gateOver(store);
  let broken = true;
  const failing = {
    ...store,
    get: (key: string) => (broken ? Promise.reject(new Error('no answer')) : store.get(key)),
  };
  gate.sites = openSites(failing);
  const page = await siteResponse({ gate, auth: () => session }, request({ accept: 'text/html' }));
  expect([page.status, page.headers.get('cache-control')]).toEqual([503, 'no-store']);
  expect(await page.text()).not.toMatch(new RegExp(`${MARK}|org_1|no answer`));
  broken = false;
  expect((await siteResponse({ gate, auth: () => session }, request())).status).toBe(200);
});

test('it reads the new build where the old one’s files are gone', async () => {
  const store = memoryStore();
  const gate = await gateOver(store);
  const first = await gate.sites.find('org_1' as OrganizationId, '/');
  expect(first).toMatchObject({ build: expect.stringMatching(/^1-/) });
  await publishSite(store, 'org_1', { '/': 'second', '/404.html': 'x' }, 2);
  for await (const { key } of store.list('org_1/blobs/')) if (key.endsWith('.1')) await store.remove(key);
  const response = await siteResponse({ gate, auth: () => session }, request());
  expect([response.status, await response.text()]).toEqual([200, 'second']);
});

test('an open page gets data of its own build, and is told where that is gone', async () => {
  const store = memoryStore();
  const gate = await gateOver(store);
  const own = await gate.sites.current('org_1' as OrganizationId);
  await publishSite(store, 'org_2', { '/': 'theirs' });
  const theirs = await openSites(store).current('org_2' as OrganizationId);
  await publishSite(store, 'org_1', { '/': 'second', '/404.html': 'x' }, 2);
  gate.sites.forget('org_1' as OrganizationId);
  const ask = async (query: string) => {
    const response = await siteResponse({ gate: { ...gate, target: `/${query}` }, auth: () => session }, request());
    return [response.status, await response.text()];
  };
  expect(await ask('')).toEqual([200, 'second']);
  expect(await ask(`?b=${own?.name}`)).toEqual([200, MARK]);
  for (const name of [theirs?.name, '1-00', '', 'x', `${own?.name}&b=${own?.name}`, `${own?.name}.json`, '../org_2'])
    expect([name, ...(await ask(`?b=${name}`))]).toEqual([name, 410, '{"error":"gone"}']);
});

test('it keeps who was shown which call, where a trail is wanted', async () => {
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/calls/c-1/': MARK, '/calls/': 'all', '/404.html': 'none' });
  const seen: View[] = [];
  const base = { ...(await gateOver()), sites: openSites(store), audit: (view: View) => void seen.push(view) };
  for (const [target, method] of [
    ['/calls/c-1/?rule=x', 'GET'],
    ['/calls/c-1/', 'HEAD'],
    ['/calls/c-1', 'GET'],
    ['/calls/c-2/', 'GET'],
    ['/calls/', 'GET'],
  ] as const)
    await siteResponse({ gate: { ...base, target }, auth: () => session }, new Request('http://x/', { method }));
  expect(seen).toEqual([
    { at: '2026-03-31T06:00:00.000Z', organization: 'org_1', user: 'user_1', path: '/calls/c-1/' },
  ]);
});

test('the trail names the page that was shown, however it was asked for, and who used another’s session', async () => {
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/calls/c-1/': MARK, '/404.html': 'none' });
  const seen: View[] = [];
  const base = { ...(await gateOver()), sites: openSites(store), audit: (view: View) => void seen.push(view) };
  const targets = ['/%63alls/c-1/', '/call%73/c-1/?x', '/calls/%63-1/', '/calls/c%2D1/', '/%63%61%6c%6c%73/%63%2d%31/'];
  const act = { sub: 'user_ADMIN' };
  for (const target of targets)
    for (const auth of [session, { ...session, sessionClaims: { act } }]) {
      const response = await siteResponse({ gate: { ...base, target }, auth: () => auth }, request());
      expect([target, response.status]).toEqual([target, 200]);
    }
  const view = { at: '2026-03-31T06:00:00.000Z', organization: 'org_1', user: 'user_1', path: '/calls/c-1/' };
  expect(seen).toEqual(targets.flatMap(() => [view, { ...view, actor: 'user_ADMIN' }]));
});

test('a file that is saved has its own name, however it was asked for', async () => {
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/data/overview.json': '{}' });
  const gate = { ...(await gateOver()), sites: openSites(store), target: '/data/%6fverview.jso%6e' };
  const { headers } = await siteResponse({ gate, auth: () => session }, request());
  expect(headers.get('content-disposition')).toBe('attachment; filename="overview.json"');
});

test('sites take no organization but a verified session’s', () => {
  expectTypeOf<string>().not.toExtend<Parameters<Sites['find']>[0]>();
  expectTypeOf<OrganizationId>().toExtend<Parameters<Sites['find']>[0]>();
});
