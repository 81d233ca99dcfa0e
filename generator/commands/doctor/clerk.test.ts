import { createPublicKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forge, makeKeys, publishableKeyOf, sessionClaims } from '../../../scripts/demo/identity/forge.ts';
import type { Settings } from '../../settings.ts';
import { type Answers, contextWith, type JsonServer, jsonServer, linesOf } from '../../testing/doctor.ts';
import { checkClerk } from './clerk.ts';
import { checkClock } from './clock.ts';
import type { Context } from './context.ts';
import { checkToken } from './token.ts';

const keys = makeKeys();
const others = makeKeys();
const jwk = (pem: string) => createPublicKey(pem).export({ format: 'jwk' });
const SETTINGS: Settings = {
  siteUrl: 'https://reports.acme-quality.com',
  publishableKey: publishableKeyOf('clerk.acme-quality.com'),
  secretKey: `sk_live_${'a1'.repeat(20)}`,
  jwtKey: keys.pem,
};
const ISSUER = 'https://clerk.acme-quality.com';
const GOOD: Answers = {
  '/.well-known/jwks.json': { body: { keys: [jwk(keys.pem)] } },
  '/v1/jwks': { body: { keys: [jwk(keys.pem)] } },
  '/v1/environment': {
    body: { user_settings: { sign_up: { mode: 'restricted' } }, organization_settings: { enabled: true } },
  },
};

let clerk: JsonServer;
let folder: string;
beforeEach(async () => {
  clerk = await jsonServer({ ...GOOD });
  folder = await mkdtemp(join(tmpdir(), 'cci-doctor-clerk-'));
});
afterEach(async () => {
  await clerk[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Whoever is asked at Clerk's addresses, this server answers. */
const context = (settings: Settings = SETTINGS, given: Partial<Context> = {}): Context =>
  contextWith({
    settings,
    clerkApi: 'https://api.clerk.com',
    ask: (url, init) => fetch(clerk.url + new URL(String(url)).pathname, init),
    ...given,
  });
const said = async (settings?: Settings) => linesOf((await checkClerk(context(settings))).findings);

it('agrees with keys of one instance that only invited people can sign up at', async () => {
  expect(await said()).toEqual([
    `clerk: settings: ok: Keys, issuer and the site’s domain fit together: ${ISSUER}.`,
    `clerk: keys: ok: The gate knows each key that ${ISSUER} signs sessions with.`,
    'clerk: secret key: ok: CLERK_SECRET_KEY belongs to the same instance as the publishable key.',
    'clerk: access: ok: Only who is invited can sign up.',
  ]);
  expect(clerk.asked.filter(({ authorization }) => authorization !== undefined)).toEqual([
    { path: '/v1/jwks', authorization: `Bearer ${SETTINGS.secretKey}` },
  ]);
});

it('asks nobody where the gate would not start, and says why it would not', async () => {
  const lines = await said({ ...SETTINGS, siteUrl: 'https://reports.other-company.net', secretKey: 'pk_live_x' });
  expect(lines).toEqual([
    expect.stringMatching(/^clerk: settings: wrong: CLERK_SECRET_KEY is not a secret key of Clerk/),
    expect.stringMatching(/^clerk: settings: wrong: CCI_SITE_URL is .*which is another domain/),
  ]);
  expect(clerk.asked).toEqual([]);
  expect(await said({})).toEqual([]);
});

it('takes keys of a development instance where it is told to, as the gate does', async () => {
  const publishableKey = `pk_test_${Buffer.from('apt-lark-1.clerk.accounts.dev$').toString('base64')}`;
  const own = { publishableKey, secretKey: `sk_test_${'a1'.repeat(20)}` };
  const lines = await said({ ...own, development: 'true' });
  expect(lines[0]).toMatch(/^clerk: settings: ok: .*https:\/\/apt-lark-1\.clerk\.accounts\.dev/);
  expect(lines[1]).toMatch(/^clerk: keys: ok: The gate asks/);
  expect((await said({ ...SETTINGS, ...own }))[0]).toMatch(/^clerk: settings: wrong/);
});

it('tells keys of another instance, keys that are new, and a secret key that Clerk does not know', async () => {
  clerk.answers['/.well-known/jwks.json'] = { body: { keys: [jwk(others.pem)] } };
  clerk.answers['/v1/jwks'] = { status: 401, body: {} };
  const lines = await said();
  expect(lines[1]).toMatch(
    /^clerk: keys: wrong: CCI_CLERK_JWT_KEY is not a key that https:\/\/clerk\.acme-quality\.com/,
  );
  expect(lines[2]).toMatch(/^clerk: secret key: wrong: Clerk does not know CLERK_SECRET_KEY \(HTTP 401\)/);
  clerk.answers['/.well-known/jwks.json'] = { body: { keys: [jwk(keys.pem), jwk(others.pem)] } };
  clerk.answers['/v1/jwks'] = { body: { keys: [jwk(makeKeys().pem)] } };
  const more = await said();
  expect(more[1]).toMatch(/^clerk: keys: warning: .* also signs with a key that the gate does not know/);
  expect(more[2]).toMatch(/^clerk: secret key: wrong: .* belong to different instances/);
  clerk.answers['/.well-known/jwks.json'] = { status: 404, body: 'nothing' };
  clerk.answers['/v1/jwks'] = { status: 500, body: {} };
  const none = await said();
  expect(none[1]).toMatch(/^clerk: keys: warning: .* tells no key .*\(HTTP 404\)/);
  expect(none[2]).toMatch(/^clerk: secret key: not checked/);
  expect([...lines, ...more, ...none].join()).not.toContain(SETTINGS.secretKey);
});

it.each([
  [{ user_settings: { sign_up: { mode: 'public' } } }, /access: warning: Anybody can sign up/],
  [{ user_settings: { sign_up: { mode: 'waitlist' } } }, /access: ok: Who wants to sign up waits/],
  [{ organization_settings: { enabled: false } }, /organizations: wrong: Organizations are switched off/],
  ['<html>', /access: not checked/],
])('says who may sign up by %j', async (body, line) => {
  clerk.answers['/v1/environment'] = { body };
  expect((await said()).join('\n')).toMatch(line);
});

it('without a network it checks what it can', async () => {
  const { findings, instance } = await checkClerk(
    context(SETTINGS, { ask: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('no route') })) }),
  );
  expect(linesOf(findings)).toEqual([
    expect.stringMatching(/^clerk: settings: ok/),
    'clerk: keys: warning: Clerk at clerk.acme-quality.com cannot be reached (no route). Check the network.',
  ]);
  expect(instance?.issuer).toBe(ISSUER);
});

it.each([
  [0, /^clock: ok/],
  [29_000, /^clock: ok/],
  [45_000, /^clock: wrong: This machine’s clock is 4[45] s behind that of Clerk/],
  [-600_000, /^clock: wrong: This machine’s clock is \d+ s ahead of that of Clerk/],
])('compares the clock: theirs is %i ms ahead', async (ahead, line) => {
  clerk.time = Date.now() + ahead;
  const given = context();
  await checkClerk(given);
  const [first = ''] = linesOf(await checkClock(given));
  expect(first).toMatch(line);
});

it('of a machine that asked nobody nothing is said about its clock', async () => {
  expect(await checkClock(context({}))).toEqual([]);
});

async function ofToken(text: string) {
  const file = join(folder, 'token');
  await writeFile(file, `${text}\n`);
  const given = context({ ...SETTINGS, tokenFile: file });
  return linesOf(await checkToken(given, (await checkClerk(given)).instance));
}
const NOW = Date.parse('2026-03-30T12:00:00Z') / 1000;
const claims = { issuer: ISSUER, origin: SETTINGS.siteUrl ?? '', user: 'user_secretperson', now: NOW - 3600 };
const org = { id: 'org_acme', name: 'Acme' };

it('reads the claims of a token that the gate would take, and names no person', async () => {
  const lines = await ofToken(forge(sessionClaims({ ...claims, org, email: 'ann@example.com' }), { keys }));
  expect(lines).toEqual([
    'token: signature: ok: It is signed with a key that the gate knows.',
    'token: time: ok: It ended 59 min ago. Session tokens live for a minute, so that is as it should be.',
    'token: version: ok: It is of version 2.',
    'token: organization: ok: It names the organization org_acme.',
  ]);
  expect(lines.join()).not.toMatch(/secretperson|ann@/);
});

it.each([
  [{}, { keys: others }, /token: signature: wrong/],
  [{ iss: 'https://clerk.elsewhere.com' }, { keys }, /token: issuer: wrong: It comes from https:\/\/clerk\.elsewhere/],
  [{ azp: 'https://elsewhere.com' }, { keys }, /token: origin: wrong/],
  [{ exp: undefined }, { keys }, /token: time: wrong/],
  [{ v: 3 }, { keys }, /token: version: wrong/],
  [{ v: 1 }, { keys }, /token: version: warning[\s\S]*token: organization: ok/],
  [{ o: undefined, org_id: undefined }, { keys }, /token: organization: wrong: No organization is chosen/],
  [{ o: { id: '../x' } }, { keys }, /token: organization: wrong: Its organization is no id/],
  [{ org_id: 'org_other' }, { keys }, /token: organization: wrong: Its custom claim org_id names another/],
])('finds what is wrong with a token: %j', async (changed, how, line) => {
  const lines = await ofToken(forge({ ...sessionClaims({ ...claims, org }), ...changed }, how));
  expect(lines.join('\n')).toMatch(line);
});

it.each(['', 'nonsense', 'a.b.c', `${Buffer.from('{}').toString('base64url')}.bnVsbA.x`, 'a.e30.c.d'])(
  'takes %j for no token',
  async (text) => {
    expect(await ofToken(text)).toEqual([expect.stringMatching(/^token: wrong: This is not a session token/)]);
  },
);
