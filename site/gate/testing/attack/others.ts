import type { Mutation } from './shape.ts';
import type { Place } from './world.ts';

/** By headers, which the gate must not believe. All of them are legal: an owner behind such a proxy sees the same as ever. */
export const HEADERS: [name: string, lines: (path: string, place: Place) => string[]][] = [
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
  ['an expectation', () => ['Expect: x']],
  ['upgrade', () => ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA']],
  [
    'a cache’s debug headers',
    () => ['Pragma: akamai-x-get-true-cache-key', 'X-Cache-Key: x', 'Cache-Control: only-if-cached'],
  ],
];

const GET_TWICE = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';

/** By everything else about a request. */
export const OTHERS: [name: string, shape: Mutation['shape'], legal?: 'legal'][] = [
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
