import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { say } from '../../../generator/lib/printable.ts';
import {
  CLIENT_UAT,
  type Cookies,
  clerkNames,
  cookieHeader,
  HANDSHAKE,
  NONCE,
  namesOf,
  REDIRECT_COUNT,
  REFRESH,
  readCookies,
  SESSION,
} from '../auth/cookies.ts';
import { areDirectives, type Handshake } from '../auth/handshake.ts';
import { isToken, signedClaims, type TokenClaims } from '../auth/session-token.ts';
import { mayHandshake, type RequestHeaders } from '../http/document.ts';
import type { GateSettings } from '../settings.ts';
import { limiter, type Rate } from './limiter.ts';

/** What a request may be handed on with. */
export interface Visitor {
  /** The `Cookie` header for what lies behind: Clerk's own cookies, and of these only what can be of use. */
  cookie: string;
  /** Nothing in it could be a session or lead to one: it is answered without a look at Clerk. */
  isNobody: boolean;
  /** The end of a handshake. */
  handshake?: Handshake;
  /** No other handshake is to follow: it has come from so many already. */
  inCircle?: true;
}

/** A session takes part in one handshake a minute; whoever has none, or a forged one, counts by address. */
const NONCES: Rate = { burst: 6, perMinute: 6 };
/** A page that renews an expired session does so with each of its first requests. */
const REFRESHES: Rate = { burst: 60, perMinute: 60 };
const REMEMBERED = 50_000;
const NONCE_SHAPE = /^[\w.~-]{1,512}$/;
/** Handshakes on end, each of which has brought no session. Here Clerk's SDK gives up, with a line in the log for each request. */
const CIRCLE = 3;
const TOO_MANY = say`too many handshakes of one session, or of one address`;
/** Most strangers: no cookie at all. */
const NOBODY: Visitor = { cookie: '', isNobody: true };
/** In place of a session cookie that is no token, which gets the answer of any other that is none. */
const NO_TOKEN = 'invalid';

/**
 * Judges requests by their cookies before anything of Clerk's sees them. Two kinds of cookie make Clerk's SDK call Clerk with the
 * instance's secret key, so neither is handed on as often as somebody likes: the nonce that ends a handshake, and the refresh token
 * beside an expired session.
 */
export function visitors({ publishableKey, jwtKeys, development }: GateSettings, now: () => number = Date.now) {
  const names = clerkNames(publishableKey);
  const [sessionNames, clientNames, refreshNames] = [SESSION, CLIENT_UAT, REFRESH].map((name) =>
    namesOf(name, publishableKey),
  ) as [string[], string[], string[]];
  const claimsOf = signedClaims(jwtKeys);
  const [takeNonce, takeRefresh] = [limiter(NONCES, now), limiter(REFRESHES, now)];
  const usedNonces = new LRUCache<string, true>({ max: REMEMBERED });

  /** Claims of the sessions in it that Clerk has signed. */
  const sessionsOf = (cookies: Cookies): TokenClaims[] =>
    valuesOf(cookies, sessionNames).flatMap((token) => claimsOf(token) ?? []);

  function exchangeOf(cookies: Cookies, address: string): Handshake | undefined {
    const nonce = cookies.get(NONCE);
    if (nonce === undefined || !NONCE_SHAPE.test(nonce) || usedNonces.has(nonce)) return undefined;
    const [session] = sessionsOf(cookies);
    if (takeNonce(session ? sessionKey(session) : `address ${address}`) > 0) return { ended: TOO_MANY };
    usedNonces.set(nonce, true);
    return { nonce };
  }

  /** From a token that Clerk has signed, as it sent browsers back with before there were nonces. */
  function directivesOf(cookies: Cookies): Handshake | undefined {
    const directives = claimsOf(cookies.get(HANDSHAKE) ?? '')?.handshake;
    return areDirectives(directives) ? { directives } : undefined;
  }

  /** Whether a refresh token is of any use: beside a session of Clerk's. An expired one is renewed, which counts. */
  function mayRefresh(cookies: Cookies): boolean {
    const sessions = sessionsOf(cookies);
    const expired = sessions.find(({ exp }) => !(Number(exp) * 1000 > now()));
    return sessions.length > 0 && (expired === undefined || takeRefresh(sessionKey(expired)) === 0);
  }

  return function visitorOf(
    { method, headers }: { method?: string; headers: IncomingHttpHeaders },
    address: string,
  ): Visitor {
    if (headers.cookie === undefined && !development) return NOBODY;
    const cookies = readCookies(headers.cookie, names);
    const isPage = mayHandshake(method, webHeaders(headers));
    for (const name of sessionNames)
      if (cookies.get(name) && !isToken(String(cookies.get(name)))) cookies.set(name, NO_TOKEN);
    const handshake = (isPage ? exchangeOf(cookies, address) : undefined) ?? directivesOf(cookies);
    for (const name of [NONCE, HANDSHAKE]) cookies.delete(name);
    const inCircle = countHandshakes(cookies) >= CIRCLE;
    const refreshes = refreshNames.some((name) => cookies.has(name)) && mayRefresh(cookies);
    for (const name of refreshes ? [] : refreshNames) cookies.delete(name);
    // Clerk sends the page of a browser that says it is signed in through a handshake; a development instance any that it does not know.
    const saysItIsIn = development || valuesOf(cookies, clientNames).some((value) => Number.parseInt(value, 10));
    const hasSession = valuesOf(cookies, sessionNames).length > 0 || handshake !== undefined;
    const isNobody = !hasSession && !(isPage && saysItIsIn);
    return { cookie: cookieHeader(cookies), isNobody, ...(handshake && { handshake }), ...(inCircle && { inCircle }) };
  };
}

/** Node has all of a name in one text. */
export const webHeaders = (headers: IncomingHttpHeaders): RequestHeaders => ({
  get: (name) => headers[name]?.toString() ?? null,
});

const valuesOf = (cookies: Cookies, names: readonly string[]): string[] =>
  names.flatMap((name) => cookies.get(name) || []);

/** Leaves what the SDK counts on from and says nothing about. */
function countHandshakes(cookies: Cookies): number {
  const count = cookies.get(REDIRECT_COUNT);
  if (count === undefined) return 0;
  if (!/^\d{1,9}$/.test(count)) cookies.delete(REDIRECT_COUNT);
  else cookies.set(REDIRECT_COUNT, String(Math.min(Number(count), CIRCLE - 1)));
  return Number(count) || 0;
}

/** Never the same as an address. */
const sessionKey = ({ sid, sub }: TokenClaims): string => `session ${String(sid ?? sub)}`;
