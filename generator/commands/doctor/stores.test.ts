import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileStore } from '../../store/file.ts';
import { s3Store } from '../../store/s3.ts';
import { type S3Double, s3Double } from '../../store/testing/s3-double.ts';
import { contextWith, linesOf } from '../../testing/doctor.ts';
import type { Context } from './context.ts';
import { checkStores } from './stores.ts';

const KEY = 'acme/enriched/secret-call.json';
const storeAt = (double: S3Double) =>
  s3Store(double.url(), { credentials: { accessKeyId: 'key', secretAccessKey: 'secret' }, attempts: 2, pauseMs: 1 });

/** What is said of one store, without its address. */
async function said(double: S3Double, name: keyof Context['stores'], settings = {}) {
  const findings = await checkStores(contextWith({ stores: { [name]: storeAt(double) }, settings }));
  return linesOf(findings).map((line) => line.replaceAll('s3://bucket', 'URL'));
}

it('tells of input that it can be listed and read, and of credentials that may write there', async () => {
  await using double = await s3Double();
  double.bucket.put(KEY, '{}');
  double.faults.push({ when: ({ method }) => method === 'POST', status: 403, code: 'AccessDenied' });
  expect(await said(double, 'results')).toEqual([
    'results: list: ok: URL can be listed.',
    'results: read: ok: URL can be read.',
    'results: not written: ok: These credentials may not write to URL, as it should be.',
  ]);
  expect((await said(double, 'results')).at(-1)).toMatch(/^results: not written: warning: These credentials may write/);
  expect([...double.bucket.objects.keys()]).toEqual([KEY]);
  expect(double.log.filter(({ method }) => method === 'PUT')).toEqual([]);
});

it.each([
  [501, 'NotImplemented'],
  [500, 'InternalError'],
  [400, 'InvalidArgument'],
])('does not guess from %i whether input may be written', async (status, code) => {
  await using double = await s3Double();
  double.bucket.put(KEY, '{}');
  double.faults.push({ when: ({ method }) => method === 'POST', status, code });
  expect((await said(double, 'config')).at(-1)).toMatch(/^config: not written: not checked/);
});

it('tells a key that may not be used from a right that is missing, and names no call', async () => {
  await using double = await s3Double();
  double.bucket.put(KEY, '{}');
  const isRead = ({ method }: { method: string }) => method === 'GET';
  const isOfObject = (request: { method: string; key: string }) => isRead(request) && request.key !== '';
  double.faults.push({ when: isOfObject, status: 403, code: 'AccessDenied', times: 2 });
  const denied = await said(double, 'results');
  expect(denied[1]).toMatch(/^results: read: wrong: URL can be listed but not read\. .*Grant s3:GetObject/);
  expect(denied[1]).toContain('kms:Decrypt on that key');
  double.faults.length = 0;
  double.faults.push({
    when: isOfObject,
    status: 403,
    code: 'AccessDenied',
    message: 'User is not authorized to perform: kms:Decrypt on resource',
    times: 2,
  });
  const kms = await said(double, 'results');
  expect(kms[1]).toMatch(/^results: read: wrong: URL can be listed but not read\. .*its KMS key cannot be used/);
  expect([...denied, ...kms].join()).not.toContain('secret-call');
});

it('says of a store that cannot be listed why, and asks nothing more of it', async () => {
  await using double = await s3Double();
  double.faults.push({ status: 403, code: 'AccessDenied', times: 9 });
  const lines = await said(double, 'results');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^results: list: wrong: Cannot list .*Grant s3:ListBucket/);
  double.faults.length = 0;
  double.faults.push({ status: 403, code: 'SignatureDoesNotMatch', times: 9 });
  expect(await said(double, 'reports')).toEqual([
    expect.stringMatching(/^reports: list: wrong: .*the secret access key is not the one/),
  ]);
  double.faults.length = 0;
  double.faults.push({ when: ({ key }) => key === '', status: 403, code: 'AccessDenied', times: 9 });
  expect((await said(double, 'reports'))[1]).toMatch(/^reports: write: ok/);
});

it('takes an empty store of results for a wrong address, and an empty one of reports for a new one', async () => {
  await using double = await s3Double();
  expect(await said(double, 'results')).toEqual([
    'results: list: ok: URL can be listed. It is empty so far, or not there.',
    'results: read: wrong: There is no object in URL to read. It should hold what the pipeline wrote. Check its address.',
    'results: not written: warning: These credentials may write to URL, which this product only reads. Take s3:PutObject and s3:DeleteObject on it away.',
  ]);
  expect(await said(double, 'reports')).toEqual([
    'reports: list: ok: URL can be listed. It is empty so far, or not there.',
    'reports: read: not checked: There is no object in URL to read.',
    'reports: write: ok: URL can be written, overwritten and removed from.',
    'reports: conditional writes: ok: Of several writers at once one wins.',
  ]);
  expect(double.bucket.objects.size).toBe(0);
});

it('tells a store that may not be written from one that keeps no conditions', async () => {
  await using double = await s3Double();
  double.bucket.put('status.json', '{}');
  const isPut = ({ method }: { method: string }) => method === 'PUT';
  double.faults.push({ when: isPut, status: 403, code: 'AccessDenied', times: 99 });
  expect((await said(double, 'reports')).at(-1)).toMatch(/^reports: write: wrong: .*Grant s3:PutObject/);
  double.faults.length = 0;
  const isConditional = (request: { method: string; headers: object }) =>
    isPut(request) && ('if-none-match' in request.headers || 'if-match' in request.headers);
  double.faults.push({ when: isConditional, status: 501, code: 'NotImplemented', times: 99 });
  expect((await said(double, 'reports')).at(-1)).toMatch(
    /^reports: conditional writes: warning: URL does not keep If-None-Match and If-Match/,
  );
  expect((await said(double, 'reports', { mailUrl: 'file:x' })).at(-1)).toMatch(/writes: wrong: /);
  expect([...double.bucket.objects.keys()]).toEqual(['status.json']);
});

it('ends where a server does not answer', async () => {
  await using double = await s3Double();
  double.faults.push({ delayMs: 60_000, times: 9 });
  const store = s3Store(double.url(), {
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    attempts: 1,
    idleMs: 20,
  });
  const [line] = linesOf(await checkStores(contextWith({ stores: { config: store } })));
  expect(line).toMatch(/^config: list: wrong: .*no answer came in time/);
});

it('leaves a queue alone, and folders without a word about rights', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cci-doctor-'));
  try {
    const store = fileStore(`file:${folder}`);
    await store.put('acme/report-config.json', '{}');
    const settings = { events: 'https://sqs.eu-central-1.amazonaws.com/123456789012/changes' };
    const lines = linesOf(await checkStores(contextWith({ stores: { config: store }, settings })));
    expect(lines.map((line) => line.split(': ').slice(0, -1).join(': '))).toEqual([
      'config: list: ok',
      'config: read: ok',
      'events: not checked',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
