import { verifyToken } from '@clerk/astro/server';
import { LRUCache } from 'lru-cache';
import type { Meter } from '../meter.ts';
import type { GateSettings } from '../settings.ts';
import { checks } from './checks.ts';
import type { PlainSession } from './plain-session.ts';
import { readToken, signerOf, type Token } from './session-token.ts';
import type { Session } from './tenant.ts';

/** What is known of a plain session. */
export type Verdict =
  /** Clerk's SDK has verified the token, at most a minute ago; `admit` decides what that is worth. */
  | { kind: 'verified'; session: Session }
  /** None of the instance's keys has signed it: to the SDK nobody is signed in. */
  | { kind: 'forged' }
  /** The SDK has to see the whole request. */
  | { kind: 'unusual' };

interface Known {
  session: Session;
  /** Seconds since the epoch. */
  issuedAt: number;
  /** The key that has signed it, in PEM. */
  key: string;
  /** ms: when it was verified, and how long that is believed. */
  from: number;
  until: number;
}

interface Claims {
  sub?: unknown;
  sts?: unknown;
  v?: unknown;
  o?: { id?: unknown; slg?: unknown };
  org_id?: unknown;
  org_slug?: unknown;
  exp: number;
  iat: number;
}

const BELIEVED_MS = 60_000;
/** Tokens, and what they and their claims take together, in bytes. */
const [MOST, BYTES] = [20_000, 64 * 1024 * 1024];
/** A token's claims take about so many times its length, with the token itself. */
const SHARE = 4;
const CATEGORY = 'cl_B7d4PD111AAA';
const [FORGED, UNUSUAL]: [Verdict, Verdict] = [{ kind: 'forged' }, { kind: 'unusual' }];

/**
 * Remembers sessions that Clerk's SDK has verified, by the very bytes of their tokens: a page and what belongs to it are one
 * verification. Kept are the claims, never a decision. One is forgotten when its token ends, after a minute, when its key is the
 * instance's no more, and when the clock goes back.
 * @param options `most` tokens are kept, which take so many `bytes`
 */
export function knownSessions(
  settings: GateSettings,
  { most = MOST, bytes = BYTES, meter }: { most?: number; bytes?: number; meter?: Meter } = {},
) {
  const known = new LRUCache<string, Known>({
    max: most,
    maxSize: bytes,
    sizeCalculation: (_, token) => token.length * SHARE,
  });
  const underWay = new Map<string, Promise<Known | undefined>>();

  function held(token: string): Known | undefined {
    const found = known.get(token);
    if (found === undefined) return undefined;
    const now = Date.now();
    if (now >= found.from && now < found.until && settings.jwtKeys.includes(found.key)) return found;
    known.delete(token);
    return undefined;
  }

  /** One verification at a time for a token, however many ask. */
  async function verified(text: string, token: Token, key: string): Promise<Known | undefined> {
    const before = underWay.get(text);
    if (before !== undefined) return before;
    const verifying = verify(text, token, key, settings).finally(() => underWay.delete(text));
    underWay.set(text, verifying);
    const found = await verifying;
    // Not as a part of the header that it came in, which would be kept whole.
    if (found && found.from < found.until) known.set(Buffer.from(text).toString('latin1'), found);
    return found;
  }

  return async function verdictOf({ token: text, clientUat }: PlainSession): Promise<Verdict> {
    let found = held(text);
    const wasHeld = found !== undefined;
    if (found === undefined) {
      const token = readToken(text);
      if (token?.header.alg !== 'RS256') return UNUSUAL;
      const key = signerOf(token, settings.jwtKeys);
      // A session that is older than the browser's word for it ends in a handshake, whoever has signed it.
      if (key === undefined) return (token.claims.iat as number) < clientUat ? UNUSUAL : forged(meter);
      found = await verified(text, token, key);
    }
    const verdict = found && found.issuedAt >= clientUat ? verdictFor(found) : UNUSUAL;
    if (verdict !== UNUSUAL) meter?.session(wasHeld ? 'remembered' : 'verified');
    return verdict;
  };
}

const verdictFor = ({ session }: Known): Verdict => ({ kind: 'verified', session });

function forged(meter: Meter | undefined): Verdict {
  meter?.session('forged');
  return FORGED;
}

/** @returns undefined where the SDK refuses the token, or would have more to say about it */
async function verify(
  text: string,
  { header }: Token,
  key: string,
  settings: GateSettings,
): Promise<Known | undefined> {
  if (header.typ !== 'JWT' || (header.cat !== undefined && header.cat !== CATEGORY)) return undefined;
  const from = Date.now();
  const claims = (await verifyToken(text, checks(settings, key)).catch(() => undefined)) as Claims | undefined;
  if (typeof claims?.sub !== 'string' || !claims.sub.startsWith('user_')) return undefined;
  if (typeof claims.iat !== 'number' || (claims.sts !== undefined && claims.sts !== 'active')) return undefined;
  const until = Math.min(claims.exp * 1000, from + BELIEVED_MS);
  return { session: sessionOf(claims), issuedAt: claims.iat, key, from, until };
}

/** As the SDK reads the claims of both versions; `admit` refuses any other. */
function sessionOf(claims: Claims): Session {
  const [orgId, orgSlug] = claims.v === 2 ? [claims.o?.id, claims.o?.slg] : [claims.org_id, claims.org_slug];
  return Object.freeze({
    tokenType: 'session_token',
    isAuthenticated: true,
    userId: claims.sub,
    orgId,
    orgSlug,
    sessionClaims: claims,
  });
}
