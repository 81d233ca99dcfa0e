/** Who a verified session belongs to. The only place where an organization's id comes to be trusted. */

import { isOrganization, looksLikeId } from '../../../generator/source/layout.ts';

declare const verified: unique symbol;

/** The id of an organization, taken from a verified session: stores of tenants' files accept nothing else. */
export type OrganizationId = string & { readonly [verified]: true };

export interface Tenant {
  organization: OrganizationId;
  /** For display only. */
  organizationName: string;
  user: Person;
}

interface Person {
  id: string; // e.g., "user_2abc"
  /** From a custom claim; for display only. */
  email?: string;
  /** Somebody else who uses this person's session, by Clerk's impersonation. */
  actor?: string; // e.g., "user_2def"
}

export type Admission =
  /** `unfilled`: the custom claim org_id is missing, or is a template that was not filled in. */
  | { kind: 'in'; tenant: Tenant; unfilled?: true }
  | { kind: 'no organization'; user: Person }
  | { kind: 'signed out' }
  /** Signed in, but what the session says does not hold together. */
  | { kind: 'refused'; why: 'token version' | 'organization' | 'claims' };

/** What is read of Clerk's auth object; nothing about it is taken for granted. */
export interface Session {
  tokenType?: unknown;
  isAuthenticated?: unknown;
  userId?: unknown;
  orgId?: unknown;
  orgSlug?: unknown;
  sessionClaims?: unknown;
}

/**
 * Decide by a session that Clerk has verified.
 * Custom claims are never an authority: a template may fill them with what a user can write. Where they contradict, nobody enters.
 */
export function admit(session: Session | undefined | null): Admission {
  if (session?.tokenType !== 'session_token' || session.isAuthenticated !== true) return { kind: 'signed out' };
  if (typeof session.userId !== 'string' || session.userId === '') return { kind: 'signed out' };
  const claims = (session.sessionClaims ?? {}) as { [claim: string]: unknown };
  // Any other version is read as version 1 by the SDK, also one that is not known yet.
  if (![undefined, 1, 2].includes(claims.v as number)) return { kind: 'refused', why: 'token version' };
  if (looksLikeId(claims.user_id) && claims.user_id !== session.userId) return { kind: 'refused', why: 'claims' };
  const user: Person = {
    id: session.userId,
    ...(typeof claims.email === 'string' && { email: claims.email }),
    ...(claims.act !== undefined && claims.act !== null && { actor: actorOf(claims.act) }),
  };
  if (session.orgId === undefined || session.orgId === null) return { kind: 'no organization', user };
  if (typeof session.orgId !== 'string' || !isOrganization(session.orgId))
    return { kind: 'refused', why: 'organization' };
  if (looksLikeId(claims.org_id) && claims.org_id !== session.orgId) return { kind: 'refused', why: 'claims' };
  const names = [claims.org_name, session.orgSlug, session.orgId];
  const organizationName = String(names.find((name) => typeof name === 'string' && name !== ''));
  const tenant = { organization: session.orgId as OrganizationId, organizationName, user };
  return { kind: 'in', tenant, ...(!looksLikeId(claims.org_id) && { unfilled: true }) };
}

/** The subject of an `act` claim (RFC 8693); one that cannot be read is somebody else all the same. */
function actorOf(act: unknown): string {
  const { sub } = act as { sub?: unknown };
  return typeof sub === 'string' && sub !== '' ? sub.slice(0, 256) : 'unknown';
}
