import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { s3Store } from './s3.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG',
  sessionToken: 'a token+/=',
};
const how = { seconds: 300, type: 'audio/mpeg', disposition: `inline; filename="a (1)'*!.mp3"` };
const keys = ['org_1/audio/a.mp3', "b!'()*", 'c d+e&f=g', 'ü/💣/ç', '%2F', '~l?m#n'];

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** As AWS describes it in “Authenticating Requests: Using Query Parameters”, from the address alone. */
function signatureOf(url: URL, secret: string): string {
  const pairs = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !pair.startsWith('X-Amz-Signature='));
  const [, date = '', region = '', service = ''] = (url.searchParams.get('X-Amz-Credential') ?? '').split('/');
  const canonical = ['GET', url.pathname, pairs.sort().join('&'), `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'];
  const hash = createHash('sha256').update(canonical.join('\n')).digest('hex');
  const scope = [date, region, service, 'aws4_request'].join('/');
  const text = ['AWS4-HMAC-SHA256', url.searchParams.get('X-Amz-Date'), scope, hash].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, date));
  return hmac(key, text).toString('hex');
}

it('an object is shared at an address that is signed as AWS has it, for so long, whatever its key is', async () => {
  const store = s3Store('s3://bucket/prefix?region=eu-central-1', { credentials });
  for (const key of keys) {
    const url = new URL(String(await store.share?.(key, how)));
    expect(url.origin).toBe('https://bucket.s3.eu-central-1.amazonaws.com');
    expect(decodeURIComponent(url.pathname)).toBe(`/prefix/${key}`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      'X-Amz-Expires': '300',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Security-Token': credentials.sessionToken,
      'response-content-type': how.type,
      'response-content-disposition': how.disposition,
      'response-cache-control': 'private, no-store',
    });
    expect(url.searchParams.get('X-Amz-Signature')).toBe(signatureOf(url, credentials.secretAccessKey));
  }
});

it('a server of one’s own is named as its address is given, with the bucket in the path', async () => {
  const store = s3Store('s3://bucket?endpoint=http://127.0.0.1:9000', { credentials });
  const url = new URL(String(await store.share?.('a b.wav', how)));
  expect(url.origin + url.pathname).toBe('http://127.0.0.1:9000/bucket/a%20b.wav');
  expect(url.searchParams.get('X-Amz-Signature')).toBe(signatureOf(url, credentials.secretAccessKey));
});

it('a key that no store can hold is not signed', async () => {
  const store = s3Store('s3://bucket?region=eu-central-1', { credentials });
  await expect(store.share?.('org_1/../org_2/audio/a.mp3', how)).rejects.toThrow('unusable key');
});
