import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, expect, it } from 'vitest';
import { messageOf } from '../../lib/errors.ts';
import { probeConditionalWrites } from '../probe.ts';
import { s3Store } from '../s3.ts';
import { conformance } from './conformance.ts';
import { installRadosgw, type Radosgw, startRadosgw } from './radosgw.ts';

// A server that knows nothing of us: signatures, paging, order and odd keys are judged by others' reading of S3. It is
// known to refuse If-Match with the right ETag, and to let several creators win: conditional writes are left out.
const server = await installRadosgw()
  .then(startRadosgw)
  .catch((error: unknown) => messageOf(error));

if (typeof server === 'string') {
  console.warn(`\n*** NOT TESTED on radosgw, the independent S3 server: ${server} ***\n`);
  it.skip(`radosgw: ${server}`, () => {});
} else {
  await makeBucket(server);
  afterAll(() => server[Symbol.asyncDispose]());
  const { endpoint, credentials } = server;
  let stores = 0;
  const open = () => s3Store(`s3://bucket/tests/${++stores}?endpoint=${endpoint}`, { credentials });
  conformance('s3: (radosgw)', open, { judgesWrites: false });
  it('takes the address at which an object is shared, and says of it what was asked for', async () => {
    const store = open();
    for (const key of ['audio/a.mp3', "ü (1)+&='*!.wav"]) {
      await store.put(key, 'sound');
      const url = await store.share?.(key, { seconds: 60, type: 'audio/mpeg', disposition: 'inline' });
      const answer = await fetch(String(url), { headers: { range: 'bytes=1-2' } });
      expect([key, answer.status, await answer.text()]).toEqual([key, 206, 'ou']);
      expect(answer.headers.get('content-type')).toBe('audio/mpeg');
      expect((await fetch(String(url).replace('audio%2Fmpeg', 'text%2Fhtml'))).status).toBe(403);
    }
  });
  it('is found out by the probe', async () => {
    expect((await probeConditionalWrites(open())).compareAndSwap).toBe(false);
  });
}

async function makeBucket({ endpoint, credentials }: Radosgw): Promise<void> {
  const client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  client.destroy();
}
