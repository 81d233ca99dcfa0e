import { ATTACK, away, edit, type Mutant, mutant } from './mutant.ts';

const KNOWN = 'auth/known-sessions';
const BOTH = 'gives any request the answer, the log line and the audit line of the long one';
const ways = (bug: string, ...edits: Parameters<typeof edit>[]): Mutant =>
  mutant(
    bug,
    edits.map((each) => edit(...each)),
    'front/short-way',
    BOTH,
  );
const known = (bug: string, find: string, replace: string, name: string): Mutant =>
  mutant(bug, edit(`${KNOWN}.ts`, find, replace), KNOWN, name);

/** Where plain requests are answered without Astro. */
export const SHORT_WAY: Mutant[] = [
  mutant(
    'short way lets in without the SDK',
    edit(
      `${KNOWN}.ts`,
      '(await verifyToken(text, checks(settings, key)).catch(() => undefined))',
      '(await Promise.resolve(readToken(text)?.claims))',
    ),
    'gate',
    away('wrong azp'),
  ),
  mutant(
    'short way lets in without a signature',
    [
      edit(
        `${KNOWN}.ts`,
        '(await verifyToken(text, checks(settings, key)).catch(() => undefined))',
        '(await Promise.resolve(readToken(text)?.claims))',
      ),
      edit(`${KNOWN}.ts`, 'const key = signerOf(token, settings.jwtKeys);', 'const key = settings.jwtKeys[0];'),
    ],
    'gate',
    away('wrong key'),
  ),
  mutant(
    'sessions remembered by the beginning of their tokens',
    [
      edit(`${KNOWN}.ts`, 'known.get(token);', 'known.get(token.slice(0, 60));'),
      edit(
        `${KNOWN}.ts`,
        "known.set(Buffer.from(text).toString('latin1'), found);",
        'known.set(text.slice(0, 60), found);',
      ),
    ],
    ATTACK,
    'nobody got a byte of an organization that is not theirs',
  ),
  known('sessions remembered beyond their minute', 'now < found.until && ', '', 'is believed for a minute'),
  known(
    'sessions remembered beyond their end',
    'Math.min(claims.exp * 1000, from + BELIEVED_MS)',
    'from + BELIEVED_MS',
    'is believed no longer than its token',
  ),
  known(
    'sessions remembered where the clock goes back',
    'now >= found.from && ',
    '',
    'is asked about anew where the clock went back',
  ),
  known(
    'sessions of a key that is gone remembered',
    ' && settings.jwtKeys.includes(found.key)',
    '',
    'is nobody’s where its key is the instance’s no more',
  ),
  known(
    'sessions remembered without end',
    '    max: most,\n',
    '    max: 20_000,\n',
    'is one of so many, and the one that was not asked for longest goes first',
  ),
  known(
    'a browser’s newer word is not heard',
    'found && found.issuedAt >= clientUat ?',
    'found ?',
    'is no answer for a browser that has signed in again since',
  ),
  mutant(
    'one of two cookies of a name taken',
    edit('auth/plain-session.ts', '      if (cookies.has(name)) return undefined;\n', ''),
    'auth/plain-session',
    'is every other cookie: __session=eyJh.eyJi.c-_1; __client_uat=1700000000; __session=eyJh.eyJi.d-_2',
  ),
  ways('links from other sites need no handshake', [
    'auth/plain-session.ts',
    'if (referer !== undefined && ',
    "if (referer === '' && ",
  ]),
  mutant(
    'a browser that is signed out is let in',
    edit('auth/plain-session.ts', 'const UAT = /^[1-9]\\d{0,10}$/;', 'const UAT = /^\\d{1,11}$/;'),
    'auth/plain-session',
    'is every other cookie: __session=eyJh.eyJi.c-_1; __client_uat=0',
  ),
  known(
    'pending sessions taken shortly',
    " || (claims.sts !== undefined && claims.sts !== 'active')",
    '',
    'is none of these: pending',
  ),
  ways('short way’s check gone', ['front/short-way.ts', "    if (admission.kind !== 'in') return false;\n", '']),
  ways('who it was is missing in the log', ['front/short-way.ts', '    noteWho(admission, gate);\n', '']),
  ways('calls shown shortly leave no trail', [
    'front/front.ts',
    '(await answeredShortly(req, res, gate))',
    '(await answeredShortly(req, res, { ...gate, audit: undefined } as GateRequest))',
  ]),
  ways('pages of the gate’s own looked for in the site', ['front/short-way.ts', '|select-organization|sign-out|', '|']),
];
