import { describe, expect, it } from 'vitest';
import { publishableKeyOf } from '../../../scripts/demo/identity/forge.ts';
import { cookiesAfter, exchangeNonce } from './handshake.ts';

describe('a nonce', () => {
  it('is exchanged for cookies', async () => {
    const directives = ['__session=a.b.c; Path=/; Secure', '__client_uat=1; Domain=example.com'];
    expect(await exchangeNonce(async () => ({ directives }))).toEqual({ directives });
  });

  it('ends it where Clerk refuses it, or answers what cannot be read', async () => {
    const answers = [null, 'x', [1], ['x'], ['a=b', 1], [['a=b']], ['a=b\r\nx: y'], [' a=b']].map(
      (directives) => async () => ({
        directives,
      }),
    );
    const fail = async () => Promise.reject(new Error('no\nsuch ::error::nonce'));
    for (const ask of [fail, ...answers])
      expect(await exchangeNonce(ask)).toEqual({
        ended: expect.stringMatching(/^Clerk did not exchange a handshake: (?:(?!::).)+$/),
      });
  });

  it('leaves no timer behind where Clerk answers, and says what was wrong with the answer', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await exchangeNonce(async () => ({ directives: ['a=b'] }));
    const refused = await exchangeNonce(async () => ({ directives: 'x' }));
    expect([timers(), refused]).toEqual([before, { ended: expect.stringContaining('an answer that cannot be read') }]);
  });

  it('is given up where Clerk does not answer', async () => {
    const exchanged = await exchangeNonce(() => new Promise(() => undefined), 10);
    expect(exchanged).toEqual({ ended: expect.stringContaining('no answer within 0.01 s') });
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
      'Expires=Tue, 31 Mar 2026 06:00:00 GMT',
    ])
      expect(left(had, `__session=x; Path=/; ${gone}`), gone).toBe('__client_uat=1; __clerk_redirect_count=1');
    expect(left(had, '__session=; Path=/')).toBe('__client_uat=1; __clerk_redirect_count=1');
    expect(left(null, '__session=new; Expires=Wed, 01 Apr 2026 00:00:00 GMT')).toBe('__session=new');
    expect(left(null)).toBe('');
    expect(left(null, '__clerk_handshake=a.b.c', '__clerk_handshake_nonce=n; Path=/')).toBe('');
  });
});
