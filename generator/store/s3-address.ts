import type { S3Client } from '@aws-sdk/client-s3';
import type { ShareOptions } from './store.ts';

type Sdk = typeof import('@aws-sdk/client-s3');

type Signer = Awaited<ReturnType<S3Client['config']['signer']>>;
type Presigning = [
  request: Parameters<Signer['sign']>[0],
  how: NonNullable<Parameters<Signer['sign']>[1]> & { expiresIn: number },
];

/** A bucket's address, and how requests to it are signed: as the SDK has both. */
export type Address = NonNullable<Awaited<ReturnType<typeof openAddress>>>;

/** The address of a bucket, resolved when it is first asked for. @returns undefined where requests are signed in another way than with these */
export function addressOnce(sdk: Sdk, client: S3Client, bucket: string): () => Promise<Address | undefined> {
  let opened: ReturnType<typeof openAddress> | undefined;
  return () => {
    opened ??= openAddress(sdk, client, bucket).catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

async function openAddress({ GetObjectCommand }: Sdk, client: S3Client, bucket: string) {
  const { getEndpointFromInstructions } = await import('@smithy/core/endpoints');
  const input = { Bucket: bucket, Key: '' };
  const { url, properties } = await getEndpointFromInstructions(input, GetObjectCommand, { ...client.config });
  const [scheme] = properties?.authSchemes ?? [];
  if (scheme?.name !== 'sigv4') return undefined;
  const signer = await client.config.signer(scheme);
  // The SDK's signer can do both, and its type tells of one.
  const presigner = signer as typeof signer & { presign(...signing: Presigning): ReturnType<typeof signer.sign> };
  const { signingRegion, signingName: signingService } = scheme;
  const how = () => ({
    signingDate: new Date(Date.now() + client.config.systemClockOffset),
    ...(signingRegion && { signingRegion }),
    ...(signingService && { signingService }),
  });
  const getOf = (key: string) => ({
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    method: 'GET',
    path: `${url.pathname.replace(/\/$/, '')}/${key.split('/').map(encoded).join('/')}`,
    query: {},
    headers: { host: url.host },
  });
  return {
    /** A request of an object, not signed. @param key of the bucket */
    getOf,
    sign: (request: Parameters<typeof signer.sign>[0]) => signer.sign(request, how()),
    /** Its address, signed, for whoever has it. @param key of the bucket */
    async share(key: string, { seconds, type, disposition }: ShareOptions): Promise<string> {
      const query = {
        'response-content-type': type,
        'response-content-disposition': disposition,
        'response-cache-control': 'private, no-store',
      };
      const headers = { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
      const signed = await presigner.presign({ ...getOf(key), query, headers }, { ...how(), expiresIn: seconds });
      const pairs = Object.entries(signed.query ?? {}).map(
        ([name, value]) => `${encoded(name)}=${encoded(String(value))}`,
      );
      return `${url.protocol}//${url.host}${signed.path}?${pairs.join('&')}`;
    },
  };
}

/** Of one part of a key, as S3 takes it into a signature. */
const encoded = (part: string): string =>
  encodeURIComponent(part).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
