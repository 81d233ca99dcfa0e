import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Claims, forge, makeKeys, publishableKeyOf, sessionClaims } from '../../../scripts/demo/identity/forge.ts';
import type { GateSettings } from '../settings.ts';
import { knownSessions } from './known-sessions.ts';

const [keys, previous, stranger] = [makeKeys(), makeKeys(), makeKeys()];
const START = Date.parse('2026-03-31T06:00:00Z');
const facts = { issuer: 'https://clerk.example.com', origin: 'https://reports.example.com', user: 'user_1' };
const claimsOf = (more: Claims = {}, life = 3600): Claims => ({
  ...sessionClaims({ ...facts, org: { id: 'org_1', name: 'One' }, now: START / 1000, life }),
  ...more,
});
const tokenOf = (more: Claims = {}, life?: number, by = keys) => forge(claimsOf(more, life), { keys: by });

/** A gate's memory. `spoil` makes every verification fail from then on: what is still answered is remembered. */
function remembering(most?: Parameters<typeof knownSessions>[1]) {
  const settings = {
    publishableKey: publishableKeyOf('clerk.example.com'),
    ...{ issuer: facts.issuer, origin: facts.origin, jwtKeys: [keys.pem, previous.pem] },
  } as GateSettings;
  const verdictOf = knownSessions(settings, most);
  return {
    settings,
    kindOf: async (token: string, clientUat = 1) => (await verdictOf({ token, clientUat })).kind,
    verdictOf: (token: string) => verdictOf({ token, clientUat: 1 }),
    spoil: () => void Object.assign(settings, { issuer: 'https://clerk.example.org' }),
  };
}

const later = (ms: number) => vi.setSystemTime(START + ms);

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: START }));
afterEach(() => void vi.useRealTimers());

describe('a session that is remembered', () => {
  it('is believed for a minute', async () => {
    const { kindOf, spoil } = remembering();
    const token = tokenOf();
    expect(await kindOf(token)).toBe('verified');
    spoil();
    later(59_999);
    expect(await kindOf(token)).toBe('verified');
    later(60_000);
    expect(await kindOf(token)).toBe('unusual');
  });

  it('is believed no longer than its token', async () => {
    const { kindOf, spoil } = remembering();
    const token = tokenOf({}, 20);
    await kindOf(token);
    spoil();
    later(19_999);
    expect(await kindOf(token)).toBe('verified');
    later(20_000);
    expect(await kindOf(token)).toBe('unusual');
  });

  it('is asked about anew where the clock went back', async () => {
    const { kindOf, spoil } = remembering();
    const token = tokenOf({ iat: START / 1000 - 600, nbf: START / 1000 - 600 });
    await kindOf(token);
    spoil();
    later(-1);
    expect(await kindOf(token)).toBe('unusual');
    later(0);
    expect(await kindOf(token)).toBe('unusual');
  });

  it('is nobody’s where its key is the instance’s no more', async () => {
    const { kindOf, settings } = remembering();
    const [token, older] = [tokenOf(), tokenOf({}, 3600, previous)];
    expect([await kindOf(token), await kindOf(older)]).toEqual(['verified', 'verified']);
    settings.jwtKeys = [makeKeys().pem, keys.pem];
    expect([await kindOf(token), await kindOf(older)]).toEqual(['verified', 'forged']);
    settings.jwtKeys = [];
    expect([await kindOf(token), await kindOf(older)]).toEqual(['forged', 'forged']);
  });

  it('is told by every byte of its token', async () => {
    const { kindOf, spoil } = remembering();
    const token = tokenOf();
    await kindOf(token);
    spoil();
    for (let at = 0; at < token.length; at++) {
      if (token[at] === '.') continue;
      const other = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect([at, await kindOf(other)]).not.toEqual([at, 'verified']);
    }
    expect(await kindOf(token)).toBe('verified');
  });

  it('is one of so many, and the one that was not asked for longest goes first', async () => {
    const { kindOf, spoil } = remembering({ most: 2 });
    const [one, two, three] = ['user_1', 'user_2', 'user_3'].map((sub) => tokenOf({ sub })) as [string, string, string];
    for (const token of [one, two, one, three]) await kindOf(token);
    spoil();
    expect([await kindOf(one), await kindOf(two), await kindOf(three)]).toEqual(['verified', 'unusual', 'verified']);
  });

  it('takes so much memory and no more, however long tokens are', async () => {
    const { kindOf, spoil } = remembering({ bytes: 30_000 });
    const tokens = Array.from({ length: 8 }, (_, i) => tokenOf({ sub: `user_${i}`, more: 'x'.repeat(1000) }));
    for (const token of tokens) await kindOf(token);
    spoil();
    const kept = await Promise.all(tokens.map((token) => kindOf(token)));
    expect(kept.filter((kind) => kind === 'verified').length).toBe(
      Math.floor(30_000 / (Number(tokens[0]?.length) * 4)),
    );
  });

  it('is no answer for a browser that has signed in again since', async () => {
    const { kindOf } = remembering();
    const token = tokenOf();
    expect(await kindOf(token)).toBe('verified');
    expect([await kindOf(token, START / 1000), await kindOf(token, START / 1000 + 1)]).toEqual(['verified', 'unusual']);
    expect(await kindOf(token)).toBe('verified');
  });
});

describe('what the SDK has verified', () => {
  it('is asked for once, however many requests come together', async () => {
    const { verdictOf } = remembering();
    const token = tokenOf();
    const verdicts = await Promise.all(Array.from({ length: 10 }, () => verdictOf(token)));
    const sessions = verdicts.map((verdict) => verdict.kind === 'verified' && verdict.session);
    expect(new Set(sessions).size).toBe(1);
  });

  it('is read in both versions', async () => {
    const { verdictOf } = remembering();
    const { o: _, v: __, ...first } = claimsOf({ org_slug: 'one' });
    const both = await Promise.all([tokenOf(), forge(first, { keys })].map(verdictOf));
    expect(both).toMatchObject(
      ['org_1', 'org_1'].map((orgId) => ({
        kind: 'verified',
        session: { tokenType: 'session_token', isAuthenticated: true, userId: 'user_1', orgId, orgSlug: 'one' },
      })),
    );
    expect(await verdictOf(tokenOf({ o: undefined, org_id: 'org_2' }))).toMatchObject({
      session: { orgId: undefined },
    });
  });

  it('may have come without a category or a status, as older tokens do', async () => {
    const { kindOf } = remembering();
    const token = forge(claimsOf({ sts: undefined }), { keys, header: { cat: undefined } });
    expect(await kindOf(token)).toBe('verified');
  });

  const odd: [what: string, kind: 'forged' | 'unusual', token: () => string][] = [
    ['a stranger’s signature', 'forged', () => tokenOf({}, 3600, stranger)],
    ['expired', 'unusual', () => tokenOf({ exp: START / 1000 - 6 })],
    ['not yet valid', 'unusual', () => tokenOf({ nbf: START / 1000 + 60 })],
    ['issued in the future', 'unusual', () => tokenOf({ iat: START / 1000 + 60 })],
    ['no time of issue', 'unusual', () => tokenOf({ iat: undefined })],
    ['another party', 'unusual', () => tokenOf({ azp: 'https://reports.example.org' })],
    ['no party', 'unusual', () => tokenOf({ azp: undefined })],
    ['another issuer', 'unusual', () => tokenOf({ iss: 'https://clerk.example.org' })],
    ['pending', 'unusual', () => tokenOf({ sts: 'pending' })],
    ['a machine', 'unusual', () => tokenOf({ sub: 'mch_1' })],
    ['no subject', 'unusual', () => tokenOf({ sub: undefined })],
    ['another category', 'unusual', () => forge(claimsOf(), { keys, header: { cat: 'cl_B7d4PD222AAA' } })],
    ['another type', 'unusual', () => forge(claimsOf(), { keys, header: { typ: 'at+jwt' } })],
    ['another algorithm', 'unusual', () => forge(claimsOf(), { keys, alg: 'RS512' })],
    ['no algorithm', 'unusual', () => `${forge(claimsOf(), { alg: 'none' })}AAAA`],
    ['the public key as a secret', 'unusual', () => forge(claimsOf(), { secret: keys.pem, alg: 'HS256' })],
    ['no token', 'unusual', () => 'a.b.c'],
  ];
  it.each(odd)('is none of these: %s', async (_what, kind, token) => {
    const { kindOf } = remembering();
    const text = token();
    // The second time nothing has been learnt from the first.
    expect([await kindOf(text), await kindOf(text)]).toEqual([kind, kind]);
  });

  it('is not told of a forged token that a handshake may follow', async () => {
    const { kindOf } = remembering();
    const token = tokenOf({}, 3600, stranger);
    expect([await kindOf(token, START / 1000), await kindOf(token, START / 1000 + 1)]).toEqual(['forged', 'unusual']);
  });
});
