import type { APIContext } from 'astro';
import { expect, test } from 'vitest';
import { memoryStore } from '../../generator/store/memory.ts';
import { GET, HEAD } from './pages/session.ts';
import { openSites } from './sites.ts';
import { publishSite } from './testing.ts';

const session = {
  tokenType: 'session_token',
  isAuthenticated: true,
  userId: 'user_1',
  orgId: 'org_1',
  sessionClaims: {},
};

async function ask(auth: unknown): Promise<Response> {
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/': 'x' });
  const gate = { sites: openSites(store), target: '/session' };
  return (await GET({ locals: { gate, auth: () => auth } } as unknown as APIContext)) as Response;
}

test('it tells nobody without a session of an organization anything', async () => {
  for (const [status, auth] of [
    [401, undefined],
    [401, { ...session, isAuthenticated: false }],
    [401, { ...session, tokenType: 'api_key' }],
    [403, { ...session, orgId: null }],
    [403, { ...session, sessionClaims: { org_id: 'org_2' } }],
  ] as const) {
    const response = await ask(auth);
    expect([response.status, Object.keys((await response.json()) as object)]).toEqual([status, ['error']]);
  }
  expect(await (await ask(session)).json()).toMatchObject({ organization: { id: 'org_1' }, user: { id: 'user_1' } });
  expect(HEAD).toBe(GET);
});
