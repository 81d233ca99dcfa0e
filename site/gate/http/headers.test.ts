import { expect, test } from 'vitest';
import type { GateSettings } from '../settings.ts';
import {
  asDownload,
  clerkPageCsp,
  FILE_CSP,
  FORGET_ALL,
  headersFor,
  NOTICE_CSP,
  NOTICE_SCRIPT_CSP,
  SESSION_HEADERS,
  withSessionFrame,
} from './headers.ts';

const settings = (origin: string) => ({ origin, frontend: 'https://clerk.example.com' }) as GateSettings;

/** Directive → its sources. */
const parts = (csp: string) =>
  Object.fromEntries(
    csp.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name, sources.join(' ')];
    }),
  );
const CLOSED = { 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'self'", 'frame-ancestors': "'none'" };

test('every response begins closed: nothing loads, nobody frames it, nothing is stored', () => {
  const { 'content-security-policy': csp = '', ...headers } = headersFor(settings('http://localhost:4321'));
  expect(parts(csp)).toEqual(CLOSED);
  expect(headers).toEqual({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
    vary: 'Cookie, Accept-Encoding',
  });
});

test('a browser that was here by https comes by https only, for two years', () => {
  const header = 'strict-transport-security';
  expect(headersFor(settings('https://reports.example.com'))[header]).toBe('max-age=63072000; includeSubDomains');
  expect(header in headersFor(settings('http://reports.example.com/https:'))).toBe(false);
});

test('each kind of response opens what it needs and no more', () => {
  expect(parts(FILE_CSP)).toEqual({ ...CLOSED, sandbox: '' });
  const notice = { ...CLOSED, 'style-src': "'self'", 'font-src': "'self'", 'img-src': "'self' data:" };
  expect(parts(NOTICE_CSP)).toEqual(notice);
  const trusted = { 'require-trusted-types-for': "'script'", 'trusted-types': "'none'" };
  expect(parts(NOTICE_SCRIPT_CSP)).toEqual({ ...notice, 'script-src': "'self'", ...trusted });
  const { 'content-security-policy': session, ...framed } = SESSION_HEADERS;
  expect(parts(session)).toEqual({ ...CLOSED, 'frame-ancestors': "'self'" });
  expect(framed).toEqual({ 'x-frame-options': 'SAMEORIGIN' });
  expect(FORGET_ALL).toEqual({ 'clear-site-data': '"cache", "storage"' });
});

test('a page may frame this site and Clerk, whatever its own policy said of frames', () => {
  const framed = (csp: string) => parts(withSessionFrame(csp, settings('https://reports.example.com')));
  const frame = { 'frame-src': "'self' https://clerk.example.com" };
  const rest = { 'default-src': "'none'", 'frame-ancestors': "'none'" };
  expect(framed("default-src 'none'; frame-ancestors 'none'")).toEqual({ ...rest, ...frame });
  for (const own of ["frame-src 'none'", "FRAME-SRC 'none'", "child-src 'none'", '  frame-src', ' '])
    expect([own, framed(`default-src 'none';${own}; frame-ancestors 'none';`)]).toEqual([own, { ...rest, ...frame }]);
  expect(withSessionFrame("default-src 'none'; frame-src x", settings(''))).not.toContain('frame-src x');
  expect(framed("x-frame-src 'self'")).toEqual({ 'x-frame-src': "'self'", ...frame });
});

test('pages of Clerk’s components load Clerk, its checks against robots, and nothing else', () => {
  const hashes = ["'sha256-abc='", "'sha256-def='"];
  expect(parts(clerkPageCsp(settings('https://reports.example.com'), hashes))).toEqual({
    ...CLOSED,
    'script-src': `'self' https://clerk.example.com https://challenges.cloudflare.com https://*.protect.clerk.com ${hashes.join(' ')}`,
    'connect-src': "'self' https://clerk.example.com https://*.protect.clerk.com:*",
    'img-src': "'self' data: https://img.clerk.com",
    'style-src': "'self' 'unsafe-inline'",
    'font-src': "'self'",
    'worker-src': "'self' blob:",
    'frame-src': "'self' https://challenges.cloudflare.com https://*.protect.clerk.com",
    'object-src': "'none'",
  });
});

test.each([
  ['/data/calls.json', 'application/json; charset=utf-8', 'calls.json'],
  ['/data/x.jsonl', 'application/x-ndjson', 'x.jsonl'],
  ['/data/a b"é.csv', 'text/csv', 'a_b__.csv'],
  ['/x-1_2.json', 'application/json', 'x-1_2.json'],
  ['/calls/', 'text/html; charset=utf-8', undefined],
  ['/a.png', 'image/png', undefined],
  ['/a.json', 'application/jsonp', undefined],
  ['/a.json', 'x application/json', undefined],
])('%s of type %s is saved as %s', (path, type, name) => {
  expect(asDownload(path, type)).toEqual(
    name === undefined ? {} : { 'content-disposition': `attachment; filename="${name}"` },
  );
});
