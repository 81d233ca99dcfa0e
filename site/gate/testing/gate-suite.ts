import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sha256 } from '../../../generator/lib/bytes.ts';
import { linkMark } from '../../../generator/lib/link-mark.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import {
  type Claims,
  cookieSuffix,
  forge,
  makeKeys,
  publishableKeyOf,
  sessionClaims,
} from '../../../scripts/demo/identity/forge.ts';
import { openSites } from '../content/sites.ts';
import type { AccessLine } from '../context.ts';
import { loadHandler } from '../front/bundle.ts';
import { type Gate, type GateOptions, startGate } from '../front/front.ts';
import { gateSettings } from '../settings.ts';
import { type PublishedFiles, publishSite, type RawResponse, rawRequest } from './gate.ts';

const ORIGIN = 'https://reports.example.com';
const FAPI = 'clerk.example.com';
const ISSUER = `https://${FAPI}`;
const PK = publishableKeyOf(FAPI);
const keys = makeKeys();
const previous = makeKeys();
const stranger = makeKeys();

const A = { id: 'org_1', name: 'Alpha', mark: 'MARK-OF-ALPHA' };
const B = { id: 'org_12', name: 'Beta', mark: 'MARK-OF-BETA' };
const EMPTY = { id: 'org_123', name: 'Gamma' };
const DOCUMENT = ['Sec-Fetch-Dest: document', 'Accept: text/html'];

const siteFor = ({ name, mark }: { name: string; mark: string }) => ({
  '/': `<!doctype html><head></head><h1>${name}</h1>${mark}${'lorem ipsum '.repeat(300)}`,
  '/404.html': `<!doctype html><p>Nothing here. ${mark}</p>`,
  '/agents/ann@agents.example/': `<p>Ann ${mark}</p>`,
  '/data/overview.json': JSON.stringify({ mark }),
  '/brand.css': `:root { --accent-light: #000 } /* ${mark} */`,
  '/logo.png': `not really a picture, ${mark}`,
  [`/calls/only-${name.toLowerCase()}/`]: `<p>${mark}</p>`,
  '/constructor': `<p>constructor ${mark}</p>`,
});

/** What holds of the gate as it is built. @param how the way that plain requests take */
export function gateSuite(how: Pick<GateOptions, 'short'>): void {
  let gate: Gate;
  let port: number;
  let manifest: PublishedFiles;
  let api: Server;
  let calls = 0;
  const lines: AccessLine[] = [];
  const store = memoryStore();

  beforeAll(async () => {
    manifest = await publishSite(store, A.id, siteFor(A));
    await publishSite(store, B.id, siteFor(B));
    await store.put('assets/page.B2xq.css', 'body { margin: 0 }');
    api = createServer((_req, res) => {
      calls++;
      res.writeHead(500).end('{}');
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const settings = gateSettings(
      { siteUrl: ORIGIN, publishableKey: PK, secretKey: 'sk_live_x', jwtKey: keys.pem, jwtKeyPrevious: previous.pem },
      { production: true, env: {} },
    );
    gate = await startGate({
      handler: await loadHandler(),
      sites: openSites(store),
      settings: { ...settings, port: 0, apiUrl: `http://127.0.0.1:${(api.address() as AddressInfo).port}` },
      log: (line) => lines.push(line),
      ...how,
    });
    port = Number(new URL(gate.url).port);
  });

  afterAll(async () => {
    await gate?.close();
    api?.close();
  });

  const facts = { issuer: ISSUER, origin: ORIGIN, user: 'user_1', email: 'ann@alpha.example' };
  const claimsFor = (org?: { id: string; name: string }, more: Claims = {}): Claims => ({
    ...sessionClaims({ ...facts, ...(org && { org }) }),
    ...more,
  });
  const cookieOf = (token: string, uat = '1') => `Cookie: __session=${token}; __client_uat=${uat}`;
  const signed = (org?: { id: string; name: string }, more?: Claims) => cookieOf(forge(claimsFor(org, more), { keys }));
  const get = (target: string, ...headers: string[]) => rawRequest(port, target, headers);
  const buildOf = (response: RawResponse) =>
    /^build;desc="(.+)"$/.exec(response.headers.get('server-timing') ?? '')?.[1];
  const foreign = (response: RawResponse, mine?: string) =>
    [A.mark, B.mark].filter((mark) => mark !== mine && response.raw.includes(mark));

  test('it gives its icon to anybody, since browsers ask for one by themselves', async () => {
    const icon = await get('/favicon.ico');
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/x-icon']);
    expect(icon.headers.get('cache-control')).toBe('public, max-age=86400');
    expect([...icon.body.subarray(0, 4)]).toEqual([0, 0, 1, 0]);
  });

  test('its page after sign-out removes by a script what the site has stored', async () => {
    const page = await get('/sign-out', ...DOCUMENT);
    expect(page.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const path = /<script src="(\/_gate\/[^"]+)"><\/script>/.exec(page.text)?.[1] ?? '';
    const script = await get(path);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.text).toContain('clear()');
  });

  describe('the right session', () => {
    test('it gets its own organization’s bytes, unchanged', async () => {
      for (const [path, file] of Object.entries(manifest.files).filter(([path]) => path !== '/404.html')) {
        const response = await get(path, signed(A), ...DOCUMENT);
        expect([path, response.status, sha256(response.body)]).toEqual([path, 200, file.sha256]);
        expect(response.headers.get('etag')).toBe(`"${file.sha256}"`);
        expect(response.headers.get('content-type')).toBe(file.type);
        expect(response.headers.get('cache-control')).toBe('private, no-cache');
        expect(response.headers.get('vary')).toBe('Cookie, Accept-Encoding');
        expect(foreign(response, A.mark)).toEqual([]);
      }
    });

    test('it gets its own organization’s page at the same address', async () => {
      for (const org of [A, B, A]) {
        const response = await get('/', signed(org), ...DOCUMENT);
        expect(response.text).toContain(org.mark);
        expect(foreign(response, org.mark)).toEqual([]);
      }
    });

    test('it may come in version 1, in suffixed cookies, and signed with the previous key', async () => {
      const { o: _, v: __, ...claims } = claimsFor(A);
      const token = forge(claimsFor(A), { keys });
      const cookies = [
        cookieOf(forge({ ...claims, org_id: A.id, org_role: 'member' }, { keys })),
        `Cookie: __session_${cookieSuffix(PK)}=${token}; __client_uat_${cookieSuffix(PK)}=1`,
        cookieOf(forge(claimsFor(A), { keys: previous })),
      ];
      for (const cookie of cookies) expect((await get('/', cookie, ...DOCUMENT)).status).toBe(200);
    });

    test('it reads an agent’s page however the browser writes the @', async () => {
      for (const path of ['/agents/ann@agents.example/', '/agents/ann%40agents.example/?from=2026-03-01&q=50%25%2F']) {
        expect((await get(path, signed(A), ...DOCUMENT)).text).toContain('Ann');
      }
    });

    test('it is led to the page where it leaves out the last slash, and to no other organization’s', async () => {
      const response = await get('/calls/only-alpha?from=2026-03-01', signed(A), ...DOCUMENT);
      expect([response.status, response.headers.get('location')]).toEqual([303, '/calls/only-alpha/?from=2026-03-01']);
      expect((await get('/calls/only-alpha', signed(B), ...DOCUMENT)).status).toBe(404);
      expect((await get('/data', signed(A), ...DOCUMENT)).status).toBe(404);
    });

    test('it gets Brotli as stored where accepted, else gzip, else plain bytes', async () => {
      const br = await get('/', signed(A), 'Accept-Encoding: gzip, br');
      expect(br.headers.get('content-encoding')).toBe('br');
      expect(sha256(br.text)).toBe(manifest.files['/']?.sha256);
      expect(br.body.length).toBe(manifest.files['/']?.stored);
      for (const method of ['GET', 'HEAD']) {
        const zipped = await rawRequest(port, '/', [signed(A), 'Accept-Encoding: br;q=0, GZIP;q=0.5'], { method });
        expect([zipped.status, zipped.headers.get('content-encoding')]).toEqual([200, 'gzip']);
        if (method === 'HEAD') expect(zipped.body.length).toBe(0);
        else expect(sha256(zipped.text)).toBe(manifest.files['/']?.sha256);
        expect(Number(zipped.headers.get('content-length'))).toBe(gzipSync(siteFor(A)['/']).byteLength);
      }
      expect((await get('/logo.png', signed(A), 'Accept-Encoding: br, gzip')).headers.get('content-encoding')).toBe(
        null,
      );
      for (const accept of ['identity', 'br;q=0', 'brotli', 'gzip;q=0']) {
        const plain = await get('/', signed(A), `Accept-Encoding: ${accept}`);
        expect(plain.headers.get('content-encoding')).toBe(null);
        expect(sha256(plain.body)).toBe(manifest.files['/']?.sha256);
      }
    });

    test('it gets headers alone for HEAD, and 304 for what it has', async () => {
      const head = await rawRequest(port, '/', [signed(A)], { method: 'HEAD' });
      expect([head.status, head.body.length]).toEqual([200, 0]);
      expect(head.headers.get('content-length')).toBe(String(manifest.files['/']?.size));
      const etag = `"${manifest.files['/']?.sha256}"`;
      for (const value of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const response = await get('/', signed(A), `If-None-Match: ${value}`);
        expect([response.status, response.body.length]).toEqual([304, 0]);
        expect(response.headers.get('etag')).toBe(etag);
      }
      expect((await get('/', signed(B), `If-None-Match: ${etag}`)).status).toBe(200);
      expect((await get('/', `If-None-Match: ${etag}`)).status).toBe(401);
    });

    test('it is told who it is, and when the reports were built', async () => {
      const response = await get('/session', signed(A));
      expect(JSON.parse(response.text)).toEqual({
        user: { id: 'user_1', email: 'ann@alpha.example' },
        organization: { id: 'org_1', name: 'Alpha' },
        build: buildOf(await get('/', signed(A))),
        publishedAt: '2026-03-31T05:30:00Z',
      });
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
      expect(response.headers.get('cache-control')).toBe('no-store');
      for (const [status, cookie] of [
        [401, 'X: y'],
        [403, signed()],
      ] as const) {
        const refused = await get('/session', cookie, ...DOCUMENT);
        expect([refused.status, refused.headers.get('x-frame-options')]).toEqual([status, 'SAMEORIGIN']);
      }
    });

    test('it is told when its page is of another organization’s build, or of none', async () => {
      const [own, theirs] = [buildOf(await get('/', signed(A))), buildOf(await get('/', signed(B)))];
      expect(own).not.toBe(theirs);
      for (const [status, build] of [
        [200, own],
        [410, theirs],
        [410, '1-00'],
        [410, ''],
      ] as const) {
        for (const path of ['/session', '/data/overview.json', '/nowhere']) {
          const response = await get(`${path}?b=${build}`, signed(A));
          expect([path, response.status]).toEqual([path, status === 200 && path === '/nowhere' ? 404 : status]);
          expect(foreign(response, A.mark)).toEqual([]);
        }
      }
      const page = await get(`/?b=${theirs}`, signed(A), ...DOCUMENT);
      expect([page.status, foreign(page)]).toEqual([410, []]);
    });

    test('it downloads data that it opens as a page, and nothing else', async () => {
      const disposition = async (path: string) => (await get(path, signed(A))).headers.get('content-disposition');
      expect(await disposition('/data/overview.json')).toBe('attachment; filename="overview.json"');
      for (const path of ['/', '/brand.css', '/logo.png']) expect(await disposition(path)).toBe(null);
    });
  });

  describe('somebody else', () => {
    const { azp: _azp, ...withoutParty } = claimsFor(A);
    const publicKeyAsSecret = { secret: keys.pem, alg: 'HS256' };
    const wrong: { [who: string]: string } = {
      'no session': 'X-Nothing: 1',
      garbage: cookieOf('a.b.c'),
      'wrong key': cookieOf(forge(claimsFor(A), { keys: stranger })),
      'alg none': cookieOf(forge(claimsFor(A), { alg: 'none' })),
      'alg none, old signature': cookieOf(`${forge(claimsFor(A), { alg: 'none' })}AAAA`),
      'public key as a secret': cookieOf(forge(claimsFor(A), publicKeyAsSecret)),
      RS512: cookieOf(forge(claimsFor(A), { keys, alg: 'RS512' })),
      'wrong azp': signed(A, { azp: 'https://reports.example.org' }),
      'http azp': signed(A, { azp: ORIGIN.replace('https', 'http') }),
      'missing azp': cookieOf(forge(withoutParty, { keys })),
      'wrong issuer': signed(A, { iss: 'https://clerk.example.org' }),
      'wrong issuer, suffixed': `Cookie: __session_${cookieSuffix(PK)}=${forge(claimsFor(A, { iss: 'https://x.example' }), { keys })}; __client_uat_${cookieSuffix(PK)}=1`,
      'no subject': signed(A, { sub: undefined }),
      'pending session': signed(A, { sts: 'pending' }),
      'machine token': cookieOf(forge(claimsFor(A), { keys, header: { cat: 'cl_B7d4PD333AAA' } })),
      'JWT template': cookieOf(forge(claimsFor(A), { keys, header: { cat: 'cl_B7d4PD222AAA' } })),
      'access token type': cookieOf(forge(claimsFor(A), { keys, header: { typ: 'at+jwt' } })),
      'bearer header': `Authorization: Bearer ${forge(claimsFor(A), { keys })}`,
      'bare header': `Authorization: ${forge(claimsFor(A), { keys })}`,
      'API key header': 'Authorization: Bearer ak_0123456789abcdef',
      'smuggled cookie': `Cookie: x=1%3B__session=${forge(claimsFor(A), { keys })}`,
    };

    test.each(Object.entries(wrong))('it is turned away: %s', async (_who, header) => {
      for (const path of ['/', '/data/overview.json', '/agents/ann@agents.example/', '/404.html', '/logo.png']) {
        const document = await get(path, header, ...DOCUMENT);
        expect([document.status, document.headers.get('location')]).toEqual([
          303,
          `/sign-in?redirect_url=${encodeURIComponent(path)}`,
        ]);
        const script = await get(path, header, 'Sec-Fetch-Dest: empty');
        expect([script.status, script.text]).toEqual([401, '{"error":"signed out"}']);
        for (const response of [document, script]) {
          expect(foreign(response)).toEqual([]);
          expect(response.headers.get('cache-control')).toBe('no-store');
          expect(response.headers.get('x-clerk-auth-status')).toBe(null);
        }
      }
    });

    test('an expired session is sent through Clerk’s handshake as a page, and refused as a script', async () => {
      const now = Date.now() / 1000 - 120;
      const expired = cookieOf(forge(sessionClaims({ ...facts, org: A, now }), { keys }));
      const page = await rawRequest(port, '/calls/?rule=x', [expired, ...DOCUMENT], { host: 'evil.example' });
      const location = new URL(page.headers.get('location') ?? '');
      expect([page.status, location.origin, location.pathname]).toEqual([307, ISSUER, '/v1/client/handshake']);
      expect(location.searchParams.get('redirect_url')).toBe(`${ORIGIN}/calls/?rule=x`);
      const script = await get('/', expired);
      expect(script.status).toBe(401);
      for (const response of [page, script]) expect(foreign(response)).toEqual([]);
      const future = cookieOf(forge(sessionClaims({ ...facts, org: A, now: Date.now() / 1000 + 60 }), { keys }));
      expect((await get('/', future)).status).toBe(401);
    });

    test('a session without an organization chooses one', async () => {
      const page = await get('/agents/', signed(), ...DOCUMENT);
      expect([page.status, page.headers.get('location')]).toEqual([
        303,
        '/select-organization?redirect_url=%2Fagents%2F',
      ]);
      const script = await get('/data/overview.json', signed());
      expect([script.status, script.text]).toEqual([403, '{"error":"no organization"}']);
      const custom = await get('/', signed(undefined, { org_id: A.id }));
      expect(custom.status).toBe(403);
      for (const response of [page, script, custom]) expect(foreign(response)).toEqual([]);
    });

    const contradictions: { [what: string]: Claims } = {
      'version 3': { v: 3 },
      'another organization in a custom claim': { org_id: B.id },
      'another user in a custom claim': { user_id: 'user_2' },
      'an organization that is a path': { o: { id: '../org_12', rol: 'member' }, org_id: undefined },
      'an organization that is a list': { o: { id: ['org_12'], rol: 'member' }, org_id: undefined },
      'an organization named assets': { o: { id: 'Assets', rol: 'member' }, org_id: undefined },
    };
    test.each(Object.entries(contradictions))(
      'a session is refused whose claims do not fit: %s',
      async (_what, claims) => {
        const page = await get('/', signed(A, claims), ...DOCUMENT);
        const script = await get('/data/overview.json', signed(A, claims));
        expect([page.status, script.status, script.text]).toEqual([403, 403, '{"error":"refused"}']);
        for (const response of [page, script]) expect(foreign(response)).toEqual([]);
      },
    );

    test('a custom claim that was never filled does no harm', async () => {
      const said = vi.spyOn(console, 'error').mockImplementation(() => {});
      for (const org_id of ['{{org.id}}', '', null, undefined])
        expect((await get('/', signed(A, { org_id }))).status).toBe(200);
      expect(said.mock.calls).toEqual([[expect.stringContaining('have no custom claim org_id')]]);
      said.mockRestore();
    });

    test('tokens in a query are not taken', async () => {
      for (const name of ['__clerk_handshake_nonce', '__clerk%5Fhandshake', '__clerk_db_jwt']) {
        expect((await get(`/?${name}=x`, signed(A), ...DOCUMENT)).status).toBe(404);
      }
    });
  });

  describe('another organization’s page', () => {
    const secrets = [
      '/calls/only-beta/',
      '/org_12/',
      `/org_12/pointer.json`,
      `/../org_12/pointer.json`,
      '/..%2forg_12/pointer.json',
      '/%2e%2e/org_12/',
      '/%2e%2e%2forg_12%2fpointer.json',
      '/%252e%252e%252forg_12/',
      '/%25%32%65%25%32%65/org_12/',
      '/data/%2572',
      '/%u002e%u002e/org_12/',
      '/%c0%ae%c0%ae/org_12/',
      '/data/..;/..;/org_12/',
      '/data/./overview.json',
      '//org_12/',
      '/data//overview.json',
      '/\\org_12/',
      '/data%5c..%5corg_12',
      '/data/overview.json%00',
      '/data/%00/overview.json',
      '/__proto__',
      '/toString',
      '/.well-known/x',
      '/_image?href=/org_12/',
      '/_server-islands/x',
      '/_actions/x',
      '/_gate/../server/entry.mjs',
      '/_gate/%2e%2e/server/entry.mjs',
      '/server/entry.mjs',
      '/assets/../org_12/pointer.json',
      '/assets/page.B2xq.css/../../org_12/',
      '/assets/',
      '/sign-in/../calls/only-beta/',
      'http://reports.example.com/calls/only-beta/',
      'https://evil.example/org_12/',
      '*',
      'org_12/',
      `/${'a'.repeat(3000)}`,
      '/data/overview.json/',
      '/DATA/overview.json',
      '/data/overview.json.br',
      '/blobs/x',
      '/agents/ann%40agents.example%2f',
      '/agents/ann@agents.example/\x01',
      '/agents/ann@agents.example/%0d%0ax-a:b',
    ];

    test.each(secrets)('it is not there: %s', async (target) => {
      for (const header of [signed(A), 'X-Nothing: 1']) {
        const response = await get(target, header, ...DOCUMENT);
        expect(response.status).toBeGreaterThanOrEqual(header.startsWith('X') ? 303 : 400);
        expect(foreign(response, header.startsWith('X') ? undefined : A.mark)).toEqual([]);
        expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      }
    });

    test('it looks the same as a page that nobody has', async () => {
      const [yours, none, own] = await Promise.all(
        ['/calls/only-beta/', '/calls/only-nobody/', '/404.html'].map((path) => get(path, signed(A), ...DOCUMENT)),
      );
      const seen = ({ status, text, headers }: RawResponse) => {
        headers.delete('date');
        return { status, text, headers: [...headers] };
      };
      expect(seen(yours as RawResponse)).toEqual(seen(none as RawResponse));
      expect(seen(own as RawResponse)).toEqual(seen(none as RawResponse));
      expect(yours?.status).toBe(404);
      expect(yours?.text).toBe(siteFor(A)['/404.html']);
    });

    test('a link made for another organization is not followed', async () => {
      expect((await get(`/?o=${linkMark(A.id)}`, signed(A), ...DOCUMENT)).status).toBe(200);
      for (const query of [
        `o=${linkMark(B.id)}`,
        'o=',
        `o=${linkMark(A.id)}&o=${linkMark(B.id)}`,
        `%6f=${linkMark(B.id)}`,
      ]) {
        const response = await get(`/?${query}`, signed(A), ...DOCUMENT);
        expect([response.status, foreign(response)]).toEqual([403, []]);
        expect(response.text).toContain('This link belongs to another of your organizations');
      }
    });

    test('headers do not change who one is or where the site is', async () => {
      const evil = ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: http', 'Forwarded: host=evil.example'];
      const more = ['X-Original-URL: /org_12/', 'X-Rewrite-URL: /org_12/', 'x-astro-path: /org_12/', 'X-Clerk-Auth: 1'];
      const inside = await rawRequest(port, '/', [signed(A), ...evil, ...more, ...DOCUMENT], { host: 'evil.example' });
      expect([inside.status, foreign(inside, A.mark)]).toEqual([200, []]);
      const outside = await rawRequest(port, '/', [...evil, ...more, ...DOCUMENT], { host: 'evil.example' });
      expect(outside.headers.get('location')).toBe('/sign-in?redirect_url=%2F');
      for (const response of [inside, outside]) expect(response.raw).not.toContain('evil.example');
    });

    test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND'])('no %s is taken', async (method) => {
      const response = await rawRequest(port, '/', [signed(A), 'Content-Length: 0'], { method });
      expect([response.status, foreign(response)]).toEqual([405, []]);
    });
  });

  describe('the rest', () => {
    test('an organization before its first report is told so', async () => {
      const page = await get('/', signed(EMPTY), ...DOCUMENT);
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(page.text).toContain('Your first report is being prepared');
      const script = await get('/data/overview.json', signed(EMPTY));
      expect([script.status, script.text]).toEqual([404, '{"error":"not published"}']);
      expect(foreign(page)).toEqual([]);
      expect(JSON.parse((await get('/session', signed(EMPTY))).text).publishedAt).toBe(null);
    });

    test('public files need no session and may be kept for ever', async () => {
      const response = await get('/assets/page.B2xq.css');
      expect([response.status, response.text]).toEqual([200, 'body { margin: 0 }']);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
      const br = await get('/assets/page.B2xq.css', 'Accept-Encoding: br');
      expect([br.headers.get('content-encoding'), br.text]).toEqual(['br', 'body { margin: 0 }']);
      expect((await get('/healthz')).text).toBe('ok\n');
    });

    test('the sign-in page holds Clerk’s component and allows exactly its script', async () => {
      const page = await get('/sign-in?redirect_url=%2Fcalls%2F%3Frule%3Dx', ...DOCUMENT);
      expect(page.status).toBe(200);
      expect(page.text).toContain('data-clerk-id="clerk-sign-in-');
      expect(page.text).toContain('/calls/?rule=x');
      expect(page.text).toContain(PK);
      expect(page.text).not.toContain('sk_live');
      const csp = page.headers.get('content-security-policy') ?? '';
      expect(csp.match(/sha256-/g)).toHaveLength(1);
      expect(csp).toContain(`script-src 'self' ${ISSUER} `);
      for (const path of [
        'https://evil.example/',
        '//evil.example/',
        '/\\evil.example',
        '/"><script>alert(1)</script>',
      ]) {
        const evil = await get(`/sign-in/factor-one?redirect_url=${encodeURIComponent(path)}`, ...DOCUMENT);
        expect(evil.text).not.toContain('After you sign in');
        expect(evil.text).not.toContain('alert(1)');
      }
      const sheet = /href="(\/_gate\/[^"]+\.css)"/.exec(page.text)?.[1];
      expect((await get(String(sheet))).headers.get('content-type')).toBe('text/css; charset=utf-8');
      const selecting = await get('/select-organization', signed(), ...DOCUMENT);
      expect([selecting.status, /clerk-organization-list-/.test(selecting.text)]).toEqual([200, true]);
      expect((await get('/select-organization', ...DOCUMENT)).status).toBe(303);
      expect((await get('/sign-out', signed(A), ...DOCUMENT)).status).toBe(200);
    });

    test('whoever has signed out is told so, and the browser forgets what it kept', async () => {
      const page = await get('/sign-out', 'Cookie: __client_uat=0', ...DOCUMENT);
      expect([page.status, page.headers.get('clear-site-data')]).toEqual([200, '"cache", "storage"']);
      expect(page.text).toContain('You are signed out');
      expect((await get('/sign-out', signed(A), ...DOCUMENT)).headers.get('clear-site-data')).toBe(null);
    });

    test.each(['/sign-in', '/u/token'])('%s takes so many requests of one address, and others go on', async (path) => {
      const from = (address: string) => get(path, `X-Forwarded-For: 10.0.0.1, ${address}`, ...DOCUMENT);
      let response = await from('203.0.113.9');
      for (let i = 0; i < 70 && response.status !== 429; i++) response = await from('203.0.113.9');
      expect([response.status, response.text]).toEqual([429, 'too many requests\n']);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await get(path.replace('n', '%6e'), 'X-Forwarded-For: 203.0.113.9')).status).toBe(429);
      expect((await from('203.0.113.10')).status).not.toBe(429);
      expect((await get('/', signed(A), 'X-Forwarded-For: 203.0.113.9')).status).toBe(200);
    });

    test('every response carries the security headers', async () => {
      const cases: [number, string, string[]][] = [
        [200, '/', [signed(A)]],
        [200, '/session', [signed(A)]],
        [200, '/healthz', []],
        [200, '/assets/page.B2xq.css', []],
        [200, '/sign-in', DOCUMENT],
        [303, '/', DOCUMENT],
        [304, '/', [signed(A), 'If-None-Match: *']],
        [401, '/', []],
        [403, '/', [signed()]],
        [404, '/nowhere', [signed(A)]],
        [404, '/../x', []],
        [401, '/', ['Expect: something']],
        [400, '/', ['broken header']],
        [431, '/', [`X: ${'x'.repeat(20_000)}`]],
      ];
      for (const [status, target, headers] of cases) {
        const response = await get(target, ...headers);
        expect([target, response.status]).toEqual([target, status]);
        const seen = ['x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy', 'permissions-policy'];
        expect(seen.filter((name) => !response.headers.get(name))).toEqual([]);
        expect(response.headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
        expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
        expect(response.headers.get('content-security-policy')).toMatch(
          /default-src 'none'.*frame-ancestors '(none|self)'/,
        );
        expect(response.headers.get('x-frame-options')).toBe(target === '/session' ? 'SAMEORIGIN' : 'DENY');
      }
      const page = await get('/', signed(A), ...DOCUMENT);
      expect(page.headers.get('content-security-policy')).toBe(
        `default-src 'none'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; frame-src 'self' ${ISSUER}`,
      );
    });

    test('each request leaves one line, without its query', async () => {
      lines.length = 0;
      const answers = [
        await get('/agents/?q=secret', signed(A)),
        await get('/agents/'),
        await get('/u/secret?x=secret'),
      ];
      expect(lines).toMatchObject([
        { method: 'GET', path: '/agents/', status: 404, organization: 'org_1', user: 'user_1' },
        { method: 'GET', path: '/agents/', status: 401 },
        { method: 'GET', path: '/u/…', status: 404 },
      ]);
      expect(lines.map(({ bytes }) => bytes)).toEqual(answers.map(({ bytes }) => bytes));
      expect(lines[1]).not.toHaveProperty('organization');
      expect(JSON.stringify(lines)).not.toContain('secret');
    });

    test('and in all of this nothing was asked of Clerk’s API', () => {
      expect(calls).toBe(0);
    });
  });
}
