import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { addressOnce } from './s3-address.ts';
import { objectReader, type ReadObject } from './s3-get.ts';
import { openAgents } from './s3-http.ts';
import type { S3Place } from './s3-url.ts';
import type { ShareOptions } from './store.ts';

export interface S3Options {
  /** Requests and their bodies under way at once. */
  atOnce?: number;
  /** Tries of one request, the first included. */
  attempts?: number;
  /** Longest pause before the second try; it doubles with each, up to `LONGEST_PAUSE_MS`. */
  pauseMs?: number;
  /** A connection that takes longer to be made is given up. */
  connectMs?: number;
  /** A connection on which nothing moves for so long is given up. */
  idleMs?: number;
  /** A request that is not done after so long, its further tries and pauses included, is given up, even where bytes still trickle in. */
  longestMs?: number;
  /** Checksums on everything sent and read; absent: on AWS only, as others often do not know them. */
  checksums?: boolean;
  /** Absent: the SDK's default chain, from the environment over SSO to the machine's role. */
  credentials?: S3ClientConfig['credentials'];
}

/** A client of one place, which is used for all of its requests. */
export interface OpenWire {
  sdk: typeof import('@aws-sdk/client-s3');
  client: S3Client;
  read: ReadObject;
  /** See `Store.share`. @param key of the bucket */
  share: (key: string, how: ShareOptions) => Promise<string | undefined>;
}

/** Loads the SDK, and Node's HTTP with it: nobody who asks no bucket should wait for either. */
export async function openWire(place: S3Place, options: S3Options): Promise<OpenWire> {
  const { atOnce = 64, connectMs = 5_000, idleMs = 30_000, credentials, checksums = place.aws } = options;
  const sdk = await import('@aws-sdk/client-s3');
  const agents = openAgents(atOnce, connectMs, idleMs);
  const client = new sdk.S3Client({
    ...(place.region && { region: place.region }),
    ...(place.endpoint && { endpoint: place.endpoint }),
    ...(credentials && { credentials }),
    ...(!checksums && { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' }),
    forcePathStyle: place.pathStyle,
    followRegionRedirects: place.aws,
    maxAttempts: 1,
    requestHandler: {
      httpAgent: agents.http,
      httpsAgent: agents.https,
      connectionTimeout: connectMs,
      socketTimeout: idleMs,
    },
  });
  const address = addressOnce(sdk, client, place.bucket);
  return {
    sdk,
    client,
    read: objectReader(address, place, checksums, agents),
    share: async (key, how) => (await address())?.share(key, how),
  };
}
