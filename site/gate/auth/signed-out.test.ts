import { describe, expect, test } from 'vitest';
import type { GateSettings } from '../settings.ts';
import { authUrl, withReturn } from './auth-urls.ts';
import { SIGNED_OUT, signedOutAnswer } from './signed-out.ts';

const HERE = {
  origin: 'https://reports.example.com',
  signInUrl: '/sign-in',
  selectOrganizationUrl: '/select-organization',
  signOutUrl: '/sign-out',
} as GateSettings;
const ELSEWHERE = {
  ...HERE,
  signInUrl: 'https://id.example.com/in',
  selectOrganizationUrl: 'https://id.example.com/choose?x=1',
  signOutUrl: 'https://id.example.com/out',
};
const person = new Headers({ accept: 'text/html' });
const script = new Headers({ accept: 'application/json' });
const back = (path: string) => encodeURIComponent(path);

describe('somebody without a session', () => {
  test.each(['/sign-in', '/sign-in/', '/sign-in/factor-one', '/sign-in/a/b_c-1', '/sign%2Din?x=1'])(
    'may sign in at %s, also by a script',
    (target) => {
      expect([person, script].map((headers) => signedOutAnswer(HERE, target, headers))).toEqual(['sign-in', 'sign-in']);
    },
  );

  test.each(['/', '/calls/c1/?a=1&b', '/sign-in-x', '/x/sign-in', '/sign-in/a.b', '/select-organization'])(
    'is led from %s to the sign-in and back, and a script is told so by a status',
    (target) => {
      const location = `/sign-in?redirect_url=${back(target)}`;
      expect(signedOutAnswer(HERE, target, person)).toEqual({ status: 303, location });
      expect(signedOutAnswer(HERE, target, script)).toEqual({ status: 401 });
    },
  );

  test('is told as a script what is wrong', () => {
    expect(SIGNED_OUT).toEqual({ error: 'signed out' });
  });

  test('is answered in the frame that renews a session, and not led on', () => {
    for (const target of ['/session', '/session/', '/sess%69on?o=1'])
      expect(signedOutAnswer(HERE, target, person)).toEqual({ status: 401 });
  });

  test('may sign out, here or elsewhere', () => {
    for (const settings of [HERE, ELSEWHERE]) expect(signedOutAnswer(settings, '/sign-out', person)).toBe('sign-out');
  });

  test('is led to the pages that lie elsewhere, and back to the whole address', () => {
    const home = back('https://reports.example.com/');
    expect(signedOutAnswer(ELSEWHERE, '/sign-in', script)).toEqual({
      status: 303,
      location: `https://id.example.com/in?redirect_url=${home}`,
    });
    expect(signedOutAnswer(ELSEWHERE, `/select-organization?redirect_url=${back('/calls/')}`, person)).toEqual({
      status: 303,
      location: `https://id.example.com/choose?x=1&redirect_url=${back('https://reports.example.com/calls/')}`,
    });
    expect(signedOutAnswer(ELSEWHERE, '/calls/', person)).toEqual({
      status: 303,
      location: `https://id.example.com/in?redirect_url=${back('https://reports.example.com/calls/')}`,
    });
  });
});

test('no page leads back to another site', () => {
  for (const evil of ['https://evil.example/', '//evil.example', '/\\evil'])
    expect(authUrl(ELSEWHERE, `/sign-out?redirect_url=${back(evil)}`)).toBe(
      `https://id.example.com/out?redirect_url=${back('https://reports.example.com/')}`,
    );
});

test('only the three pages lead elsewhere, and none that lies here', () => {
  for (const page of ['/sign-in', '/select-organization', '/sign-out']) {
    expect(authUrl(HERE, page)).toBeUndefined();
    expect(authUrl(ELSEWHERE, page)).toContain('https://id.example.com/');
  }
  for (const page of ['/', '/calls/', '/constructor', '/sign-in/x']) expect(authUrl(ELSEWHERE, page)).toBeUndefined();
  expect(withReturn(HERE, '/sign-in', '/a?b=c')).toBe(`/sign-in?redirect_url=${back('/a?b=c')}`);
});
