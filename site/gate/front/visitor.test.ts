import { describe, expect, it } from 'vitest';
import {
  cookieSuffix,
  forge,
  makeKeys,
  publishableKeyOf,
  sessionClaims,
} from '../../../scripts/demo/identity/forge.ts';
import type { GateSettings } from '../settings.ts';
import { type Visitor, visitors } from './visitor.ts';

const publishableKey = publishableKeyOf('clerk.example.com');
const SUFFIX = cookieSuffix(publishableKey);
const keys = makeKeys();
const stranger = makeKeys();
const settings = { publishableKey, jwtKeys: [makeKeys().pem, keys.pem] } as GateSettings;
const PAGE = { 'sec-fetch-dest': 'document' };

const token = (session = 'sess_1', { by = keys, age = 0 } = {}) =>
  forge(
    sessionClaims({
      issuer: 'https://clerk.example.com',
      origin: 'https://reports.example.com',
      user: 'user_1',
      session,
      now: Date.now() / 1000 - age,
    }),
    { keys: by },
  );
const EXPIRED = { age: 3600 };

/** What becomes of each of some requests of one kind. @param cookie of the i-th one */
function tried(
  times: number,
  cookie: (i: number) => string,
  {
    method = 'GET',
    headers = PAGE as object,
    address = (_: number): string => '203.0.113.1',
    visitorOf = visitors(settings),
  } = {},
) {
  return Array.from({ length: times }, (_, i) =>
    visitorOf({ method, headers: { ...headers, cookie: cookie(i) } }, address(i)),
  );
}
const nonces = (seen: Visitor[]) => seen.filter(({ handshake }) => handshake && 'nonce' in handshake);

describe('cookies that go on', () => {
  it('are Clerk’s alone, the first of each name', () => {
    const own = token();
    const cookie = `a=1; __session=${own}; __client_uat=1;__session=x ;  __client_uat_${SUFFIX} = 2; __clerk_db_jwt=x; b`;
    expect(tried(1, () => cookie)[0]).toEqual({
      cookie: `__session=${own}; __client_uat=1; __client_uat_${SUFFIX}=2`,
      isNobody: false,
    });
    expect(tried(1, () => 'org=1; __session_other000=x')[0]).toEqual({ cookie: '', isNobody: true });
  });

  it('hold no handshake, but what Clerk has signed in it is taken out', () => {
    const directives = ['__session=a.b.c; Path=/', '__client_uat=1'];
    const ended = (handshake: unknown, by = keys) => forge({ handshake }, { keys: by });
    const others = [ended(directives, stranger), ended('x'), ended([1]), ended(['a\r\nb: c'])];
    for (const wrong of ['x', 'a.b.c', token(), ...others])
      expect(tried(1, () => `__clerk_handshake=${wrong}`)[0]).toEqual({ cookie: '', isNobody: true });
    expect(tried(1, () => `__client_uat=0; __clerk_handshake=${ended(directives)}`)[0]).toEqual({
      cookie: '__client_uat=0',
      isNobody: false,
      handshake: { directives },
    });
  });

  it('count no more handshakes than Clerk’s SDK bears without a word', () => {
    for (const count of [0, 1, 2])
      expect(tried(1, () => `__clerk_redirect_count=${count}`)[0]?.cookie).toBe(`__clerk_redirect_count=${count}`);
    for (const count of ['3', '03', '4', '999999999'])
      expect(tried(1, () => `__clerk_redirect_count=${count}`)[0]).toEqual({
        cookie: '__clerk_redirect_count=2',
        isNobody: true,
        inCircle: true,
      });
    for (const count of ['', 'x', '-1', '3.0', '0x3', '%33', '3e0', '+3', '1'.repeat(10)])
      expect(tried(1, () => `__clerk_redirect_count=${count}`)[0]?.cookie, count).toBe('');
  });
});

describe('the nonce of a handshake', () => {
  it('is never among the cookies that go on, and is used for a page alone', () => {
    const cookie = '__clerk_handshake_nonce=abc; __clerk_redirect_count=1';
    expect(tried(1, () => cookie)[0]).toEqual({
      cookie: '__clerk_redirect_count=1',
      isNobody: false,
      handshake: { nonce: 'abc' },
    });
    for (const other of [
      { method: 'HEAD' },
      { headers: { 'sec-fetch-dest': 'empty' } },
      { headers: { 'sec-fetch-dest': 'style', accept: 'text/html' } },
      { headers: {} },
    ])
      expect(tried(1, () => cookie, other)[0]).toEqual({ cookie: '__clerk_redirect_count=1', isNobody: true });
    for (const nonce of ['', 'a b', 'a/../b', 'x'.repeat(513), '%41'])
      expect(tried(1, () => `__clerk_handshake_nonce=${nonce}`)[0]?.handshake, nonce).toBeUndefined();
  });

  it('is used once', () => {
    expect(nonces(tried(20, () => '__clerk_handshake_nonce=abc'))).toHaveLength(1);
  });

  it('is used a few times a minute by one address, with no session or a forged one', () => {
    for (const session of [
      () => 'x=1',
      () => '__session=a.b.c',
      (i: number) => `__session=${token(`s${i}`, { by: stranger })}`,
    ]) {
      const seen = tried(50, (i) => `${session(i)}; __clerk_handshake_nonce=n${i}`);
      expect(nonces(seen)).toHaveLength(6);
      expect(seen.at(-1)?.handshake).toEqual({ ended: expect.stringContaining('too many') });
    }
    const many = tried(50, (i) => `__clerk_handshake_nonce=n${i}`, { address: (i) => `203.0.113.${i}` });
    expect(nonces(many)).toHaveLength(50);
  });

  it('is used a few times a minute by one session that Clerk has signed, by as many of them as there are in an office', () => {
    const [own, other] = [token('sess_1', EXPIRED), token('sess_2')];
    const visitorOf = visitors(settings);
    const from = (session: string) => (i: number) =>
      `__session=${session}; __clerk_handshake_nonce=${session.slice(-9)}${i}`;
    expect(nonces(tried(20, from(own), { visitorOf, address: (i) => `203.0.113.${i}` }))).toHaveLength(6);
    expect(nonces(tried(20, from(other), { visitorOf }))).toHaveLength(6);
    expect(nonces(tried(20, (i) => `__clerk_handshake_nonce=m${i}`, { visitorOf }))).toHaveLength(6);
  });

  it('counts again after a while', () => {
    let clock = 0;
    const visitorOf = visitors(settings, () => clock);
    const count = (name: string) =>
      nonces(tried(20, (i) => `__clerk_handshake_nonce=${name}${i}`, { visitorOf })).length;
    expect(count('a')).toBe(6);
    clock = 30_000;
    expect(count('b')).toBe(3);
  });
});

describe('a refresh token', () => {
  const refreshed = (seen: { cookie: string }[]) => seen.filter(({ cookie }) => cookie.includes('__refresh')).length;
  const beside = (session: string) => () => `__session=${session}; __client_uat=1; __refresh_${SUFFIX}=r`;

  it('goes on beside a session that Clerk has signed, and beside no other', () => {
    expect(refreshed(tried(1, beside(token())))).toBe(1);
    expect(refreshed(tried(1, beside(token('sess_1', EXPIRED))))).toBe(1);
    for (const other of [
      'x',
      'a.b.c',
      token('sess_1', { by: stranger }),
      token('sess_1', { by: stranger, ...EXPIRED }),
    ])
      expect(refreshed(tried(1, beside(other)))).toBe(0);
  });

  it('renews one session so many times a minute', () => {
    expect(refreshed(tried(100, beside(token('sess_1', EXPIRED))))).toBe(60);
    expect(refreshed(tried(100, beside(token())))).toBe(100);
  });
});
