import { NO_ENDPOINT, noMiddleware, organizationFromQuery } from '../layers.ts';
import { ATTACK, away, edit, type Mutant, mutant } from './mutant.ts';

/** One layer gone, or what both are for. */
export const LAYERS: Mutant[] = [
  mutant(
    'organization from the query',
    organizationFromQuery(),
    ATTACK,
    'nobody got a byte of an organization that is not theirs',
  ),
  mutant(
    'another’s paths answered otherwise than nobody’s',
    [
      edit(
        'content/sites.ts',
        "return file ? { file, csp, build: nameOf(build) } : 'not found';",
        "return file ? { file, csp, build: nameOf(build) } : everywhere.has(path) ? 'gone' : 'not found';",
      ),
      edit(
        'content/file-index.ts',
        '    packed.set(path, text);',
        '    everywhere.add(path);\n    packed.set(path, text);',
      ),
      edit('content/file-index.ts', 'const ENTRY_', 'export const everywhere = new Set<string>();\nconst ENTRY_'),
      edit('content/sites.ts', 'import type { ServedFile }', 'import { everywhere, type ServedFile }'),
    ],
    ATTACK,
    'what is another’s cannot be told from what is not there',
  ),
  mutant(
    'handshake nonces taken from the query',
    edit('http/target.ts', "'__clerk_handshake', '__clerk_handshake_nonce', ", "'__clerk_handshake', "),
    ATTACK,
    'verification asked nobody: all this time the gate opened no connection',
  ),
  mutant('middleware’s check gone', noMiddleware(), 'gate-long', away('garbage')),
  mutant(
    'endpoint’s check gone',
    NO_ENDPOINT,
    'site-response',
    'it checks the session itself, whatever the middleware did',
  ),
  mutant(
    'endpoint’s check gone for HEAD',
    NO_ENDPOINT.map((each) => ({
      ...each,
      replace: each.replace.replace('gate.line.status !== 0', "method !== 'HEAD'"),
    })),
    'site-response',
    'it checks the session itself, whatever the middleware did',
  ),
  mutant(
    'session endpoint’s check gone',
    edit(
      'answers/session.ts',
      "  if (admission.kind !== 'in') return turnedAway(admission);\n  const { organization, organizationName, user } = admission.tenant;",
      "  const { organization, organizationName, user } = (admission as { tenant?: never }).tenant ?? { organization: 'org_1', organizationName: '', user: {} };",
    ),
    'auth/session',
    'it tells nobody without a session of an organization anything',
  ),
];
