import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { messageOf } from '../../../generator/lib/errors.ts';
import { openStore } from '../../../generator/store/open.ts';
import { s3Store } from '../../../generator/store/s3.ts';
import { installRadosgw, type Radosgw, startRadosgw } from '../../../generator/store/testing/radosgw.ts';
import { must } from '../lib/check.ts';
import { hashOf, runOn, type Side, STORES } from './side.ts';
import { NOW } from './story.ts';

/** A server with the demo's input, from which each side builds into a folder of its own. */
export interface RadosgwStores extends AsyncDisposable {
  /** A first build and what looks at it. radosgw has no `If-Match`, so no second one. @returns SHA-256 of each object that was written */
  buildOn(side: Side): Promise<Map<string, string>>;
}

/** Debian's radosgw, which knows nothing of us, with an input that lies in folders. @returns why not, where it cannot be had */
export async function openRadosgw(input: string): Promise<RadosgwStores | string> {
  const server = await installRadosgw()
    .then(startRadosgw)
    .catch((error: unknown) => messageOf(error));
  if (typeof server === 'string') return server;
  try {
    await fill(server, input);
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return { buildOn: (side) => buildOn(side, server), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const urlOf = ({ endpoint }: Radosgw, prefix: string): string =>
  `s3://bucket/${prefix}?endpoint=${encodeURIComponent(endpoint)}`;

async function fill(server: Radosgw, input: string): Promise<void> {
  const { endpoint, credentials } = server;
  const client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  client.destroy();
  for (const name of STORES) {
    const [from, to] = [openStore(`file:${join(input, name)}`), s3Store(urlOf(server, name), { credentials })];
    for await (const { key } of from.list('')) {
      const object = await from.get(key);
      if (object) await to.put(key, object.body);
    }
  }
}

async function buildOn(side: Side, server: Radosgw): Promise<Map<string, string>> {
  const { credentials } = server;
  const reports = urlOf(server, side.name);
  const env = {
    ...Object.fromEntries(STORES.map((name) => [`CCI_${name.toUpperCase()}_URL`, urlOf(server, name)])),
    CCI_REPORTS_URL: reports,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: 'us-east-1',
  };
  for (const args of [['build', '--now', NOW], ['status', '--now', NOW], ['builds'], ['verify', '--deep']]) {
    const { status, said } = await runOn(side, args, env);
    must(status === 0, `${side.name}, on radosgw: ${args.join(' ')} ended with ${status}\n${said}`);
  }
  const store = s3Store(reports, { credentials });
  const hashes = new Map<string, string>();
  for await (const { key } of store.list('')) {
    const object = await store.get(key);
    if (object) hashes.set(key, hashOf(key, object.body));
  }
  return hashes;
}
