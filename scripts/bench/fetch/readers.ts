import { Agent, get } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { mapConcurrent } from '../../../generator/lib/map-concurrent.ts';
import { fetchCall } from '../../../generator/source/fetch.ts';
import { keyOf } from '../../../generator/source/layout.ts';
import { readCall } from '../../../generator/source/read.ts';
import { s3Store } from '../../../generator/store/s3.ts';
import { ETAG, OBJECT_BYTES } from './objects.ts';

/** Requests under way at once, in each reader: what a build has. */
export const AT_ONCE = 64;
const PARTS = ['calls', 'qa', 'enriched'] as const;
const ORG = 'org_1';
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };

/** One way to read the three objects of each call. @returns the objects it got */
export interface Reader {
  name: string;
  read(ids: readonly string[]): Promise<number>;
}

/** As a build reads: the store, If-Match from the listing, the parts of a call one after the other, each one parsed. */
export function ourReader(port: number): Reader {
  const store = s3Store(`s3://bucket?endpoint=${encodeURIComponent(`http://127.0.0.1:${port}`)}&region=eu-central-1`, {
    credentials,
    atOnce: AT_ONCE,
  });
  const listed = { etag: ETAG, size: OBJECT_BYTES };
  return {
    name: 'a build’s reading, with parsing',
    async read(ids) {
      const objects = await mapConcurrent(ids, async (id) => {
        const { call, etags } = await fetchCall(store, ORG, id, { calls: listed, qa: listed, enriched: listed });
        return Object.keys(etags).length - readCall(call).refused.length;
      });
      return sum(objects);
    },
  };
}

/** The SDK with as many connections and, as our store has them off AWS, without checksums; nothing is done with the bytes. */
export function sdkReader(port: number): Reader {
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { httpAgent: { keepAlive: true, maxSockets: AT_ONCE } },
  });
  return {
    name: 'a loop over the SDK',
    async read(ids) {
      const bytes = await pMap(
        keysOf(ids),
        async (Key) => {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: 'bucket', Key, IfMatch: ETAG }));
          return (await Body?.transformToByteArray())?.byteLength ?? 0;
        },
        { concurrency: AT_ONCE },
      );
      return whole(bytes);
    },
  };
}

/** Plain HTTP without a signature: what Node itself can do here. */
export function httpReader(port: number): Reader {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const fetched = (key: string): Promise<number> =>
    new Promise((done, fail) => {
      get({ agent, host: '127.0.0.1', port, path: `/bucket/${key}`, headers: { 'if-match': ETAG } }, (response) => {
        buffer(response).then(({ byteLength }) => done(byteLength), fail);
      }).on('error', fail);
    });
  return {
    name: 'node:http, nothing signed',
    read: async (ids) => whole(await pMap(keysOf(ids), fetched, { concurrency: AT_ONCE })),
  };
}

const keysOf = (ids: readonly string[]): string[] =>
  ids.flatMap((id) => PARTS.map((part) => `${ORG}/${keyOf(part, id)}`));
const whole = (bytes: readonly number[]): number => bytes.filter((each) => each === OBJECT_BYTES).length;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
