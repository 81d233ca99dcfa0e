import { describe, expect, it } from 'vitest';
import { cookieSuffix, publishableKeyOf } from '../../../scripts/demo/identity/forge.ts';
import type { GateSettings } from '../settings.ts';
import { plainSessions } from './plain-session.ts';

const publishableKey = publishableKeyOf('clerk.example.com');
const origin = 'https://reports.example.com';
const settings = { publishableKey, origin } as GateSettings;
const X = cookieSuffix(publishableKey);
const [ONE, TWO] = ['eyJh.eyJi.c-_1', 'eyJh.eyJi.d-_2'];
const PLAIN = `__session=${ONE}; __client_uat=1700000000`;
const SUFFIXED = `__session_${X}=${ONE}; __client_uat_${X}=1700000000`;

const read = (cookie: string | undefined, headers: object = {}, method = 'GET', own = settings) =>
  plainSessions(own)(method, { ...(cookie !== undefined && { cookie }), ...headers });
const SEEN = { token: ONE, clientUat: 1_700_000_000 };

describe('a plain session', () => {
  it.each([
    PLAIN,
    SUFFIXED,
    `${PLAIN}; ${SUFFIXED}`,
    `a=1;${SUFFIXED};theme=dark ;  ${PLAIN}; b`,
    `${PLAIN}; __refresh_${X}=r`,
    `theme=dark; theme=light; ${PLAIN}`,
    `__session=${ONE} ; __client_uat= 1700000000 ;`,
    `${PLAIN}; __session_other000=${TWO}; __client_uat_other000=5; clerk_active_context=sess_1:org_2`,
  ])('is one token with one time: %s', (cookie) => {
    expect(read(cookie)).toEqual(SEEN);
    expect(read(cookie, {}, 'HEAD')).toEqual(SEEN);
  });

  it.each([
    ...['document', 'iframe', 'empty', 'style', 'script', 'image', 'font', 'manifest'].map((to) => [
      'sec-fetch-dest',
      to,
    ]),
    ['referer', `${origin}/calls/`],
    ['accept', 'text/html'],
  ] as [string, string][])('comes with what browsers send: %s: %s', (name, value) => {
    expect(read(PLAIN, { [name]: value })).toEqual(SEEN);
  });
});

describe('what is left to the SDK', () => {
  it.each([
    undefined,
    '',
    'theme=dark',
    `__session=${ONE}`,
    '__client_uat=1700000000',
    `__session=${ONE}; __client_uat=0`,
    ...['', '01', '-1', '+1', '1.5', '1e9', ' ', 'x', '0x10', '123456789012'].map(
      (uat) => `__session=${ONE}; __client_uat=${uat}`,
    ),
    ...['', 'x', '..', 'a.b', 'a.b.', 'a.b.c.d', '"a.b.c"', 'a.b.c%20', 'a.b.c=', 'a b.c.d'].map(
      (token) => `__session=${token}; __client_uat=1`,
    ),
    `${PLAIN}; __session=${ONE}`,
    `${PLAIN}; __session=${TWO}`,
    `${PLAIN}; __client_uat=1700000000`,
    `${PLAIN}; __refresh_${X}=a; __refresh_${X}=b`,
    `${PLAIN}; __session_${X}=${TWO}; __client_uat_${X}=1700000000`,
    `${PLAIN}; __session_${X}=${ONE}; __client_uat_${X}=1700000001`,
    `${PLAIN}; __session_${X}=${ONE}`,
    `${PLAIN}; __client_uat_${X}=0`,
    `${SUFFIXED}; __session=${ONE}`,
    `${SUFFIXED}; __client_uat=1700000000`,
    ...[
      '__clerk_handshake',
      '__clerk_handshake_nonce',
      '__clerk_redirect_count',
      '__clerk_db_jwt',
      `__clerk_db_jwt_${X}`,
    ].map((name) => `${PLAIN}; ${name}=1`),
  ])('is every other cookie: %s', (cookie) => {
    expect(read(cookie)).toBeUndefined();
  });

  it.each([
    ...['authorization', 'expect', 'content-length', 'transfer-encoding', 'upgrade'].map((name) => [name, '0']),
    ...['', 'Document', 'object', 'embed', 'frame', 'document, empty', 'serviceworker'].map((value) => [
      'sec-fetch-dest',
      value,
    ]),
    ...[
      '',
      'https://clerk.example.com/',
      'https://reports.example.com',
      'https://reports.example.com.evil.example/',
    ].map((value) => ['referer', value]),
    ...['http://reports.example.com/', 'https://reports.example.com@evil.example/', 'x'].map((value) => [
      'referer',
      value,
    ]),
  ] as [string, string][])('is every other header: %s: %s', (name, value) => {
    expect(read(PLAIN, { [name]: value })).toBeUndefined();
  });

  it('is every other method, and a test instance', () => {
    for (const method of ['POST', 'PUT', 'OPTIONS', 'get', '']) expect(read(PLAIN, {}, method)).toBeUndefined();
    const test = { ...settings, publishableKey: publishableKey.replace('live', 'test') };
    expect(read(PLAIN, {}, 'GET', test)).toBeUndefined();
  });
});
