import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../lib/errors.ts';
import { openStore } from './open.ts';
import { probeConditionalWrites } from './probe.ts';
import { collect, listInRanges } from './ranges.ts';
import { s3Store } from './s3.ts';
import type { S3Options } from './s3-wire.ts';
import { PreconditionFailed } from './store.ts';
import { faultyNetwork } from './testing/faulty-network.ts';
import type { Fault } from './testing/s3-double/faults.ts';
import { type S3Double, s3Double } from './testing/s3-double.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
let double: S3Double;
beforeEach(async () => {
  double = await s3Double();
});
afterEach(() => double[Symbol.asyncDispose]());
const open = (options: S3Options = {}) => s3Store(double.url('site'), { credentials, pauseMs: 1, ...options });
const keysOf = async (prefix = '') => (await collect(open().list(prefix))).map(({ key }) => key);

describe('where a server or the network fails for a moment', () => {
  const faults: { [name: string]: Omit<Fault, 'when'> } = {
    '503': { status: 503, times: 3 },
    '500': { status: 500, code: 'InternalError', times: 2 },
    'a connection reset': { kind: 'reset', times: 2 },
    'an answer lost': { kind: 'lost' },
    'a body cut': { kind: 'cut', times: 2 },
    silence: { kind: 'stall' },
  };

  it.each(Object.entries(faults))('heals %s', async (_name, fault) => {
    const store = open({ idleMs: 300 });
    for (const key of ['a/1', 'b/1']) await store.put(key, key.repeat(1000));
    for (const method of ['GET', 'PUT', 'DELETE']) {
      // What has no body cannot lose half of it.
      if ((fault.kind === 'cut' || fault.kind === 'stall') && method !== 'GET') continue;
      double.faults.push({ ...fault, when: (request) => request.method === method });
      const before = double.log.length;
      if (method === 'GET') expect((await store.get('a/1'))?.body.byteLength).toBe(3000);
      if (method === 'PUT') await store.put('a/2', 'new');
      if (method === 'DELETE') await store.remove('a/2');
      expect(double.log.length - before).toBe((fault.times ?? 1) + 1);
      double.faults.push({ ...fault, when: ({ key }) => key === '' });
      expect((await collect(store.list('a/'))).map(({ key }) => key)).toEqual(
        method === 'PUT' ? ['a/1', 'a/2'] : ['a/1'],
      );
      double.faults.push({ ...fault, when: ({ key }) => key === '' });
      expect(await store.folders('')).toEqual(['a', 'b']);
    }
    expect(double.faults).toEqual([]);
  });

  it('gives up after its last attempt, saying what it was doing', async () => {
    double.faults.push({ status: 503, times: 100 });
    await expect(open({ attempts: 3 }).get('org/a')).rejects.toThrow(
      'Cannot read s3://bucket/site/org/a: the store is overloaded or failing, each time it was tried (SlowDown)',
    );
    expect(double.log).toHaveLength(3);
  });

  it('gives up a request that trickles for ever, and says so', async () => {
    await open().put('org/a', 'x'.repeat(100_000));
    await using network = await faultyNetwork(double.url('site'), { bytesPerSecond: 1000 });
    const slow = s3Store(network.through(double.url('site')), { credentials, longestMs: 300 });
    await expect(slow.get('org/a')).rejects.toThrow('Cannot read s3://bucket/site/org/a: not done in 1 minute');
    await expect(slow.put('org/b', 'x'.repeat(100_000))).rejects.toThrow(
      'Cannot write s3://bucket/site/org/b: not done in 1 minute',
    );
    expect(double.bucket.objects.has('site/org/b')).toBe(false);
  });

  it('does not ask again what was refused', async () => {
    double.faults.push({ status: 403, code: 'AccessDenied', times: 100 });
    await expect(open().get('org/a')).rejects.toThrow(
      'Cannot read s3://bucket/site/org/a: these credentials may not read there (AccessDenied)',
    );
    expect(double.log).toHaveLength(1);
  });

  it('heals bytes that changed on the way where checksums are on', async () => {
    const store = open({ checksums: true });
    await store.put('a', 'text');
    const read = ({ method }: { method: string }) => method === 'GET';
    const body =
      (text: string) =>
      ({ objects }: S3Double['bucket']) => {
        const object = objects.get('site/a');
        if (object) object.body = Buffer.from(text);
      };
    double.faults.push({ when: read, change: body('tex!') }, { when: read, change: body('text') });
    expect(new TextDecoder().decode((await store.get('a'))?.body)).toBe('text');
    expect(double.log.map(({ method }) => method)).toEqual(['PUT', 'GET', 'GET']);
  });

  it('asks no checksums of a server other than AWS', async () => {
    const store = open();
    await store.put('a', 'text');
    await store.get('a');
    for (const { headers } of double.log)
      expect(Object.keys(headers).filter((name) => /checksum|trailer/.test(name))).toEqual([]);
  });
});

describe('conditional writes', () => {
  it('may be refused by themselves where the first answer was lost', async () => {
    const store = open();
    double.faults.push({ kind: 'lost' });
    await expect(store.put('a', 'mine', { ifNoneMatch: '*' })).rejects.toThrow(PreconditionFailed);
    expect(double.log.map(({ status }) => status)).toEqual([undefined, 412]);
    expect(new TextDecoder().decode((await store.get('a'))?.body)).toBe('mine');
  });

  it('are tried again at a conflict', async () => {
    const conflict = { status: 409, code: 'ConditionalRequestConflict' };
    const store = open({ attempts: 4 });
    double.faults.push({ ...conflict, times: 2 });
    const etag = await store.put('a', 'one', { ifNoneMatch: '*' });
    expect(double.log).toHaveLength(3);
    // Conflicts to the end: the object says whether somebody else won.
    const when = (request: { method: string }) => request.method === 'PUT';
    double.faults.push({ ...conflict, times: 4, when });
    await expect(store.put('a', 'two', { ifNoneMatch: '*' })).rejects.toThrow(PreconditionFailed);
    double.faults.push({ ...conflict, times: 4, when });
    await expect(store.put('a', 'two', { ifMatch: '"other"' })).rejects.toThrow(PreconditionFailed);
    double.faults.push({ ...conflict, times: 4, when });
    await expect(store.put('a', 'two', { ifMatch: etag })).rejects.toThrow('ConditionalRequestConflict');
  });

  it('are probed, and leave nothing behind', async () => {
    expect(await probeConditionalWrites(open())).toEqual({ createOnly: true, compareAndSwap: true });
    expect([...double.bucket.objects]).toEqual([]);
  });

  const strip = (header: 'if-match' | 'if-none-match'): Fault => ({
    times: Number.POSITIVE_INFINITY,
    when: ({ headers }) => {
      delete headers[header];
      return false;
    },
  });
  it.each([
    ['ignores If-None-Match', strip('if-none-match'), { createOnly: false, compareAndSwap: true }],
    ['ignores If-Match', strip('if-match'), { createOnly: true, compareAndSwap: false }],
    [
      'does not know If-Match',
      { status: 501, code: 'NotImplemented', times: 100, when: ({ headers }) => 'if-match' in headers } as Fault,
      { createOnly: true, compareAndSwap: false },
    ],
    [
      'refuses even the right ETag',
      { status: 412, code: 'PreconditionFailed', times: 100, when: ({ headers }) => 'if-match' in headers } as Fault,
      { createOnly: true, compareAndSwap: false },
    ],
  ])('are found not to work on a server that %s', async (_name, fault, outcome) => {
    double.faults.push(fault);
    expect(await probeConditionalWrites(open(), 'mail/')).toEqual(outcome);
    expect([...double.bucket.objects]).toEqual([]);
  });

  it('are not judged where the probe itself is refused or fails', async () => {
    double.faults.push({ status: 403, code: 'AccessDenied' });
    await expect(probeConditionalWrites(open())).rejects.toThrow('AccessDenied');
  });
});

describe('listings', () => {
  it('take 2,001 objects in three requests, in order', async () => {
    const keys = Array.from({ length: 2001 }, (_, i) => `site/org/${String(i).padStart(5, '0')}`);
    for (const key of keys) double.bucket.put(key, 'x');
    double.bucket.put('site/org0', 'x');
    double.bucket.put('sitf', 'x');
    expect(await keysOf('org/')).toEqual(keys.map((key) => key.slice('site/'.length)));
    expect(double.log).toHaveLength(3);
    double.log.length = 0;
    expect(await open().folders('')).toEqual(['org']);
    expect(double.log).toHaveLength(1);
  });

  it('are whole where ranges are read at once', async () => {
    const keys = Array.from({ length: 3000 }, (_, i) => `org/${i.toString(36)}-é-💣`).sort();
    for (const key of keys) double.bucket.put(`site/${key}`, 'x');
    const cuts = keys.filter((_, i) => i % 250 === 249);
    expect((await collect(listInRanges(open(), 'org/', cuts))).map(({ key }) => key)).toEqual(keys);
    expect(double.log).toHaveLength(cuts.length + 1);
    double.faults.push({ status: 403, code: 'AccessDenied', when: ({ query }) => query.get('start-after') !== null });
    await expect(collect(listInRanges(open(), 'org/', cuts))).rejects.toThrow('AccessDenied');
  });

  it('keep what stays while others change objects between two pages', async () => {
    await using small = await s3Double({ pageSize: 2 });
    const store = s3Store(small.url(), { credentials });
    for (const key of ['a', 'b', 'c', 'd', 'e']) small.bucket.put(key, 'x');
    small.faults.push({
      when: ({ query }) => query.has('continuation-token'),
      change: (bucket) => {
        for (const key of ['b', 'c']) bucket.remove(key);
        for (const key of ['aa', 'cc']) bucket.put(key, 'x');
      },
    });
    expect((await collect(store.list(''))).map(({ key }) => key)).toEqual(['a', 'b', 'cc', 'd', 'e']);
  });

  it('ask for no page after the last key of a range', async () => {
    await using small = await s3Double({ pageSize: 2 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) small.bucket.put(key, 'x');
    const store = s3Store(small.url(), { credentials });
    expect((await collect(listInRanges(store, '', ['b', 'd']))).map(({ key }) => key).join('')).toBe('abcde');
    expect(small.log).toHaveLength(3);
  });

  it('leave out what consoles leave behind, and folders without a name', async () => {
    for (const key of ['site/', 'site/org/', 'site/org/a', 'site/org//b', 'site//c']) double.bucket.put(key, 'x');
    expect(await open().folders('')).toEqual(['org']);
    expect(await keysOf()).toEqual(['/c', 'org//b', 'org/a']);
  });

  it('name objects of others whose keys XML cannot hold', async () => {
    const keys = ['a\u0001', 'b\r\n', 'c\ufffe', 'd&lt;+%2B'];
    for (const key of keys) double.bucket.put(`site/${key}`, 'x');
    expect(await keysOf()).toEqual(keys);
    expect(double.log[0]?.query.get('encoding-type')).toBe('url');
  });

  it('refuse a bucket that does not list in order', async () => {
    double.bucket.keys = () => ['site/b', 'site/a'];
    for (const key of ['site/b', 'site/a']) double.bucket.put(key, 'x');
    await expect(keysOf()).rejects.toThrow('does not list in UTF-8 order: ["b","a"]');
  });
});

describe('an S3 URL', () => {
  it('sends the encryption that it asks for', async () => {
    const url = `${double.url()}&sse=aws:kms&kmsKeyId=arn:aws:kms:eu-central-1:1:key/2&region=eu-central-1&pathStyle=1`;
    await s3Store(url, { credentials }).put('a', 'x');
    expect(double.bucket.objects.get('a')?.encryption).toEqual({
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-central-1:1:key/2',
    });
    expect(double.log[0]?.headers.authorization).toContain('/eu-central-1/s3/');
  });

  it.each([
    ['s3:bucket', 'write it as s3://bucket or s3://bucket/prefix'],
    ['s3://Bucket', 'write it as s3://bucket or s3://bucket/prefix'],
    ['s3://key:secret@bucket', 'write it as s3://bucket or s3://bucket/prefix'],
    ['s3://bucket/a/../b', 'its prefix cannot be used as a folder'],
    ['s3://bucket//', 'its prefix cannot be used as a folder'],
    ['s3://bucket?accessKeyId=x', 'accessKeyId is not one of its options'],
    ['s3://bucket?endpoint=ftp://x', 'endpoint cannot be "ftp://x"'],
    ['s3://bucket?sse=none', 'sse cannot be "none"'],
    ['s3://bucket?kmsKeyId=x', 'kmsKeyId needs sse=aws:kms'],
  ])('is refused as %s', (url, why) => {
    expect(() => openStore(url)).toThrow(UserError);
    expect(() => openStore(url)).toThrow(why);
  });

  it('names a bucket that there is not', async () => {
    const store = s3Store(double.url().replace('s3://bucket', 's3://backet'), { credentials });
    const works = [store.get('a'), store.put('a', 'x', { ifMatch: '"x"' }), store.remove('a'), store.folders('')];
    for (const outcome of await Promise.allSettled(works)) {
      const why =
        /^Cannot \w+ s3:\/\/backet\/a?: there is no bucket s3:\/\/backet at .* Correct its name or create it\.$/;
      expect(outcome).toMatchObject({ status: 'rejected', reason: { problems: [expect.stringMatching(why)] } });
    }
  });
});

it('has no more than its number of requests under way', async () => {
  let most = 0;
  let busy = 0;
  const when = () => {
    most = Math.max(most, ++busy);
    setTimeout(() => busy--, 5);
    return true;
  };
  double.faults.push({ times: 100, delayMs: 10, when });
  const store = open({ atOnce: 4 });
  await Promise.all(Array.from({ length: 40 }, (_, i) => store.put(`a/${i}`, 'x')));
  expect(most).toBeLessThanOrEqual(4);
  expect(most).toBeGreaterThan(1);
});

it('does not take waiting for a free connection for a server that is not there', async () => {
  double.faults.push({ times: 5, delayMs: 250 });
  const store = open({ atOnce: 1, connectMs: 1000, attempts: 1 });
  await Promise.all(Array.from({ length: 5 }, (_, i) => store.put(`a/${i}`, 'x')));
  expect(double.log).toHaveLength(5);
});
