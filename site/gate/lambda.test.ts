import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tokenOf } from '../../generator/digest/recipients/preferences.ts';
import { UserError } from '../../generator/lib/errors.ts';
import { openStore } from '../../generator/store/open.ts';
import { forge, makeKeys, publishableKeyOf, sessionClaims } from '../../scripts/demo/identity/forge.ts';
import { type LambdaEvent, type LambdaResult, openLambda } from './lambda.ts';
import { publishSite } from './testing/gate.ts';

const SITE = 'https://reports.example.com';
const UNSUBSCRIBE_KEY = 'a key as long as it has to be, 1';
const keys = makeKeys();
const session = forge(
  sessionClaims({
    issuer: 'https://clerk.example.com',
    origin: SITE,
    user: 'user_1',
    org: { id: 'org_1', name: 'One' },
  }),
  { keys },
);
let folder: string;
let lambda: Awaited<ReturnType<typeof openLambda>>;
const lines = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);

const env = () => ({
  CCI_REPORTS_URL: `file:${folder}`,
  CCI_SITE_URL: SITE,
  CCI_AUDIT: 'calls',
  PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKeyOf('clerk.example.com'),
  CLERK_SECRET_KEY: `sk_live_${'x1y2z3'.repeat(7)}`,
  CCI_CLERK_JWT_KEY: keys.pem,
  CCI_UNSUBSCRIBE_KEY: UNSUBSCRIBE_KEY,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cci-lambda-'));
  const store = openStore(`file:${folder}`);
  const large = randomBytes(2_300_000).toString('hex');
  await publishSite(store, 'org_1', { '/': 'hello', '/calls/c-1/': 'a call', '/404.html': 'none', '/l.json': large });
  await publishSite(store, 'org_2', { '/': 'MARK-OF-OTHERS' });
  lambda = await openLambda(env());
});
afterAll(async () => {
  await lambda.close();
  await rm(folder, { recursive: true });
  lines.mockRestore();
});

const ask = (rawPath: string, more: Partial<LambdaEvent> = {}): Promise<LambdaResult> =>
  lambda.handler({
    rawPath,
    rawQueryString: '',
    headers: { accept: 'text/html', 'accept-encoding': 'br', Host: 'x.lambda-url.eu-central-1.on.aws' },
    requestContext: { http: { method: 'GET', sourceIp: '203.0.113.7' } },
    ...more,
  });
const cookies = [`__session=${session}`, '__client_uat=1'];
const textOf = ({ body, headers }: LambdaResult) => {
  const bytes = Buffer.from(body, 'base64');
  return (headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes).toString();
};

test('it lets a member in, and nobody else, with all headers', async () => {
  const page = await ask('/', { cookies });
  expect([page.statusCode, textOf(page)]).toEqual([200, 'hello']);
  expect(page.headers['strict-transport-security']).toContain('max-age');
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  const stranger = await ask('/', { rawQueryString: 'from=2026-03-01' });
  expect([stranger.statusCode, stranger.headers.location]).toEqual([
    303,
    '/sign-in?redirect_url=%2F%3Ffrom%3D2026-03-01',
  ]);
  const etag = page.headers.etag;
  const same = await ask('/', { cookies, headers: { 'if-none-match': etag } });
  expect([same.statusCode, same.body]).toEqual([304, '']);
});

test('it judges the path as it came', async () => {
  for (const path of ['/../org_2/', '/%2e%2e/org_2/', '//org_2/', '/org_2/pointer.json']) {
    const response = await ask(path, { cookies });
    expect([path, response.statusCode, textOf(response).includes('MARK')]).toEqual([path, 404, false]);
  }
  const method = await ask('/', { cookies, requestContext: { http: { method: 'POST', sourceIp: '203.0.113.7' } } });
  expect(method.statusCode).toBe(405);
});

test('it answers a path that AWS has decoded', async () => {
  for (const path of ['/agents/Zoë/', '/a b/', '/a\nb/', '/\ud800/']) {
    const { statusCode, headers } = await ask(path, { cookies });
    expect([path, statusCode, headers['x-content-type-options']]).toEqual([path, 404, 'nosniff']);
  }
});

test('it says that an answer is larger than AWS lets through, with all headers and nothing of the file', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const response = await ask('/l.json', { cookies, headers: { 'accept-encoding': 'identity' } });
  expect([response.statusCode, textOf(response)]).toEqual([507, 'too large\n']);
  expect(log).toHaveBeenCalledWith(expect.stringContaining('more than Lambda can return'));
  log.mockRestore();
  const { headers } = response;
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'DENY', vary: expect.anything() });
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['strict-transport-security']).toContain('max-age');
  for (const name of ['etag', 'content-length', 'content-disposition']) expect(headers).not.toHaveProperty(name);
});

test('it passes on the POST that ends a digest, and a body that is too long as such', async () => {
  const token = tokenOf({ organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' }, UNSUBSCRIBE_KEY);
  const kept = () => openStore(`file:${folder}`).get(`mail/preferences/org_1/${'a'.repeat(32)}-daily.json`);
  const post = (body: string, isBase64Encoded = false) =>
    ask(`/u/${token}`, {
      body,
      isBase64Encoded,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      requestContext: { http: { method: 'POST', sourceIp: '203.0.113.9' } },
    });
  expect(textOf(await ask(`/u/${token}`))).toContain('method="post"');
  expect((await post('x'.repeat(5_000_000))).statusCode).toBe(413);
  expect(await kept()).toBeUndefined();
  const done = await post(Buffer.from('List-Unsubscribe=One-Click').toString('base64'), true);
  expect([done.statusCode, textOf(done).includes('The digest is stopped')]).toEqual([200, true]);
  expect(await kept()).toBeDefined();
});

test('it counts by the address that AWS saw, whatever is claimed', async () => {
  const statuses = new Set<number>();
  for (let i = 0; i < 70; i++)
    statuses.add((await ask('/u/x', { headers: { 'x-forwarded-for': `203.0.113.${i}` } })).statusCode);
  expect(statuses).toContain(429);
});

test('behind CloudFront it answers nobody who comes past it, and counts by the address that CloudFront saw', async () => {
  const edgeKey = 'a proof as long as it has to be, 1';
  const edge = await openLambda({ ...env(), CCI_EDGE_KEY: edgeKey });
  const through = (viewer: string, more = {}) =>
    edge.handler({
      rawPath: '/u/x',
      headers: { 'x-cci-edge-key': edgeKey, 'x-cci-viewer': viewer, ...more },
      requestContext: { http: { method: 'GET', sourceIp: '198.51.100.1' } },
    });
  for (const wrong of [undefined, '', 'x', `${edgeKey} `]) {
    const { statusCode, body } = await through('203.0.113.1', { 'x-cci-edge-key': wrong });
    expect([statusCode, Buffer.from(body, 'base64').toString()]).toEqual([403, 'forbidden\n']);
  }
  const statusesOf = async (viewers: string[]) => {
    const statuses = new Set<number>();
    for (const viewer of viewers) statuses.add((await through(viewer)).statusCode);
    return statuses;
  };
  const many = Array.from({ length: 40 }, (_, at) => `203.0.113.${at}`);
  expect(await statusesOf(many)).not.toContain(429);
  expect(await statusesOf(many.map(() => '203.0.113.77'))).toContain(429);
  // What is no address is no claim either: then it is the one that Lambda saw.
  expect(await statusesOf(many.map((_, at) => `not an address ${at}`))).toContain(429);
  await edge.close();
});

test('it has written who was shown a call before it answers', async () => {
  await ask('/calls/c-1/', { cookies });
  const written: string[] = [];
  for await (const { key } of openStore(`file:${folder}`).list('audit/')) written.push(key);
  expect(written).toHaveLength(1);
});

test('it does not start without its settings', async () => {
  await expect(openLambda({})).rejects.toThrow(UserError);
});
