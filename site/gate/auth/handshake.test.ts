import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { publishableKeyOf } from '../../../scripts/demo/identity/forge.ts';
import { cookiesAfter, exchangeNonce } from './handshake.ts';

describe('a nonce', () => {
  let said: string[];
  beforeEach(() => {
    said = [];
    vi.spyOn(console, 'error').mockImplementation((line) => void said.push(line));
  });
  afterEach(() => void vi.restoreAllMocks());

  it('is exchanged for cookies', async () => {
    const directives = ['__session=a.b.c; Path=/; Secure', '__client_uat=1; Domain=example.com'];
    expect(await exchangeNonce(async () => ({ directives }))).toBe(directives);
    expect(said).toEqual([]);
  });

  it('leaves one line where Clerk refuses it, or answers what cannot be read', async () => {
    const answers = [null, 'x', [1], ['x'], ['a=b\r\nx: y'], [' a=b']].map((directives) => async () => ({
      directives,
    }));
    const fail = async () => Promise.reject(new Error('no\nsuch ::error::nonce'));
    for (const ask of [fail, ...answers]) expect(await exchangeNonce(ask)).toBeUndefined();
    expect(said).toHaveLength(1 + answers.length);
    expect(
      said.every(
        (line) => line.startsWith('gate: Clerk did not exchange a handshake: ') && !/\n|::/.test(line.slice(6)),
      ),
    ).toBe(true);
  });

  it('is given up where Clerk does not answer', async () => {
    vi.useFakeTimers();
    const exchanged = exchangeNonce(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await exchanged).toBeUndefined();
    expect(said).toEqual([expect.stringContaining('no answer within 5 s')]);
    vi.useRealTimers();
  });
});

describe('the cookies after a handshake', () => {
  const now = Date.parse('2026-03-31T06:00:00Z');
  const left = (header: string | null, ...directives: string[]) =>
    cookiesAfter(header, directives, { publishableKey: publishableKeyOf('clerk.example.com'), now });

  it('are what the browser had, with what Clerk gave and without what it took', () => {
    const had = '__session=old; __client_uat=1; __clerk_redirect_count=1';
    expect(left(had, '__session=new; Path=/', '__client_uat=2; Max-Age=60', 'other=x')).toBe(
      '__session=new; __client_uat=2; __clerk_redirect_count=1',
    );
    for (const gone of [
      'Max-Age=0',
      'max-age=-1; Expires=Thu, 01 Jan 2099 00:00:00 GMT',
      'Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    ])
      expect(left(had, `__session=x; Path=/; ${gone}`), gone).toBe('__client_uat=1; __clerk_redirect_count=1');
    expect(left(had, '__session=; Path=/')).toBe('__client_uat=1; __clerk_redirect_count=1');
    expect(left(null, '__session=new; Expires=Wed, 01 Apr 2026 00:00:00 GMT')).toBe('__session=new');
    expect(left(null)).toBe('');
  });
});
