import type { IncomingHttpHeaders } from 'node:http';
import type { GateSettings } from '../settings.ts';
import { CLIENT_UAT, clerkNames, namesOf, SESSION } from './cookies.ts';

/** The session of a request about which there is nothing to weigh: one token, and since when the browser says it is signed in. */
export interface PlainSession {
  token: string;
  /** Seconds since the epoch. */
  clientUat: number;
}

/** What browsers ask with for pages and what belongs to them; absent where a browser is old. */
const DESTINATIONS: ReadonlySet<string | undefined> = new Set(
  [
    [undefined, 'document', 'iframe', 'empty'],
    ['style', 'script', 'image', 'font', 'manifest', 'audio', 'video'],
  ].flat(),
);
/** Headers that no browser sends with a GET of a page, or that could speak for somebody. */
const UNUSUAL = ['authorization', 'content-length', 'expect', 'transfer-encoding', 'upgrade'];
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const UAT = /^[1-9]\d{0,10}$/;

/**
 * Reads the session of a GET or HEAD in which Clerk's SDK would have nothing to weigh but the token itself. The conditions are
 * those of its `authenticateRequest`, and stricter: whatever is in any way unusual is left to the SDK.
 * @returns undefined where the SDK has to decide
 */
export function plainSessions({ publishableKey, origin }: GateSettings) {
  // Sessions of a test instance hang on more than their token.
  const isLive = publishableKey.startsWith('pk_live_');
  const names = clerkNames(publishableKey);
  const [session, suffixedSession] = namesOf(SESSION, publishableKey) as [string, string];
  const [uat, suffixedUat] = namesOf(CLIENT_UAT, publishableKey) as [string, string];

  /** @returns undefined where one name comes twice, or where a handshake is under way */
  function cookiesOf(header: string): Map<string, string> | undefined {
    const cookies = new Map<string, string>();
    for (const pair of header.split(';')) {
      const end = pair.indexOf('=');
      const name = pair.slice(0, Math.max(0, end)).trim();
      if (name.startsWith('__clerk_')) return undefined;
      if (!names.has(name)) continue;
      if (cookies.has(name)) return undefined;
      cookies.set(name, pair.slice(end + 1).trim());
    }
    return cookies;
  }

  return function plainSession(method: string | undefined, headers: IncomingHttpHeaders): PlainSession | undefined {
    const { cookie, referer } = headers;
    if (!isLive || cookie === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined;
    if (!DESTINATIONS.has(headers['sec-fetch-dest'] as string | undefined)) return undefined;
    // From another site the SDK asks for a handshake.
    if (referer !== undefined && !referer.startsWith(`${origin}/`)) return undefined;
    if (UNUSUAL.some((name) => headers[name] !== undefined)) return undefined;
    const cookies = cookiesOf(cookie);
    if (cookies === undefined) return undefined;
    // Without a suffix, with it, or both with the same values: where they differ, the SDK chooses.
    const pairs = [
      [cookies.get(session), cookies.get(uat)],
      [cookies.get(suffixedSession), cookies.get(suffixedUat)],
    ].filter((pair) => pair.some((value) => value !== undefined));
    const [[token, clientUat] = [], [otherToken, otherUat] = [token, clientUat]] = pairs;
    if (token === undefined || clientUat === undefined || otherToken !== token || otherUat !== clientUat)
      return undefined;
    return TOKEN.test(token) && UAT.test(clientUat) ? { token, clientUat: Number(clientUat) } : undefined;
  };
}
