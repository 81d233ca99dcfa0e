import { expect, test } from 'vitest';
import { cleanHeaders, isPlainTarget, meantPath, pageOf, queryOf, refusal, returnPath, sitePath } from './target.ts';

test('a target is one path of plain characters', () => {
  const allowed = ['/', '/?q=a//b\\c%2F%00..', '/agents/ann@agents.example/', '/a%20b', `/${'a'.repeat(2047)}`];
  for (const target of allowed) expect([target, refusal('GET', target)]).toEqual([target, undefined]);
  const refused = [
    '',
    'x',
    'x/a',
    '*',
    '//',
    '/a//b',
    '/.x',
    '/a/..',
    '/a\\b',
    '/%2E',
    '/%5C',
    '/%25',
    '/%zz',
    '/%',
    '/%ff',
    '/a#b',
  ];
  for (const target of [...refused, '/a b', '/a\u00e9', '/a\n', `/${'a'.repeat(2048)}`, undefined]) {
    expect([target, refusal('GET', target)]).toEqual([target, 404]);
  }
});

test('only GET and HEAD are taken', () => {
  for (const method of ['GET', 'HEAD']) expect(refusal(method, '/')).toBe(undefined);
  for (const method of ['POST', 'get', '', undefined]) expect(refusal(method, '/')).toBe(405);
  expect(refusal('POST', '/u/abc.DEF-1_2')).toBeUndefined();
  for (const method of ['PUT', 'DELETE', 'OPTIONS']) expect(refusal(method, '/u/abc'), method).toBe(405);
  for (const target of ['/x/u/a', '/u/', '/u/a/b', '/u/%61', '/ux']) expect(refusal('POST', target), target).toBe(405);
});

test('a query starts no handshake with Clerk', () => {
  for (const name of ['__clerk_handshake', '__clerk_handshake_nonce', '__clerk_db_jwt', '__dev_session'])
    for (const query of [name, `${name}=x`, `q=1&${name}=x&z`, `%5f_${name.slice(2)}=x`])
      expect([query, refusal('GET', `/?${query}`)]).toEqual([query, 404]);
  for (const query of ['q=__dev_session', '__dev_sessions=1', '__clerk=1', '/?__dev_session'])
    expect([query, refusal('GET', `/?${query}`)]).toEqual([query, undefined]);
});

test('a target is plain where every reader takes it alike, and Clerk finds nothing of its own in it', () => {
  for (const target of ['/', '/calls/c_1__2/?q=a%20b&x=_y', '/?q=%5', '/a?b=%2f'])
    expect([target, isPlainTarget(target)]).toEqual([target, true]);
  for (const target of ['/%61', '/?__clerk_x=1', '/?a=%5Fb', '/a?x=%5f', '/%', '/?a__b'])
    expect([target, isPlainTarget(target)]).toEqual([target, false]);
});

test('a query is what stands behind the first question mark', () => {
  expect([...queryOf('/a?b=1&c=%20?&b=2')]).toEqual([
    ['b', '1'],
    ['c', ' ?'],
    ['b', '2'],
  ]);
  expect([...queryOf('/a')]).toEqual([]);
});

test('a site path is decoded once, and has nothing but plain names', () => {
  expect(sitePath('/')).toBe('/');
  expect(sitePath('/agents/ann%40agents.example/?x')).toBe('/agents/ann@agents.example/');
  for (const target of ['/a%2fb', '/a%252fb', '/a%2562', '/..', '/.a', '/a b', '/%E2%82%AC', '/a//b', '/a/%00', '/%']) {
    expect([target, sitePath(target)]).toEqual([target, undefined]);
  }
});

test('what a target means does not hang on its spelling', () => {
  for (const target of ['/session', '/sess%69on', '/%73ession?o=1', '/session/', '/sessio%6E/?x=/'])
    expect([target, refusal('GET', target), pageOf(target)]).toEqual([target, undefined, '/session']);
  expect(['/', '/?/', '/%61/%62/'].map(pageOf)).toEqual(['/', '/', '/a/b']);
  expect(meantPath('/%5fimage?href=%5f')).toBe('/_image');
});

test('one comes back to this site only', () => {
  for (const path of ['/', '/calls/?rule=a%20b&from=2026-03-01']) expect(returnPath(path)).toBe(path);
  const long = `/${'a'.repeat(2047)}`;
  expect([returnPath(long), returnPath(`${long}a`)]).toEqual([long, undefined]);
  for (const text of [null, '', '//x', '/\\x', 'https://x/', 'javascript:x', '/<', '/a\nb', '/"', '/ x']) {
    expect([text, returnPath(text)]).toEqual([text, undefined]);
  }
});

test('headers that speak for somebody else are gone', () => {
  const own = {
    cookie: 'a=b',
    referer: 'https://x/',
    'user-agent': 'x',
    'x-authorization': 'x',
    'authorization-x': 'x',
  };
  const headers: { [name: string]: string } = { ...own, host: 'evil' };
  for (const name of [
    'authorization',
    'forwarded',
    'x-forwarded-for',
    'x-forwarded-port',
    'x-clerk-x',
    'x-astro-path',
  ]) {
    headers[name] = 'evil';
  }
  for (const name of ['cloudfront-forwarded-proto', 'x-original-url', 'x-rewrite-url']) headers[name] = 'evil';
  cleanHeaders(headers, 'https://reports.example.com:8443');
  expect(headers).toEqual({
    ...own,
    host: 'reports.example.com:8443',
    'x-forwarded-host': 'reports.example.com:8443',
    'x-forwarded-proto': 'https',
  });
});
