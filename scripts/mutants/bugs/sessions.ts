import { away, edit, type Mutant, mutant } from './mutant.ts';

const claims = (what: string) => `a session is refused whose claims do not fit: ${what}`;

/** Who is let in. */
export const SESSIONS: Mutant[] = [
  mutant(
    'azp not checked',
    edit('auth/checks.ts', '  authorizedParties: [origin],\n', ''),
    'gate',
    away('missing azp'),
  ),
  mutant('issuer not checked', edit('auth/checks.ts', '  issuer,\n', ''), 'gate', away('wrong issuer, suffixed')),
  mutant(
    'keys asked for over the network',
    edit('auth/checks.ts', '  jwtKey,\n', ''),
    'gate',
    'it gets its own organization’s bytes, unchanged',
  ),
  mutant(
    'clocks may differ by a day',
    edit('auth/checks.ts', '  issuer,\n', '  issuer,\n  clockSkewInMs: 86_400_000,\n'),
    'gate',
    'an expired session is sent through Clerk’s handshake as a page, and refused as a script',
  ),
  mutant(
    'pending sessions taken',
    edit(
      'middleware.ts',
      'admit(auth() as Session)',
      'admit((auth as (options: object) => Session)({ treatPendingAsSignedOut: false }))',
    ),
    'gate-long',
    away('pending session'),
  ),
  mutant(
    'previous key not tried',
    edit('middleware.ts', 'if (!gate.tryNextKey) break;', 'break;'),
    'gate-long',
    'it may come in version 1, in suffixed cookies, and signed with the previous key',
  ),
  mutant(
    'contradicting organization taken',
    edit('auth/tenant.ts', 'looksLikeId(claims.org_id) && claims.org_id !== session.orgId', "claims.org_id === '?'"),
    'gate',
    claims('another organization in a custom claim'),
  ),
  mutant(
    'contradicting user taken',
    edit(
      'auth/tenant.ts',
      'looksLikeId(claims.user_id) && claims.user_id !== session.userId',
      "claims.user_id === '?'",
    ),
    'gate',
    claims('another user in a custom claim'),
  ),
  mutant(
    'unknown token version taken',
    edit('auth/tenant.ts', '[undefined, 1, 2].includes', '[undefined, 1, 2, 3].includes'),
    'gate',
    claims('version 3'),
  ),
  mutant(
    'organization from a custom claim',
    edit(
      'auth/tenant.ts',
      '  // Any other version',
      '  session = { ...session, orgId: session.orgId ?? claims.org_id };\n  // Any other version',
    ),
    'gate',
    'a session without an organization chooses one',
  ),
  mutant(
    'organization may be any text',
    edit('auth/tenant.ts', ' || !isOrganization(session.orgId)', ''),
    'gate',
    claims('an organization that is a path'),
  ),
  mutant(
    'machine tokens taken',
    edit(
      'auth/tenant.ts',
      "session?.tokenType !== 'session_token' || session.isAuthenticated",
      'session?.isAuthenticated',
    ),
    'site-response',
    'it checks the session itself, whatever the middleware did',
  ),
  mutant(
    'authorization header kept',
    edit('http/target.ts', '^(?:(?:authorization|forwarded|', '^(?:(?:forwarded|'),
    'http/target',
    'headers that speak for somebody else are gone',
  ),
  mutant(
    'headers about the host believed',
    edit('front/front.ts', '    cleanHeaders(req.headers, settings.origin);\n', ''),
    'gate',
    'an expired session is sent through Clerk’s handshake as a page, and refused as a script',
  ),
];
