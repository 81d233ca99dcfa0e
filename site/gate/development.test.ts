import { describe, expect, test } from 'vitest';
import { UserError } from '../../generator/lib/errors.ts';
import { readSettings, type Settings } from '../../generator/settings.ts';
import { makeKeys, publishableKeyOf } from '../../scripts/demo/identity/forge.ts';
import { gateSettings } from './settings.ts';

const keys = makeKeys();
const testKeyOf = (host: string) => publishableKeyOf(host).replace('pk_live_', 'pk_test_');
const FRONTEND = 'able-cat-12.clerk.accounts.dev';
const good: Settings = {
  development: 'true',
  publishableKey: testKeyOf(FRONTEND),
  secretKey: 'sk_test_0123',
  jwtKey: keys.pem,
};

function problems(settings: Settings, env: NodeJS.ProcessEnv = {}): string[] {
  try {
    gateSettings(settings, { production: true, env });
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

test('it takes what a development instance gives, and needs no more than its two keys', () => {
  const { jwtKey: _, ...least } = good;
  expect(gateSettings({ ...least, proxies: '3' }, { production: true, env: {} })).toEqual({
    development: true,
    origin: 'http://localhost:4321',
    host: '127.0.0.1',
    port: 4321,
    proxies: 0,
    publishableKey: good.publishableKey,
    secretKey: 'sk_test_0123',
    jwtKeys: [],
    issuer: `https://${FRONTEND}`,
    frontend: `https://${FRONTEND}`,
    signInUrl: '/sign-in',
    selectOrganizationUrl: '/select-organization',
    signOutUrl: '/sign-out',
  });
});

test.each([
  ['http://localhost:4321', undefined],
  ['http://127.0.0.1:4321', '127.0.0.1'],
  ['http://localhost:4321/', '::1'],
])('it starts for %s on %s', (siteUrl, host) => {
  expect(problems({ ...good, siteUrl, host })).toEqual([]);
});

describe('it does not start', () => {
  const cases: [string, Settings, RegExp, NodeJS.ProcessEnv?][] = [
    [
      'with a production key',
      { publishableKey: publishableKeyOf('clerk.example.com') },
      /PUBLISHABLE_KEY belongs to a production/,
    ],
    ['with a production secret', { secretKey: 'sk_live_x' }, /CLERK_SECRET_KEY belongs to a production/],
    [
      'with an instance that is not Clerk’s',
      { publishableKey: testKeyOf('clerk.example.com') },
      /no development instance of Clerk’s/,
    ],
    [
      'with a name that only ends alike',
      { publishableKey: testKeyOf('evil-clerk.accounts.dev') },
      /no development instance of Clerk’s/,
    ],
    ['on all addresses', { host: '0.0.0.0' }, /CCI_HOST is "0\.0\.0\.0"/],
    ['on an address of the network', { host: '192.168.1.5' }, /CCI_HOST is "192/],
    ['for a site elsewhere', { siteUrl: 'http://reports.example.com' }, /CCI_SITE_URL is "http:\/\/reports/],
    ['over https', { siteUrl: 'https://localhost:4321' }, /CCI_SITE_URL is "https:/],
    ['for another port', { siteUrl: 'http://localhost:4322' }, /CCI_SITE_URL is .*4322/],
    ['for a name that only begins alike', { siteUrl: 'http://localhost.example:4321' }, /CCI_SITE_URL is/],
    ['with a sign-in elsewhere', { signInUrl: 'https://able-cat-12.accounts.dev/sign-in' }, /CCI_SIGN_IN_URL is/],
    ['with another issuer', { issuer: 'https://clerk.example.org' }, /CCI_CLERK_ISSUER is/],
    ['with a public key that is none', { jwtKey: 'x' }, /CCI_CLERK_JWT_KEY is not a public key/],
    ['with another API', {}, /CLERK_API_URL is set/, { CLERK_API_URL: 'http://127.0.0.1' }],
    ['with unchecked certificates', {}, /REJECT_UNAUTHORIZED is 0/, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['with Clerk’s looser checks', {}, /NODE_ENV is "development"/, { NODE_ENV: 'development' }],
  ];
  test.each(cases)('%s', (_name, change, sentence, env = {}) => {
    const found = problems({ ...good, ...change }, env);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
    expect(found[0]).toMatch(/\.$/);
  });

  test('without a key, and says so', () => {
    expect(problems({ development: 'true' })).toHaveLength(2);
  });
});

test('without the flag these keys are refused as ever, and the sentence names it', () => {
  const { development: _, ...production } = { ...good, siteUrl: 'https://reports.able-cat-12.clerk.accounts.dev' };
  const found = problems(production);
  expect(found).toHaveLength(2);
  for (const sentence of found) expect(sentence).toMatch(/--development\.$/);
});

test('no variable switches it on', () => {
  const env = { CCI_DEVELOPMENT: '1', DEVELOPMENT: 'true', development: 'true', NODE_ENV: 'development' };
  expect(readSettings([], env, ['development'])).toEqual({});
  expect(readSettings(['--development'], {}, ['development'])).toEqual({ development: 'true' });
});
