import { createHash } from 'node:crypto';

/** Clerk's own cookies, by what they are for. */
export const SESSION = '__session';
export const CLIENT_UAT = '__client_uat';
export const REFRESH = '__refresh';
export const HANDSHAKE = '__clerk_handshake';
export const NONCE = '__clerk_handshake_nonce';
/** By which a development instance of Clerk knows a browser. */
const DEV_BROWSER = '__clerk_db_jwt';
/** How many handshakes a browser has just come from. */
export const REDIRECT_COUNT = '__clerk_redirect_count';

/** Cookies by name; the values as they came. */
export type Cookies = Map<string, string>;

/** The names under which an instance has a cookie: the plain one, and that with its suffix, by which instances can share a host. */
export const namesOf = (name: string, publishableKey: string): string[] => [
  name,
  `${name}_${suffixOf(publishableKey)}`,
];

const suffixOf = (publishableKey: string): string =>
  createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8);

/** Every name that the gate hands on. */
export const clerkNames = (publishableKey: string): ReadonlySet<string> =>
  new Set([
    ...[SESSION, CLIENT_UAT, REFRESH].flatMap((name) => namesOf(name, publishableKey)),
    ...(publishableKey.startsWith('pk_test_') ? namesOf(DEV_BROWSER, publishableKey) : []),
    ...[HANDSHAKE, NONCE, REDIRECT_COUNT],
  ]);

/** The cookies of these names; the first of a name counts, as with Clerk. @param header `Cookie` */
export function readCookies(header: string | undefined, names: ReadonlySet<string>): Cookies {
  const cookies: Cookies = new Map();
  for (const pair of (header ?? '').split(';')) {
    const end = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, end)).trim();
    if (names.has(name) && !cookies.has(name)) cookies.set(name, pair.slice(end + 1).trim());
  }
  return cookies;
}

/** As a header again; "" where there are none. */
export const cookieHeader = (cookies: Cookies): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
