import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Unavailable, UserError } from '../lib/errors.ts';
import { collect } from './ranges.ts';
import { s3Store } from './s3.ts';
import type { Store } from './store.ts';
import { type S3Double, s3Double } from './testing/s3-double.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
const options = { credentials, attempts: 1 };
let double: S3Double;
beforeAll(async () => {
  double = await s3Double();
});
afterAll(() => double[Symbol.asyncDispose]());
beforeEach(() => {
  double.faults.length = 0;
});
afterEach(() => vi.unstubAllEnvs());
const open = (url = double.url('site')) => s3Store(url, options);

const works: [string, (store: Store) => Promise<unknown>][] = [
  ['list s3://bucket/site/acme/', (store) => collect(store.list('acme/'))],
  ['list s3://bucket/site/', (store) => store.folders('')],
  ['read s3://bucket/site/acme/a.json', (store) => store.get('acme/a.json')],
  ['write s3://bucket/site/acme/a.json', (store) => store.put('acme/a.json', 'x')],
  ['remove s3://bucket/site/acme/a.json', (store) => store.remove('acme/a.json')],
];

async function sentence(work: Promise<unknown>, type: typeof UserError = UserError): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(error instanceof Unavailable).toBe(type === Unavailable);
  const { problems } = error as UserError;
  expect(problems).toHaveLength(1);
  return problems[0] as string;
}

describe('what an S3 store refuses', () => {
  const refusals: [number, string, typeof UserError, RegExp][] = [
    [
      403,
      'SignatureDoesNotMatch',
      UserError,
      /the secret access key is not the one .* \(SignatureDoesNotMatch\)\. Check AWS_/,
    ],
    [403, 'InvalidAccessKeyId', UserError, /the access key id is not known there \(InvalidAccessKeyId\)\. Check AWS_/],
    [
      403,
      'RequestTimeTooSkewed',
      UserError,
      /the clock of this machine is wrong: here it is 2.*, there 2.* Set the clock/,
    ],
    [400, 'ExpiredToken', UserError, /the session of the AWS credentials is over .* Sign in again/],
    [
      404,
      'NoSuchBucket',
      UserError,
      /there is no bucket s3:\/\/bucket at http:\/\/127.* Correct its name or create it\./,
    ],
    [301, 'PermanentRedirect', UserError, /the region of the bucket is missing or wrong .* Set AWS_REGION/],
    [400, 'AuthorizationHeaderMalformed', UserError, /the region of the bucket is missing or wrong .* Set AWS_REGION/],
    [507, 'XMinioStorageFull', Unavailable, /the store is full \(XMinioStorageFull\)\. Free some space/],
    [403, 'QuotaExceeded', Unavailable, /the store is full \(QuotaExceeded\)\. Free some space/],
    [
      400,
      'RequestTimeout',
      Unavailable,
      /no answer came in time, each time it was tried \(RequestTimeout\)\. Check the network/,
    ],
    [
      503,
      'SlowDown',
      Unavailable,
      /overloaded or failing, each time it was tried \(SlowDown\)\. Run the command again later/,
    ],
    [
      500,
      'SomethingNew',
      Unavailable,
      /overloaded or failing, each time it was tried \(SomethingNew\)\. Run the command again/,
    ],
    [501, 'NotImplemented', UserError, /the server does not know this request.* \(NotImplemented\)\. Use a server/],
    [403, 'InvalidObjectState', UserError, /the object is archived .* Restore it/],
    [400, 'SomethingElse', UserError, /the server refused it \(SomethingElse.* Check its URL/],
  ];
  it.each(refusals)('is told in a sentence: %i %s', async (status, code, type, told) => {
    for (const [what, work] of works) {
      double.faults.push({ status, code });
      const text = await sentence(work(open()), type);
      expect(text).toMatch(new RegExp(`^Cannot ${what}: `));
      expect(text).toMatch(told);
      expect(double.faults).toEqual([]);
    }
  });

  it.each([
    ['list', 's3:ListBucket'],
    ['read', 's3:GetObject'],
    ['write', 's3:PutObject'],
    ['remove', 's3:DeleteObject'],
  ])('names the right that is missing to %s', async (verb, right) => {
    for (const [what, work] of works.filter(([each]) => each.startsWith(verb))) {
      double.faults.push({ status: 403, code: 'AccessDenied' });
      const told = `Cannot ${what}: these credentials may not ${verb} there (AccessDenied). Grant ${right} for s3://bucket/site/`;
      expect(await sentence(work(open()))).toContain(told);
    }
  });

  it('is told as it was where no sentence is known, with what was being done', async () => {
    double.faults.push({ status: 400, code: 'x\n::error::y' });
    const told = await sentence(open().get('acme/a.json'));
    expect(told).not.toMatch(/\n|::/);
    expect(told).toContain('Cannot read s3://bucket/site/acme/a.json: the server refused it');
  });
});

describe('a way to an S3 store that does not work', () => {
  const at = (endpoint: string) => `s3://bucket/site?endpoint=${encodeURIComponent(endpoint)}`;
  let server: Server;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><p>Console');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });
  afterAll(() => new Promise((closed) => server.close(closed)));
  const port = () => (server.address() as AddressInfo).port;

  it('is told where nothing listens', async () => {
    const closed = createServer();
    await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready));
    const free = (closed.address() as AddressInfo).port;
    await new Promise((done) => closed.close(done));
    for (const [what, work] of works)
      expect(await sentence(work(open(at(`http://127.0.0.1:${free}`))))).toBe(
        `Cannot ${what}: nothing listens at 127.0.0.1:${free} (ECONNREFUSED). Start the server, or correct endpoint= in its URL, or AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL.`,
      );
  });

  it('is told where its name does not exist', async () => {
    // No DNS server is asked about a name that no host can have.
    const told = await sentence(open(at(`http://${'x'.repeat(64)}.invalid`)).get('acme/a.json'));
    expect(told).toMatch(/: the name x{64}\.invalid is not known to the DNS \(E[A-Z_]+\)\. Check the network/);
  });

  it('is told where the server speaks no TLS', async () => {
    const told = await sentence(open(at(`https://127.0.0.1:${port()}`)).get('acme/a.json'));
    expect(told).toMatch(/: no secure connection could be made: .* \(E[A-Z_]+\)\. Check endpoint=/);
  });

  it('is told where another server answers', async () => {
    for (const [, work] of works.slice(0, 4)) {
      const told = await sentence(work(open(at(`http://127.0.0.1:${port()}`))));
      expect(told).toMatch(/: what answers there does not speak S3 \(.+\)\. Check endpoint=/);
    }
  });

  it('is told where credentials are missing, or the region', async () => {
    for (const name of [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_PROFILE',
      'AWS_REGION',
      'AWS_DEFAULT_REGION',
    ])
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nowhere');
    expect(await sentence(s3Store(double.url(), { attempts: 1 }).get('a'))).toMatch(
      /^Cannot read s3:\/\/bucket\/a: there are no valid AWS credentials: .+ \(CredentialsProviderError\)\. Sign in, or set /,
    );
    expect(await sentence(s3Store('s3://bucket', options).folders(''))).toMatch(
      /^Cannot list s3:\/\/bucket\/: the region of the bucket is missing or wrong .* Set AWS_REGION, or add \?region=/,
    );
  });
});
