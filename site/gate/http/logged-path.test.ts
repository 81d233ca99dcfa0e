import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../../generator/digest/recipients/preferences.ts';
import { loggedPath } from './logged-path.ts';
import { refusal } from './target.ts';

const TOKEN = tokenOf({ organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' }, 'k'.repeat(32));
const logged = (target: string, method = 'GET') => loggedPath(target, refusal(method, target) !== undefined);
const encoded = (text: string, times = 1): string =>
  text
    .replaceAll(/[\s\S]/g, (each) => `%${each.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replaceAll('%', `%${'25'.repeat(times - 1)}`);

describe('the path in a log', () => {
  it('is the site path that was meant, without its query', () => {
    for (const [target, path] of [
      ['/', '/'],
      ['/%63alls/c%2D1/?q=secret', '/calls/c-1/'],
      ['/agents/ann%40agents.example/', '/agents/ann@agents.example/'],
      ['/calls/u/', '/calls/u/'],
      ['/users/x', '/users/x'],
      ['/a%20b', '/a%20b'],
      ['/../org_2/pointer.json', '/../org_2/pointer.json'],
    ] as const)
      expect(logged(target), target).toBe(path);
  });

  it('never holds the token of an unsubscribe link, however its address is spelt', () => {
    const spelt = [
      `/u/${TOKEN}`,
      `/u/${TOKEN}?x`,
      `/u/${TOKEN}/`,
      `/%75/${TOKEN}`,
      `/u/${encoded(TOKEN)}`,
      `/u%2f${TOKEN}`,
      `/u%252f${TOKEN}`,
      encoded(`/u/${TOKEN}`, 1),
      encoded(`/u/${TOKEN}`, 3),
      `//u/${TOKEN}`,
      `/u//${TOKEN}`,
      `/./u/${TOKEN}`,
      `/x/../u/${TOKEN}`,
      `/U/${TOKEN}`,
      `/u\\${TOKEN}`,
      `\\u\\${TOKEN}`,
      `/u;x=1/${TOKEN}`,
      `/u%00/${TOKEN}`,
      `u/${TOKEN}`,
      TOKEN,
      `https://reports.example.com/u/${TOKEN}`,
      `HTTP://reports.example.com:443/%75/${encoded(TOKEN)}`,
      `//reports.example.com/u/${TOKEN}`,
      `/x%3f/u/${TOKEN}`,
      `/x#/u/${TOKEN}`,
      `/calls/${TOKEN}/`,
      `/calls/x${TOKEN}x/`,
      `/u/${TOKEN}${'x'.repeat(5000)}`,
      `/u/%2%37${TOKEN}`,
      `/${'%25'.repeat(600)}75/${TOKEN}`,
    ];
    for (const target of spelt)
      for (const method of ['GET', 'POST']) {
        const path = logged(target, method);
        expect([target, path]).toEqual([target, '/u/…']);
      }
  });

  it('hides what stands in such an address whether it is a token or not', () => {
    for (const target of ['u/x', '/u\\\\x', '/u/x', '/%75/x', '/u/x/y', '//u/x', 'https://h/u/x', '/u%2fx'])
      expect(logged(target), target).toBe('/u/…');
    expect(logged('/u')).toBe('/u');
  });

  it('shows what only looks like a token', () => {
    for (const path of [
      '/calls/recording-0001.mp3/',
      '/calls/WyJabcdefghijklmnop/',
      '/calls/WyIabcdefghijklmnop./',
      '/calls/a.bWyJabcdefghijk/',
      '/calls/WyXabcdefghijk.x/',
    ])
      expect(logged(path), path).toBe(path);
    for (const path of ['/calls/WyJabcdefghijk.x/', '/calls/WyIabcdefghijk.x/'])
      expect(logged(path), path).toBe('/u/…');
  });

  it('ends after 2,048 characters, and where nobody can tell what is meant', () => {
    expect(logged(`/${'a'.repeat(3000)}`)).toBe(`/${'a'.repeat(2047)}`);
    // Each time that it is decoded one layer is left to decode.
    const layers = (n: number) => `/%6${'%3'.repeat(n)}1/`;
    expect(logged(layers(3))).toBe(layers(3));
    expect(logged(layers(40))).toBe('/u/…');
  });
});
