import type { APIContext, APIRoute } from 'astro';
import { expect, test } from 'vitest';
import { linkMark } from '../../../generator/lib/link-mark.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { openSites } from '../content/sites.ts';
import * as sheet from '../pages/session.css.ts';
import * as json from '../pages/session.ts';
import { publishSite } from '../testing/gate.ts';

const session = {
  tokenType: 'session_token',
  isAuthenticated: true,
  userId: 'user_1',
  orgId: 'org_1',
  sessionClaims: {},
};

async function ask(auth: unknown, target = '/session', { GET }: { GET: APIRoute } = json): Promise<Response> {
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/': 'x' });
  const gate = { sites: openSites(store), target };
  return (await GET({ locals: { gate, auth: () => auth } } as unknown as APIContext)) as Response;
}

const REFUSED = [
  [401, undefined],
  [401, { ...session, isAuthenticated: false }],
  [401, { ...session, tokenType: 'api_key' }],
  [403, { ...session, orgId: null }],
  [403, { ...session, sessionClaims: { org_id: 'org_2' } }],
] as const;

test('it tells nobody without a session of an organization anything', async () => {
  for (const [status, auth] of REFUSED) {
    const response = await ask(auth);
    expect([response.status, Object.keys((await response.json()) as object)]).toEqual([status, ['error']]);
  }
  expect(await (await ask(session)).json()).toMatchObject({ organization: { id: 'org_1' }, user: { id: 'user_1' } });
  expect(json.HEAD).toBe(json.GET);
});

test('it says no for a page of another organization', async () => {
  expect((await ask(session, `/session?o=${linkMark('org_1')}`)).status).toBe(200);
  expect((await ask(session, `/session?o=${linkMark('org_12')}`)).status).toBe(403);
  expect((await ask(session, `/session?o=${linkMark('org_1')}&o=${linkMark('org_12')}`)).status).toBe(403);
});

test('its style sheet shows a page to a session of the page’s own organization, and to nobody else', async () => {
  const own = `/session.css?o=${linkMark('org_1')}`;
  const shown = await ask(session, own, sheet);
  expect(shown.status).toBe(200);
  expect(shown.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(shown.headers.get('cache-control')).toBe('no-store');
  expect(await shown.text()).toMatch(/^:root\{--build:"\d+-[0-9a-f]+"\}html>body\[hidden\]\{/);
  for (const target of ['/session.css', '/session.css?o=', `/session.css?o=${linkMark('org_12')}`, `${own}&o=x`])
    expect([target, (await ask(session, target, sheet)).status]).toEqual([target, 403]);
  for (const [status, auth] of REFUSED) expect((await ask(auth, own, sheet)).status).toBe(status);
  const none = await ask({ ...session, orgId: 'org_12' }, `/session.css?o=${linkMark('org_12')}`, sheet);
  expect(none.status).toBe(410);
  expect(sheet.HEAD).toBe(sheet.GET);
});
