import { expect, expectTypeOf, test } from 'vitest';
import { memoryStore } from '../../generator/store/memory.ts';
import type { GateRequest } from './request.ts';
import type { GateSettings } from './settings.ts';
import { siteResponse } from './site-response.ts';
import { openSites, type Sites } from './sites.ts';
import type { OrganizationId } from './tenant.ts';
import { publishSite } from './testing.ts';

const settings: GateSettings = {
  origin: 'https://reports.example.com',
  host: '127.0.0.1',
  port: 0,
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
  const line = { at: '', method: 'GET', path: '/', status: 0, ms: 0 };
  return { settings, sites: openSites(store), target: '/', line };
}
const request = (headers: { [name: string]: string } = {}) => new Request('http://x/', { headers });

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
  expect(await page.text()).not.toContain(MARK);
  broken = false;
  expect((await siteResponse({ gate, auth: () => session }, request())).status).toBe(200);
});

test('it reads the new build where the old one’s files are gone', async () => {
  const store = memoryStore();
  const gate = await gateOver(store);
  const first = await gate.sites.find('org_1' as OrganizationId, '/');
  expect(first).toMatchObject({ build: { generation: 1 } });
  await publishSite(store, 'org_1', { '/': 'second', '/404.html': 'x' }, 2);
  for await (const { key } of store.list('org_1/blobs/')) if (key.endsWith('.1')) await store.remove(key);
  const response = await siteResponse({ gate, auth: () => session }, request());
  expect([response.status, await response.text()]).toEqual([200, 'second']);
});

test('sites take no organization but a verified session’s', () => {
  expectTypeOf<string>().not.toExtend<Parameters<Sites['find']>[0]>();
  expectTypeOf<OrganizationId>().toExtend<Parameters<Sites['find']>[0]>();
});
