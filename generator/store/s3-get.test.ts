import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { s3Store } from './s3.ts';
import { addressOnce } from './s3-address.ts';
import { objectReader } from './s3-get.ts';
import { openAgents } from './s3-http.ts';
import { readS3Url } from './s3-url.ts';
import type { S3Options } from './s3-wire.ts';
import { type S3Double, s3Double } from './testing/s3-double.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
let double: S3Double;
beforeEach(async () => {
  double = await s3Double();
});
afterEach(() => double[Symbol.asyncDispose]());
const open = (options: S3Options = {}) => s3Store(double.url(), { credentials, pauseMs: 1, ...options });
const text = (body: Uint8Array | undefined) => new TextDecoder().decode(body);

describe('a checksum', () => {
  // Of "text": by Node's own, and by the definition of each polynomial bit by bit.
  it.each([
    ['crc32', 'O4unxw=='],
    ['crc32c', 'L1MZ4Q=='],
    ['crc64nvme', 'rCixvM1b9Xc='],
    ['sha1', 'Ny6gjKsz5xwCxlHbyDpHTTLGduo='],
    ['sha256', 'mC2ePrmW9VnmM/TRlN7zdh2Qn1o7ZH0ahR/q1nwyydE='],
  ])('that comes with an object is compared: %s', async (name, value) => {
    const store = open({ checksums: true, attempts: 2 });
    const put = (body: string, sent: string) =>
      double.bucket.put('a', body, { checksum: [`x-amz-checksum-${name}`, sent] });
    put('text', value);
    expect(text((await store.get('a'))?.body)).toBe('text');
    put('tex!', value);
    await expect(store.get('a')).rejects.toThrow('Checksum mismatch');
    // Of an object that came in several parts: it says nothing of the whole.
    put('tex!', `${value}-3`);
    expect(text((await store.get('a'))?.body)).toBe('tex!');
  });
});

describe('a read without the SDK’s layers', () => {
  const keys = ['a', "b!'()*", 'c d+e&f=g', 'ü/💣/ç', '%2F', 'j//k', '~l?m#n'];

  it('signs and names every key as the SDK does', async () => {
    const { endpoint, ...place } = readS3Url(double.url());
    const client = new sdk.S3Client({ region: 'eu-central-1', endpoint, credentials, forcePathStyle: true });
    const read = objectReader(addressOnce(sdk, client, 'bucket'), place, false, openAgents(4, 1000, 1000));
    const seen = () => double.log.map(({ key, headers }) => [key, headers.host, signatureOf(headers.authorization)]);
    for (const key of keys) double.bucket.put(key, key);
    for (const key of keys) expect(text((await read({ key }, new AbortController().signal))?.body)).toBe(key);
    const own = seen();
    double.log.length = 0;
    for (const Key of keys) await client.send(new sdk.GetObjectCommand({ Bucket: 'bucket', Key }));
    expect(own.map(([key, host]) => [key, host])).toEqual(seen().map(([key, host]) => [key, host]));
    expect(own.map(([, , scope]) => scope)).toEqual(seen().map(([, , scope]) => scope));
    client.destroy();
  });

  it('leaves to the SDK what only that can follow: AWS’ buckets in other regions', async () => {
    const { endpoint, ...place } = readS3Url(double.url());
    const client = new sdk.S3Client({ region: 'eu-central-1', endpoint, credentials, forcePathStyle: true });
    const read = (aws: boolean) =>
      objectReader(
        addressOnce(sdk, client, 'bucket'),
        { ...place, aws },
        false,
        openAgents(4, 1000, 1000),
      )({ key: 'a' }, new AbortController().signal);
    double.faults.push({ status: 301, code: 'PermanentRedirect', times: 2 });
    expect(await read(true)).toBeUndefined();
    await expect(read(false)).rejects.toThrow('PermanentRedirect');
    client.destroy();
  });
});

/** Whose key, when, where: "AWS4-HMAC-SHA256 Credential=key/20260101/eu-central-1/s3/aws4_request". */
const signatureOf = (authorization = ''): string => authorization.split(',')[0] ?? '';
