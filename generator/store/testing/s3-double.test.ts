import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Double, s3Double } from './s3-double.ts';

// The SDK as it comes, with the checksums and framings that it uses on AWS: the double must read them all.
let double: S3Double;
let client: S3Client;
beforeAll(async () => {
  double = await s3Double();
  const endpoint = new URL(double.url()).searchParams.get('endpoint') ?? '';
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await double[Symbol.asyncDispose]();
});
const put = (Key: string, more: object) => client.send(new PutObjectCommand({ Bucket: 'bucket', Key, ...more }));

describe('the double', () => {
  it('takes the framing off a streamed body, and verifies its trailing checksum', async () => {
    const body = Buffer.alloc(200_000, 'abc');
    await put('stream', {
      Body: Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]),
      ContentLength: 200_000,
    });
    expect(double.log.at(-1)?.headers['x-amz-content-sha256']).toMatch(/^STREAMING-/);
    expect(double.log.at(-1)?.headers['x-amz-trailer']).toBe('x-amz-checksum-crc32');
    expect(Buffer.compare(double.bucket.objects.get('stream')?.body ?? Buffer.alloc(0), body)).toBe(0);
    expect(double.bucket.objects.get('stream')?.checksum?.[0]).toBe('x-amz-checksum-crc32');
  });

  it.each(['ChecksumCRC32', 'ChecksumSHA1', 'ChecksumSHA256'])('refuses a wrong %s', async (name) => {
    await expect(put('wrong', { Body: 'text', [name]: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(put('wrong', { Body: 'text', ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toThrow();
    expect(double.bucket.objects.has('wrong')).toBe(false);
  });

  it('gives the checksum back, and the SDK finds out about another body', async () => {
    await put('sum', { Body: 'text' });
    const get = async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'sum' }));
      return Body?.transformToString();
    };
    expect(await get()).toBe('text');
    const stored = double.bucket.objects.get('sum');
    if (stored) stored.body = Buffer.from('tex!');
    await expect(get()).rejects.toThrow('Checksum mismatch');
  });

  it('answers by AWS’ table of conditions', async () => {
    const { ETag } = await put('a', { Body: 'one' });
    expect(ETag).toBe('"f97c5d29941bfb1b2fdab0874906ab82"');
    const status = (work: Promise<unknown>) =>
      work.then(
        () => 200,
        (error) => error.$metadata.httpStatusCode,
      );
    const get = (more: object) => status(client.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'a', ...more })));
    expect(await get({ IfMatch: ETag })).toBe(200);
    expect(await get({ IfMatch: '"x"' })).toBe(412);
    expect(await get({ IfNoneMatch: ETag })).toBe(304);
    expect(await get({ Key: 'none' })).toBe(404);
    expect(await get({ Range: 'bytes=-5' })).toBe(501);
    expect(await get({ VersionId: '1' })).toBe(501);
    expect(await status(client.send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'none' })))).toBe(404);
    expect(await status(put('a', { Body: 'x', IfNoneMatch: '*' }))).toBe(412);
    expect(await status(put('a', { Body: 'x', IfMatch: '"x"' }))).toBe(412);
    expect(await status(put('none', { Body: 'x', IfMatch: '"x"' }))).toBe(404);
    expect(await status(put('a', { Body: 'two', IfMatch: ETag }))).toBe(200);
  });
});
