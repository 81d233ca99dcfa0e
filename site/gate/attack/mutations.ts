import { linkMark } from '../../../generator/lib/link-mark.ts';
import type { Place } from './world.ts';

/** What goes over the wire beside the identity. */
export interface Shape {
  method?: string;
  target: string;
  host?: string;
  lines?: string[];
  body?: string;
  /** Sent on a connection of its own, since what it leaves behind there is uncertain. */
  alone?: true;
}

/** One way to ask for a file that is not one's own. */
export interface Mutation {
  name: string;
  shape(path: string, place: Place): Shape;
  /** Whose file it is may ask like this too, and gets it; otherwise its owner gets it at the plain path. */
  legal: boolean;
}

const encoded = (text: string, times: number): string => {
  const code = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  let once = text.replaceAll(/[^/]/g, code);
  for (let i = 1; i < times; i++) once = once.replaceAll('%', '%25');
  return once;
};
/** The first letter alone. */
const oneLetter = (path: string, times: number): string => path.replace(/[a-z]/, (letter) => encoded(letter, times));
const slashes = (path: string, code: string): string => `/${path.slice(1).replaceAll('/', code)}`;

/** By target; `legal` where the gate reads it as the plain path. */
const targets: [name: string, target: (path: string, place: Place) => string, legal?: 'legal'][] = [
  ['plain', (p) => p, 'legal'],
  ['a letter encoded', (p) => oneLetter(p, 1), 'legal'],
  ['a letter encoded twice', (p) => oneLetter(p, 2)],
  ['a letter encoded three times', (p) => oneLetter(p, 3)],
  ['a letter encoded ten times', (p) => oneLetter(p, 10)],
  ['all encoded', (p) => encoded(p, 1).replaceAll('%2e', '.').replaceAll('%2E', '.'), 'legal'],
  ['all encoded twice', (p) => encoded(p, 2)],
  ['all encoded three times', (p) => encoded(p, 3)],
  ['slash encoded', (p) => slashes(p, '%2f')],
  ['slash encoded twice', (p) => slashes(p, '%252f')],
  ['slash encoded three times', (p) => slashes(p, '%25252F')],
  ['dots', (p, { id }) => `/x/../../${id}${p}`],
  ['dots first', (p) => `/..${p}`],
  ['dots encoded', (p, { id }) => `/%2e%2e/${id}${p}`],
  ['dots encoded twice', (p, { id }) => `/%252e%252e/${id}${p}`],
  ['dots encoded three times', (p, { id }) => `/%25252e%25252e/${id}${p}`],
  ['dots with encoded slashes', (p, { id }) => `/..%2f${id}${slashes(p, '%2f')}`],
  ['half encoded dots', (p, { id }) => `/.%2e/${id}${p}`],
  ['many dots', (p, { id }) => `${'/..'.repeat(12)}/${id}${p}`],
  ['dots and semicolons', (p, { id }) => `/x/..;/..;/${id}${p}`],
  ['single dot', (p) => `/.${p}`],
  ['single dot at the end', (p) => `${p}.`],
  ['backslash after a slash', (p) => `/\\${p.slice(1)}`],
  ['backslash encoded', (p) => slashes(p, '%5c')],
  ['backslash encoded twice', (p) => slashes(p, '%255c')],
  ['dots and backslashes', (p, { id }) => `/..\\..\\${id}${p}`],
  ['NUL encoded at the end', (p) => `${p}%00`],
  ['NUL encoded within', (p) => p.replace(/.$/, (last) => `%00${last}`)],
  ['NUL encoded twice', (p) => `${p}%2500.json`],
  ['double slash first', (p) => `/${p}`],
  ['double slash with a host', (p) => `//reports.example.com${p}`],
  ['double slash with the organization', (p, { id }) => `//${id}${p}`],
  ['double slashes', (p) => p.replaceAll('/', '//')],
  ['semicolon at the end', (p) => `${p};x=1`],
  ['semicolon in a segment', (p) => p.replace(/^\/[^/]*/, (first) => `${first};jsessionid=1`)],
  ['semicolon encoded', (p) => `${p}%3bx`],
  ['absolute form', (p) => `http://reports.example.com${p}`],
  ['absolute form of another host', (p) => `https://evil.example${p}`],
  ['absolute form with the organization', (p, { id }) => `https://${id}.reports.example.com${p}`],
  ['absolute form with a user', (p, { id }) => `http://${id}@reports.example.com${p}`],
  ['upper case', (p) => p.toUpperCase()],
  ['mixed case', (p) => p.replace(/[a-z]/, (letter) => letter.toUpperCase())],
  ['dot file', (p) => p.replace(/^\//, '/.')],
  ['dot file within', (p) => `/.well-known${p}`],
  ['fragment', (p) => `${p}#x`],
  ['no last slash', (p) => p.replace(/(?<=.)\/$/, '')],
  ['a last slash more', (p) => `${p.replace(/\/$/, '')}/`],
  ['index.html', (p) => `${p}${p.endsWith('/') ? '' : '/'}index.html`],
  ['compressed twin', (p) => `${p}.br`],
  ['compressed twin, gzip', (p) => `${p}.gz`],
  ['space encoded', (p) => `${p}%20`],
  ['plus', (p) => `${p}+`],
  ['tab encoded', (p) => `${p}%09`],
  ['line break encoded', (p) => `${p}%0d%0aX-Injected:%201`],
  ['overlong UTF-8', (p) => slashes(p, '%c0%af')],
  ['overlong dots', (p, { id }) => `/%c0%ae%c0%ae/${id}${p}`],
  ['percent u', (p) => slashes(p, '%u002f')],
  ['full-width slash', (p) => slashes(p, '%ef%bc%8f')],
  ['full-width dots', (p, { id }) => `/%ef%bc%8e%ef%bc%8e/${id}${p}`],
  ['bad encoding', (p) => `${p}%zz`],
  ['organization first', (p, { id }) => `/${id}${p}`],
  ['organization first, as a route', (p, { id }) => `/o/${id}${p}`],
  ['pointer', (_, { id }) => `/${id}/pointer.json`],
  ['manifest', (_, { id, build }) => `/${id}/builds/${build}.json`],
  ['manifest alone', (_, { build }) => `/builds/${build}.json`],
  ['blob', (p, place) => `/${place.id}/${place.blobOf(p)}`],
  ['blob alone', (p, place) => `/${place.blobOf(p)}`],
  ['under the public files', (p, { id }) => `/assets/../${id}${p}`],
  ['under the public files, encoded', (p, { id }) => `/assets/%2e%2e/${id}${p}`],
  ['as a public file', (p, { id }) => `/assets/${id}${p}`],
  ['under the gate’s files', (p, { id }) => `/_gate/../${id}${p}`],
  ['under the sign-in page', (p) => `/sign-in/..${p}`],
  ['under the sign-in page, encoded', (p) => `/sign-in%2f..${p}`],
  ['as a sign-in page', (p) => `/sign-in${p.replaceAll(/[^a-zA-Z0-9/_-]/g, '-')}`],
  ['under the health check', (p) => `/healthz${p}`],
  ['under the session', (p) => `/session${p}`],
  ['image route', (p, { id }) => `/_image?href=/${id}${p}`],
  ['island route', (p, { id }) => `/_server-islands/x?path=/${id}${p}`],
  ['action route', (p) => `/_actions${p}`],
  ['proto', (p) => `/__proto__${p}`],
  ['very long', (p) => `${p}?${'x'.repeat(3000)}`],
  [
    'organization in the query',
    (p, { id }) => `${p}?org=${id}&org_id=${id}&orgId=${id}&organization=${id}&tenant=${id}`,
    'legal',
  ],
  ['organization in an array of the query', (p, { id }) => `${p}?org[]=${id}&o[id]=${id}`, 'legal'],
  [
    'path in the query',
    (p, { id }) => `${p}?path=/${id}${p}&file=${id}${p}&x-astro-path=${p}&x_astro_path=${p}`,
    'legal',
  ],
  ['link of the organization', (p, { id }) => `${p}?o=${linkMark(id)}`, 'legal'],
  ['link of two organizations', (p, { id }) => `${p}?o=${linkMark(id)}&o=${linkMark('org_1')}`],
  ['build in the query', (p, { build }) => `${p}?b=${build}`, 'legal'],
  ['build in the query, twice', (p, { build }) => `${p}?b=${build}&b=${build}`],
  ['build with a path', (p, { id, build }) => `${p}?b=../../${id}/builds/${build}`],
  ['handshake in the query', (p) => `${p}?__clerk_handshake=x.y.z`],
  ['handshake nonce in the query', (p) => `${p}?__clerk_handshake_nonce=x`],
  ['handshake encoded in the query', (p) => `${p}?__clerk%5fhandshake%5Fnonce=x`],
  ['query with another path', (p) => `/?${p}`],
  ['question mark encoded', (p) => `${p}%3f`],
];

/** By headers, which the gate must not believe. All of them are legal: an owner behind such a proxy sees the same as ever. */
const headers: [name: string, lines: (path: string, place: Place) => string[]][] = [
  [
    'X-Forwarded headers',
    (p, { id }) => [
      `X-Forwarded-Host: ${id}.example`,
      'X-Forwarded-Proto: http',
      'X-Forwarded-Port: 80',
      `X-Forwarded-Prefix: /${id}`,
      `X-Forwarded-Uri: /${id}${p}`,
      `X-Forwarded-Path: ${p}`,
      `X-Forwarded-User: ${id}`,
    ],
  ],
  [
    'Forwarded',
    (_, { id }) => [
      `Forwarded: for=127.0.0.1;host=${id}.example;proto=http`,
      'X-Forwarded-For: 127.0.0.1',
      'X-Real-IP: 127.0.0.1',
    ],
  ],
  [
    'X-Original-URL',
    (p, { id }) => [`X-Original-URL: /${id}${p}`, `X-Rewrite-URL: /${id}${p}`, `X-Original-URI: ${p}`],
  ],
  [
    'headers of frameworks',
    (p, { id }) => [
      `x-astro-path: /${id}${p}`,
      `x-astro-locals: {"organization":"${id}"}`,
      'x-middleware-subrequest: middleware',
      `x-middleware-rewrite: /${id}${p}`,
      `x-invoke-path: ${p}`,
    ],
  ],
  [
    'headers of Clerk',
    (_, { id }) => [
      'X-Clerk-Auth-Status: signed-in',
      'x-clerk-auth-token: x',
      `x-clerk-org-id: ${id}`,
      'x-clerk-auth-reason: x',
      'x-clerk-clerk-url: http://127.0.0.1:9/',
    ],
  ],
  [
    'organization in headers',
    (_, { id }) => [
      `X-Org-Id: ${id}`,
      `X-Tenant: ${id}`,
      `X-Organization: ${id}`,
      `X-Tenant-Id: ${id}`,
      `Organization: ${id}`,
    ],
  ],
  ['method override', () => ['X-HTTP-Method-Override: PUT', 'X-HTTP-Method: DELETE', 'X-Method-Override: POST']],
  ['foreign origin', (_, { id }) => [`Origin: https://${id}.example`]],
  ['range', () => ['Range: bytes=0-1000']],
  ['several ranges', () => ['Range: bytes=0-0,1-1,-1', 'If-Range: *']],
  ['Brotli', () => ['Accept-Encoding: br']],
  ['gzip', () => ['Accept-Encoding: gzip;q=1, br;q=0']],
  ['a script', () => ['Sec-Fetch-Dest: empty', 'Accept: application/json']],
  ['a frame', () => ['Sec-Fetch-Dest: iframe']],
  ['asked twice', (p) => [`X-Path: ${p}`, 'Accept: text/html', 'Accept: */*']],
  ['upgrade', () => ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA']],
  [
    'a cache’s debug headers',
    () => ['Pragma: akamai-x-get-true-cache-key', 'X-Cache-Key: x', 'Cache-Control: only-if-cached'],
  ],
];

const GET_TWICE = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';

/** By everything else about a request. */
const others: [name: string, shape: Mutation['shape'], legal?: 'legal'][] = [
  ['HEAD', (target) => ({ target, method: 'HEAD' })],
  ['POST', (target) => ({ target, method: 'POST', lines: ['Content-Length: 0'] })],
  ['PUT', (target) => ({ target, method: 'PUT', lines: ['Content-Length: 0'] })],
  ['DELETE', (target) => ({ target, method: 'DELETE' })],
  ['OPTIONS', (target) => ({ target, method: 'OPTIONS' })],
  ['OPTIONS for all', () => ({ target: '*', method: 'OPTIONS' })],
  ['TRACE', (target) => ({ target, method: 'TRACE' })],
  ['PROPFIND', (target) => ({ target, method: 'PROPFIND', lines: ['Depth: infinity'] })],
  ['CONNECT', (target) => ({ target, method: 'CONNECT', alone: true })],
  ['method in lower case', (target) => ({ target, method: 'get', alone: true })],
  ['ETag of the file', (target, place) => ({ target, lines: [`If-None-Match: "${place.hashOf(target)}"`] })],
  // Clerk sends a page that another site leads to through its handshake.
  [
    'foreign referrer',
    (target, { id }) => ({ target, lines: [`Referer: https://${id}.example${target}`, 'Sec-Fetch-Site: cross-site'] }),
  ],
  ['any ETag', (target) => ({ target, lines: ['If-None-Match: *'] })],
  ['any ETag, HEAD', (target) => ({ target, method: 'HEAD', lines: ['If-None-Match: *'] })],
  ['host of the organization', (target, { id }) => ({ target, host: `${id}.reports.example.com` }), 'legal'],
  ['host with a path', (target, { id }) => ({ target, host: `reports.example.com/${id}` }), 'legal'],
  ['no host', (target) => ({ target, host: '' }), 'legal'],
  ['no first slash', (target) => ({ target: target.slice(1) || 'x', alone: true })],
  ['backslash', (path) => ({ target: path.replaceAll('/', '\\'), alone: true })],
  ['raw NUL', (target) => ({ target: `${target}\0`, alone: true })],
  ['raw tab', (target) => ({ target: `${target}\t`, alone: true })],
  ['raw bytes', (target) => ({ target: `${target}\xff\xfe`, alone: true })],
  ['two hosts', (target, { id }) => ({ target, lines: [`Host: ${id}`], alone: true })],
  ['a folded header', (target, { id }) => ({ target, lines: ['X-A: 1', ` X-Org-Id: ${id}`], alone: true })],
  ['a header name with a space', (target) => ({ target, lines: ['X-Forwarded-Host : x'], alone: true })],
  [
    'a body with GET',
    (target) => ({ target, lines: [`Content-Length: ${GET_TWICE.length}`], body: GET_TWICE, alone: true }),
  ],
  [
    'two lengths',
    (target) => ({ target, lines: ['Content-Length: 0', 'Content-Length: 5'], body: 'GET /', alone: true }),
  ],
  [
    'length and chunks',
    (target) => ({
      target,
      lines: ['Content-Length: 4', 'Transfer-Encoding: chunked'],
      body: `0\r\n\r\n${GET_TWICE}`,
      alone: true,
    }),
  ],
  [
    'chunks spelt wrong',
    (target) => ({ target, lines: ['Transfer-Encoding: xchunked'], body: GET_TWICE, alone: true }),
  ],
  ['headers too large', (target) => ({ target, lines: [`X-Large: ${'x'.repeat(17_000)}`], alone: true })],
];

export const MUTATIONS: Mutation[] = [
  ...targets.map(([name, target, legal]) => ({
    name,
    shape: (path: string, place: Place) => ({ target: target(path, place) }),
    legal: legal === 'legal',
  })),
  ...headers.map(([name, lines]) => ({
    name,
    shape: (path: string, place: Place) => ({ target: path, lines: lines(path, place) }),
    legal: true,
  })),
  ...others.map(([name, shape, legal]) => ({ name, shape, legal: legal === 'legal' })),
];
