import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../generator/lib/errors.ts';
import type { Settings } from '../../generator/settings.ts';
import { makeKeys, publishableKeyOf } from '../../scripts/demo/identity/forge.ts';
import { gateSettings } from './settings.ts';

const keys = makeKeys();
const privatePem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const longPem = makeKeys(3072).pem;
const ecPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();
const good: Settings = {
  siteUrl: 'https://reports.example.com/',
  publishableKey: publishableKeyOf('clerk.example.com'),
  secretKey: 'sk_live_0123',
  jwtKey: keys.pem,
};

function problems(settings: Settings, env: NodeJS.ProcessEnv = {}, production = true): string[] {
  try {
    gateSettings(settings, { production, env });
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

test('it takes what a production instance gives', () => {
  expect(gateSettings(good, { production: true, env: {} })).toEqual({
    origin: 'https://reports.example.com',
    host: '127.0.0.1',
    port: 4321,
    proxies: 1,
    publishableKey: good.publishableKey,
    secretKey: 'sk_live_0123',
    jwtKeys: [keys.pem.trim()],
    issuer: 'https://clerk.example.com',
    frontend: 'https://clerk.example.com',
    signInUrl: '/sign-in',
    selectOrganizationUrl: '/select-organization',
    signOutUrl: '/sign-out',
  });
});

test.each([
  ['https://example.com', 'clerk.example.com'],
  ['https://a.b.example.com:8443', 'clerk.example.com'],
  ['https://reports.acme.co.uk', 'clerk.acme.co.uk'],
  ['https://reports.acme.github.io', 'clerk.acme.github.io'],
])('it starts for %s with the instance of %s', (siteUrl, host) => {
  expect(problems({ ...good, siteUrl, publishableKey: publishableKeyOf(host) })).toEqual([]);
});

test('it takes a key on one line, a second key and the issuer with a slash', () => {
  const previous = makeKeys().pem;
  const jwtKey = keys.pem.replaceAll('\n', '\\n');
  const issuer = 'https://clerk.example.com/';
  const settings = gateSettings({ ...good, jwtKey, jwtKeyPrevious: previous, issuer }, { production: true, env: {} });
  expect(settings.jwtKeys).toEqual([keys.pem.trim(), previous.trim()]);
});

describe('it does not start', () => {
  const cases: [string, Settings, RegExp, NodeJS.ProcessEnv?][] = [
    ['without a site address', { siteUrl: undefined }, /CCI_SITE_URL is missing/],
    ['without a publishable key', { publishableKey: undefined }, /PUBLISHABLE_KEY is missing/],
    ['without a secret key', { secretKey: undefined }, /CLERK_SECRET_KEY is missing/],
    ['without a public key', { jwtKey: undefined }, /CCI_CLERK_JWT_KEY is missing/],
    ['with a private key', { jwtKey: privatePem }, /CCI_CLERK_JWT_KEY contains a private or secret key/],
    ['with a private key before', { jwtKeyPrevious: privatePem }, /JWT_KEY_PREVIOUS contains a private or secret key/],
    [
      'with the secret key as public key',
      { jwtKey: 'sk_live_0123' },
      /CCI_CLERK_JWT_KEY contains a private or secret key/,
    ],
    ['with a private key as secret', { secretKey: privatePem }, /CLERK_SECRET_KEY contains a private or secret key/],
    ['with the secret key where everybody sees it', { publishableKey: 'sk_live_0123' }, /shown to everybody/],
    ['with one key twice', { jwtKeyPrevious: keys.pem }, /is the same key as CCI_CLERK_JWT_KEY/],
    ['with unchecked certificates', {}, /REJECT_UNAUTHORIZED is 0/, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['with a key of another kind', { jwtKey: ecPem }, /not an RSA key of 2048 bits/],
    ['with a key of another length', { jwtKey: longPem }, /not an RSA key of 2048 bits/],
    ['with a short key', { jwtKey: makeKeys(1024).pem }, /not an RSA key of 2048 bits/],
    ['with no key at all', { jwtKey: 'pk_live_x' }, /is not a public key in PEM/],
    ['with a broken publishable key', { publishableKey: 'pk_live_!!' }, /is not a publishable key of Clerk/],
    ['with a publishable key for no host', { publishableKey: 'pk_live_eA' }, /is not a publishable key of Clerk/],
    ['with another issuer', { issuer: 'https://clerk.example.org' }, /belongs to "https:\/\/clerk\.example\.com"/],
    ['with an issuer over http', { issuer: 'http://clerk.example.com' }, /CCI_CLERK_ISSUER is "http:/],
    ['with the publishable key as secret', { secretKey: 'pk_live_x' }, /is not a secret key of Clerk/],
    ['with a test key', { publishableKey: good.publishableKey?.replace('live', 'test') }, /development instance/],
    ['with a test secret', { secretKey: 'sk_test_x' }, /CLERK_SECRET_KEY belongs to a development instance/],
    ['over http', { siteUrl: 'http://reports.example.com' }, /CCI_SITE_URL is "http:.*unencrypted/],
    ['with sign-in over http', { signInUrl: 'http://accounts.example.com' }, /CCI_SIGN_IN_URL is "http:/],
    ['with a sign-in page that is not there', { signInUrl: '/login' }, /there is no sign-in page/],
    ['for a reserved name', { siteUrl: 'https://reports.cci.test' }, /a reserved name/],
    ['for this machine', { siteUrl: 'https://localhost:4321' }, /a reserved name/],
    ['for a loopback address', { siteUrl: 'https://127.0.0.1' }, /a reserved name/],
    ...['0.0.0.0', '[::]', '[::ffff:127.0.0.1]', 'reports.localhost.', 'reports.acme.example', 'reports.local'].map(
      (host): [string, Settings, RegExp] => [`for ${host}`, { siteUrl: `https://${host}` }, /a reserved name/],
    ),
    ...[
      '0',
      '127.1',
      '0x7f.1',
      '%6cocalhost',
      'reports.%65xample',
      'reports.localhost%2e',
      '[0:0:0:0:0:0:0:0]',
      'a.example.',
    ].map((host): [string, Settings, RegExp] => [
      `for ${host}, spelt so`,
      { siteUrl: `https://${host}` },
      /a reserved name/,
    ]),
    [
      'for a reserved name of a sign-in',
      { signInUrl: 'https://accounts.acme.example./x' },
      /CCI_SIGN_IN_URL.*reserved/,
    ],
    ['with a dot behind the name', { siteUrl: 'https://reports.example.com.' }, /CCI_SITE_URL.*ends in a dot/],
    ['with an encoded one', { siteUrl: 'https://reports.example.com%2e' }, /CCI_SITE_URL.*ends in a dot/],
    ['with a password', { siteUrl: 'https://ann:hunter2@reports.example.com' }, /CCI_SITE_URL has a user name or/],
    ['with a password for sign-in', { signInUrl: 'https://:hunter2@a.example.com' }, /CCI_SIGN_IN_URL has a user/],
    ['with a name in the issuer', { issuer: 'https://ann@clerk.example.com' }, /CCI_CLERK_ISSUER has a user name/],
    ['with the demo’s identity', { publishableKey: publishableKeyOf('clerk.cci-demo.invalid') }, /a reserved name/],
    ['for a site of another domain', { siteUrl: 'https://reports.other-company.net' }, /which is another domain/],
    ['for a domain that only ends alike', { siteUrl: 'https://reports.myexample.com' }, /which is another domain/],
    [
      'for a neighbour below one public suffix',
      { siteUrl: 'https://acme.co.uk', publishableKey: publishableKeyOf('clerk.other.co.uk') },
      /which is another domain/,
    ],
    [
      'for a neighbour at one hosting service',
      { siteUrl: 'https://acme.github.io', publishableKey: publishableKeyOf('clerk.other.github.io') },
      /which is another domain/,
    ],
    ['for an address without a name', { siteUrl: 'https://192.0.2.7' }, /which is another domain/],
    ['with another API', {}, /CLERK_API_URL is set/, { CLERK_API_URL: 'http://127.0.0.1' }],
    ['with a proxy', {}, /PUBLIC_CLERK_PROXY_URL is set/, { PUBLIC_CLERK_PROXY_URL: 'https://x.example' }],
    ['as a satellite', {}, /PUBLIC_CLERK_IS_SATELLITE is set/, { PUBLIC_CLERK_IS_SATELLITE: 'true' }],
    ['in development', {}, /NODE_ENV is "development"/, { NODE_ENV: 'development' }],
  ];
  test.each(cases)('%s', (_name, change, sentence, env = {}) => {
    const found = problems({ ...good, ...change }, env);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
    expect(found[0]).toMatch(/\.$/);
    expect(found.join()).not.toContain(privatePem.slice(40, 80));
    expect(found.join()).not.toContain('hunter2');
  });

  test('and says everything at once', () => {
    expect(problems({}, { NODE_ENV: 'development', CLERK_API_URL: 'x' })).toHaveLength(6);
  });
});

test('outside production it takes the demo’s names, and still no wrong key', () => {
  const demo = {
    ...good,
    siteUrl: 'http://127.0.0.1:4321',
    publishableKey: publishableKeyOf('clerk.cci-demo.invalid'),
  };
  expect(problems(demo, {}, false)).toEqual([]);
  expect(problems({ ...demo, jwtKey: privatePem }, {}, false)).toHaveLength(1);
});
