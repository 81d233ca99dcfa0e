import { isSegment } from '../../../generator/publish/site-path.ts';

/** The request target, as raw text. Everything here is pure: what is refused is refused before anything else sees it. */

const LONGEST = 2048;
/** Paths that take a POST: the links that end a digest. Else all methods but GET and HEAD are refused. */
const POSTS = /^\/u\/[A-Za-z0-9_.-]+$/;

/** Clerk's handshake may come in a cookie only; in a query it would let anybody start a call to Clerk. */
const FORBIDDEN_QUERY = ['__clerk_handshake', '__clerk_handshake_nonce', '__clerk_db_jwt', '__dev_session'];

/** Nothing the generator writes needs these: empty and dot segments, and what decodes to NUL, `.`, `/`, `\` or `%`. */
const TRICKS = /\/\/|\/\.|\\|%(?:00|2e|2f|5c|25)|%(?![0-9a-f]{2})/i;

/**
 * Those of a development instance, which hands its handshakes over in the query. The others would make Clerk's SDK send a browser, with
 * what Clerk knows it by, to any address that a link says.
 */
const FORBIDDEN_IN_DEVELOPMENT = ['__dev_session', '__clerk_redirect_url', '__clerk_synced'];
/** A handshake in a query is some kilobytes long. */
const LONGEST_IN_DEVELOPMENT = 16_384;

/**
 * HTTP status with which a request is turned away, or undefined where it may go on.
 * @param development with a development instance of Clerk
 */
export function refusal(
  method: string | undefined,
  target: string | undefined,
  development = false,
): 404 | 405 | undefined {
  const longest = development ? LONGEST_IN_DEVELOPMENT : LONGEST;
  if (target === undefined || target.length > longest || !/^\/[!-"$-~]*$/.test(target)) return 404;
  const path = pathOf(target);
  if (!['GET', 'HEAD'].includes(method ?? '') && !(method === 'POST' && POSTS.test(path))) return 405;
  if (TRICKS.test(path) || decoded(path) === undefined) return 404;
  if (path.length === target.length) return undefined;
  const query = new URLSearchParams(target.slice(path.length));
  const forbidden = development ? FORBIDDEN_IN_DEVELOPMENT : FORBIDDEN_QUERY;
  return forbidden.some((name) => query.has(name)) ? 404 : undefined;
}

/** The target without its query. */
export function pathOf(target: string): string {
  const end = target.indexOf('?');
  return end === -1 ? target : target.slice(0, end);
}

/**
 * The path that a target means, as the routes behind read it: decoded once, which is all of it, since `refusal` lets no encoded
 * percent sign on. Whatever is decided by a path is decided by this one, never by how it was spelt.
 */
export const meantPath = (target: string): string => decoded(pathOf(target)) ?? pathOf(target);

/** The same without its last slash, by which the gate's own pages are told. e.g., "/session" */
export const pageOf = (target: string): string => meantPath(target).replace(/(?<=.)\/$/, '');

/** One that everybody reads alike, and in which Clerk's SDK looks for nothing: its names begin with two underscores. */
export const isPlainTarget = (target: string): boolean => {
  const path = pathOf(target);
  return !path.includes('%') && !/_{2}|%5f/i.test(target.slice(path.length));
};

/** The target's query. */
export const queryOf = (target: string): URLSearchParams => new URLSearchParams(target.slice(pathOf(target).length));

/** The site path that a target means, or undefined where no site can have such a path. Decodes each segment once. */
export function sitePath(target: string): string | undefined {
  const segments = pathOf(target).split('/').slice(1);
  const last = segments.length - 1;
  const names = segments.map(decoded);
  const plain = names.every((name, i) => name !== undefined && ((i === last && name === '') || isSegment(name)));
  return plain ? `/${names.join('/')}` : undefined;
}

/** A path of this site to come back to, or undefined: never another site's address. */
export function returnPath(text: string | null): string | undefined {
  return text !== null && /^\/(?![/\\])[A-Za-z0-9_~.@,+=/?&%:!$'()*;|-]*$/.test(text) && text.length <= LONGEST
    ? text
    : undefined;
}

const GONE =
  /^(?:(?:authorization|forwarded|cloudfront-forwarded-proto|x-original-url|x-rewrite-url)$|x-forwarded-|x-clerk-|x-astro-)/;

/** Take away what could speak for somebody else, and say which site this is: nothing behind may believe the request about it. */
export function cleanHeaders(headers: { [name: string]: string | string[] | undefined }, origin: string): void {
  for (const name of Object.keys(headers)) if (GONE.test(name)) delete headers[name];
  const { host, protocol } = new URL(origin);
  headers.host = host;
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
}

function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
