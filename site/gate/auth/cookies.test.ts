import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { clerkNames, cookieHeader, HANDSHAKE, NONCE, namesOf, readCookies, SESSION } from './cookies.ts';

const KEY = 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k';
const read = (header: string | undefined) => [...readCookies(header, clerkNames(KEY))];

test('the names are Clerk’s, plain and with the suffix of the instance, and no others', () => {
  const suffix = createHash('sha1').update(KEY).digest('base64').replaceAll('+', '-').replaceAll('/', '_').slice(0, 8);
  expect([...clerkNames(KEY)].sort()).toEqual(
    [
      '__session',
      `__session_${suffix}`,
      '__client_uat',
      `__client_uat_${suffix}`,
      '__refresh',
      `__refresh_${suffix}`,
      '__clerk_handshake',
      '__clerk_handshake_nonce',
      '__clerk_redirect_count',
    ].sort(),
  );
  expect(namesOf(SESSION, KEY)).not.toEqual(namesOf(SESSION, `${KEY}x`));
  expect([HANDSHAKE, NONCE].every((name) => clerkNames(KEY).has(name))).toBe(true);
});

test('of a development instance there is one more, by which it knows a browser', () => {
  const key = KEY.replace('live', 'test');
  expect([...clerkNames(key)]).toEqual(expect.arrayContaining(namesOf('__clerk_db_jwt', key)));
  expect(clerkNames(key).size).toBe(clerkNames(KEY).size + 2);
});

test('of a header those cookies are read, the first of a name, with their values as they came', () => {
  expect(read('a=b; __session=x.y.z;__client_uat = 1 ;__session=other; __refresh=')).toEqual([
    ['__session', 'x.y.z'],
    ['__client_uat', '1'],
    ['__refresh', ''],
  ]);
  expect(read('__session=a=b="c"')).toEqual([['__session', 'a=b="c"']]);
  for (const header of [undefined, '', ';', '=', '__session', 'x__session=1', '__SESSION=1', '__sessio=n'])
    expect([header, read(header)]).toEqual([header, []]);
});

test('as a header again they are the same', () => {
  const cookies = new Map([
    ['__session', 'x.y.z'],
    ['__client_uat', '1'],
  ]);
  expect(cookieHeader(cookies)).toBe('__session=x.y.z; __client_uat=1');
  expect(readCookies(cookieHeader(cookies), clerkNames(KEY))).toEqual(cookies);
  expect(cookieHeader(new Map())).toBe('');
});
