import { linkMark } from '../../../../generator/lib/link-mark.ts';
import type { Random } from '../../../../scripts/demo/data/random.ts';
import { type Claims, cookieSuffix, forge, type Keys, sessionClaims } from '../../../../scripts/demo/identity/forge.ts';
import { PUBLISHABLE_KEY } from '../started.ts';

/** A request of any kind, plain or not. */
export interface AnyRequest {
  method: string;
  target: string;
  /** Name, value, name, value, ... as they go over the wire. */
  headers: string[];
}

/** Whose keys sign, and what is to be had. */
export interface World {
  keys: Keys;
  previous: Keys;
  stranger: Keys;
  /** Names of builds, and hashes of pages: right ones and others. */
  builds: string[];
  etags: string[];
  /** Targets of a recording with a ticket, which is good for a member of one organization. */
  sounds: string[];
}

const X = cookieSuffix(PUBLISHABLE_KEY);
const ORIGIN = 'https://reports.example.com';
const NOW = Math.floor(Date.now() / 1000);

/** Longer than any run takes, so that no answer hangs on the moment: nothing here ends, or begins, while it runs. */
const claimsOf = (org: string | undefined, more: Claims = {}): Claims => ({
  ...sessionClaims({
    ...{
      issuer: 'https://clerk.example.com',
      origin: ORIGIN,
      user: `user_${org ?? 'none'}`,
      now: NOW - 300,
      life: 7200,
    },
    ...(org !== undefined && { org: { id: org, name: org } }),
  }),
  ...more,
});

const MORE: Claims[] = [
  {},
  { act: { sub: 'user_ADMIN' } },
  { act: {} },
  { email: 'ann@one.example', org_name: 'One & <b>Sons</b>' },
  { org_id: undefined },
  { org_id: '{{org.id}}' },
  { user_id: undefined },
  { sts: undefined },
];
const WRONG: Claims[] = [
  { org_id: 'org_other' },
  { user_id: 'user_other' },
  { sts: 'pending' },
  { v: 3 },
  { v: '2' },
  { v: undefined },
  { o: { id: ['org_1'] } },
  { o: { id: '../org_1' }, org_id: undefined },
  { o: null },
  { sub: undefined },
  { sub: 'mch_1' },
  { sub: 'somebody' },
  { azp: undefined },
  { azp: 'https://reports.example.org' },
  { iss: 'https://clerk.example.org' },
  { iss: undefined },
  { iat: undefined },
  { exp: NOW - 3600 },
  { exp: String(NOW + 3600) },
  { nbf: NOW + 7200 },
  { iat: NOW + 7200 },
];
const HEADERS: Claims[] = [
  { cat: 'cl_B7d4PD222AAA' },
  { cat: 'cl_B7d4PD333AAA' },
  { cat: undefined },
  { typ: 'at+jwt' },
];

/** Each is signed once: that takes longer than asking. */
function tokensOf({ keys, previous, stranger }: World) {
  const organizations = ['org_1', 'org_12', 'org_empty', undefined];
  const { o: _, v: __, ...first } = claimsOf('org_1');
  const right = [
    ...organizations.flatMap((org) => MORE.map((more) => forge(claimsOf(org, more), { keys }))),
    ...['org_1', 'org_12'].map((org) => forge(claimsOf(org), { keys: previous })),
    forge({ ...first, org_role: 'member', org_slug: 'one' }, { keys }),
  ];
  const wrong = [
    ...WRONG.map((more) => forge(claimsOf('org_1', more), { keys })),
    ...HEADERS.map((header) => forge(claimsOf('org_1'), { keys, header })),
    ...[undefined, NOW - 600, NOW].map((iat) => forge(claimsOf('org_1', { iat }), { keys: stranger })),
    forge(claimsOf('org_1', { iss: 'https://x.example' }), { keys: stranger }),
    forge(claimsOf('org_1'), { keys, alg: 'RS512' }),
    forge(claimsOf('org_1'), { alg: 'none' }),
    forge(claimsOf('org_1'), { secret: keys.pem, alg: 'HS256' }),
    ...['', 'x', 'a.b.c', '..', 'e30.e30.AA', '"a.b.c"'],
  ];
  const older = forge(claimsOf('org_12', { iat: NOW - 3000 }), { keys });
  return { right, wrong, older };
}

const UATS = ['1', String(NOW - 300), String(NOW - 299), String(NOW + 3600), '0', '', '01', '1.5', 'x', '-1'];
const OTHER_COOKIES = [
  'theme=dark',
  `__refresh_${X}=r`,
  '__refresh=r',
  '__clerk_redirect_count=1',
  '__clerk_redirect_count=3',
  '__clerk_handshake=a.b.c',
  '__clerk_db_jwt=x',
  '__session_other000=x; __client_uat_other000=1',
  'clerk_active_context=sess_1:org_12; org=org_12',
  'b; =c; d=',
];
const DESTINATIONS = [
  'document',
  'empty',
  'iframe',
  'frame',
  'style',
  'script',
  'image',
  'audio',
  'video',
  'Document',
  '',
];
const ACCEPTS = [
  'text/html',
  'text/html,application/xhtml+xml',
  '*/*',
  'application/json, text/html',
  'application/json',
];
const REFERERS = [
  `${ORIGIN}/calls/`,
  ORIGIN,
  'https://clerk.example.com/x',
  'https://evil.example/',
  'https://accounts.example.com/',
  'x',
];
const CODINGS = ['br', 'gzip, br', 'gzip', 'identity', 'br;q=0, gzip;q=0.5', '*', ''];
const ODD: [name: string, value: string][] = [
  ['Authorization', 'Bearer ak_0123456789abcdef'],
  ['Authorization', 'x'],
  ['Content-Length', '0'],
  ['Expect', 'something'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Clerk-Auth-Status', 'signed-in'],
  ['Origin', 'https://evil.example'],
  ['Range', 'bytes=0-1'],
  ['Cache-Control', 'no-cache'],
  ['If-Modified-Since', new Date(0).toUTCString()],
];
const PLAIN_PATHS = [
  ...['/', '/calls/c-1/', '/calls/c-1', '/calls/c-2/', '/calls/', '/404.html', '/large.csv', '/logo.png'],
  ...['/data/overview.json', '/session', '/session.css', '/agents/ann@one.example/', '/nowhere', '/toString'],
  ...['/calls/c-1/audio.json', '/calls/c-1/audio', '/calls/c-2/audio.json'],
];
const PATHS = [
  ...[
    '/session/',
    '/session.css/',
    '/Session',
    '/select-organization',
    '/sign-out',
    '/sign-in/factor-one',
    '/index.html',
  ],
  ...[
    '/%63alls/c-1/',
    '/agents/ann%40one.example/',
    '/calls/c-1/index.html',
    '/calls/c-1/.',
    '/a.b~c,+=/',
    '/../x',
    '//x',
  ],
  ...['/healthz', '/assets/none.css', '/__proto__', '/_image', '/%5factions/x', '/404', '/500', '/calls.html'],
];
const RANGES = ['bytes=0-', 'bytes=0-99', 'bytes=1048500-', 'bytes=-5', 'bytes=9999999-', 'bytes=0-1,3-4', 'x'];
const QUERIES = [
  '',
  '?',
  '?from=2026-03-01',
  '?q=%5F',
  '?__clerk_synced=true',
  '?__clerk_redirect_url=https://evil.example',
  '?x=__y&o',
];

/** @returns the next of an endless row of requests; a third of them plain, a third with something odd, a third with much */
export function requestsOf(world: World, chance: Random): () => AnyRequest {
  const { right, wrong, older } = tokensOf(world);
  let oddity = 1;
  const rarely = (probability: number): boolean => chance.chance(probability * oddity);
  const mostly = (often: number, usual: string, others: readonly string[]): string =>
    rarely(1 - often) ? chance.pick(others) : usual;

  function cookieLines(): string[] {
    const token = rarely(0.25) ? chance.pick(wrong) : chance.pick(right);
    const uat = mostly(0.8, '1', UATS);
    const plain = [`__session=${token}`, `__client_uat=${uat}`];
    const suffixed = [`__session_${X}=${token}`, `__client_uat_${X}=${uat}`];
    const other = [`__session_${X}=${chance.pick([...right, older])}`, `__client_uat_${X}=${chance.pick(UATS)}`];
    const mixed = rarely(0.3) ? chance.pick([other, [`__session=${older}`]]) : [];
    const pairs = [...chance.pick([plain, suffixed, [...plain, ...suffixed]]), ...mixed];
    if (rarely(0.1)) pairs.splice(chance.int(0, pairs.length - 1), 1);
    if (rarely(0.1)) pairs.push(chance.pick(pairs));
    if (rarely(0.05)) pairs.push(`__session=${chance.pick(right)}`);
    while (rarely(0.3)) pairs.splice(chance.int(0, pairs.length), 0, chance.pick(OTHER_COOKIES));
    const between = mostly(0.9, '; ', [';', ' ;  ', ';;']);
    if (!rarely(0.05)) return [pairs.join(between)];
    return [pairs.slice(0, 1).join(between), pairs.slice(1).join(between)];
  }

  function queryOf(): string {
    const marks = ['org_1', 'org_12', 'org_none'].map((org) => `?o=${linkMark(org)}`);
    const builds = [...world.builds, '1-00', ''].map((build) => `?b=${build}`);
    const usual = chance.pick(['', '', ...marks, ...builds, '?from=2026-03-01']);
    return mostly(0.8, usual, [...QUERIES, `${marks[0]}&o=${linkMark('org_12')}`]);
  }

  return () => {
    oddity = chance.pick([0, 0.3, 1]);
    const headers = ['Host', mostly(0.95, 'reports.example.com', ['evil.example', '127.0.0.1'])];
    if (!rarely(0.08)) for (const line of cookieLines()) headers.push('Cookie', line);
    if (chance.chance(0.6))
      headers.push('Sec-Fetch-Dest', mostly(0.6, chance.pick(['document', 'empty']), DESTINATIONS));
    if (chance.chance(0.6)) headers.push('Accept', chance.pick(ACCEPTS));
    if (chance.chance(0.3)) headers.push('Referer', mostly(0.5, `${ORIGIN}/`, REFERERS));
    if (chance.chance(0.5)) headers.push('Accept-Encoding', chance.pick(CODINGS));
    if (chance.chance(0.3))
      headers.push(
        'If-None-Match',
        chance.chance(0.4) ? '*' : chance.pick([...world.etags, 'x', `"${'0'.repeat(64)}"`]),
      );
    if (rarely(0.1)) headers.push(...chance.pick(ODD));
    // Each from an address of its own: how often one may ask is another test's matter.
    headers.push('X-Forwarded-For', `2001:db8:${chance.hex(4)}:${chance.hex(4)}::1`);
    if (chance.chance(0.06)) {
      if (chance.chance(0.9)) headers.push('Range', chance.pick(RANGES));
      return { method: chance.chance(0.85) ? 'GET' : 'HEAD', target: chance.pick(world.sounds), headers };
    }
    const path = oddity === 0 ? chance.pick(PLAIN_PATHS) : chance.pick([...PLAIN_PATHS, ...PATHS]);
    return { method: chance.chance(0.85) ? 'GET' : 'HEAD', target: path + queryOf(), headers };
  };
}
