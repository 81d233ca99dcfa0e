import type { Address } from './s3-address.ts';
import { type Agents, exchange, type HttpAnswer } from './s3-http.ts';
import type { S3Place } from './s3-url.ts';

/** What is asked of an object. */
export interface ObjectRequest {
  key: string;
  /** An ETag. */
  ifMatch?: string | undefined;
  range?: string | undefined; // e.g., "bytes=0-99"
}

export interface ObjectAnswer {
  body: Uint8Array;
  etag: string | undefined;
  /** "bytes 0-99/1234" where a range was asked for. */
  contentRange: string | undefined;
}

/**
 * Reads one object.
 * @returns undefined where the SDK has to ask: it knows how to follow a bucket to its region, and what odd answers mean
 * @throws what the SDK would throw
 */
export type ReadObject = (request: ObjectRequest, signal: AbortSignal) => Promise<ObjectAnswer | undefined>;

/**
 * Reads of objects without the SDK's layers, which take ten times as long as the request itself: a build reads three objects a
 * call. Address, region, credentials and signature are the SDK's own; checksums are compared where the server sends them.
 */
export function objectReader(
  addressOf: () => Promise<Address | undefined>,
  place: S3Place,
  checksums: boolean,
  agents: Agents,
): ReadObject {
  return async ({ key, ifMatch, range }, signal) => {
    const address = await addressOf();
    if (!address) return undefined;
    const { getOf, sign } = address;
    const request = getOf(key);
    const signed = await sign({
      ...request,
      headers: {
        ...request.headers,
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...(range && { range }),
        ...(checksums && { 'x-amz-checksum-mode': 'ENABLED' }),
      },
    });
    const answer = await exchange(signed, agents, signal);
    if (answer.status !== 200 && answer.status !== 206) return refused(answer, place);
    if (checksums) await compareChecksum(answer);
    const { etag, 'content-range': contentRange } = answer.headers;
    return { body: answer.body, etag, contentRange };
  };
}

const [CODE, MESSAGE, REGION] = [/<Code>([^<]*)<\/Code>/, /<Message>([^<]*)<\/Message>/, /<Region>([^<]*)<\/Region>/];

/** The error that the SDK makes of S3's own; undefined where it is none of them. */
function refused({ status, headers, body }: HttpAnswer, { aws }: S3Place): undefined {
  const text = new TextDecoder().decode(body);
  const told = (element: RegExp) => plain(element.exec(text)?.[1]);
  const code = told(CODE);
  const isElsewhere = status === 301 || code === 'IllegalLocationConstraintException';
  if (!code || (aws && isElsewhere)) return undefined;
  const error = new Error(told(MESSAGE) ?? code);
  const region = told(REGION);
  throw Object.assign(error, {
    name: code,
    ...(region && { Region: region }),
    $metadata: { httpStatusCode: status },
    $response: { headers },
  });
}

const ENTITIES: { [name: string]: string } = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const plain = (text: string | undefined): string | undefined =>
  text?.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] as string);

/** The first of these that an answer has counts, as with the SDK; those of several parts together ("…-3") say nothing of the whole. */
const CHECKSUMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

/** @throws what trying again may heal */
async function compareChecksum({ headers, body }: HttpAnswer): Promise<void> {
  for (const name of CHECKSUMS) {
    const expected = headers[`x-amz-checksum-${name}`];
    if (expected === undefined || expected.includes('-')) continue;
    const received = await checksumOf(name, body);
    if (received === expected) return;
    throw new Error(
      `Checksum mismatch: expected "${expected}" but received "${received}" in "x-amz-checksum-${name}".`,
    );
  }
}

async function checksumOf(name: (typeof CHECKSUMS)[number], body: Uint8Array): Promise<string> {
  if (name === 'sha1' || name === 'sha256')
    return (await import('node:crypto')).createHash(name).update(body).digest('base64');
  const { Crc32, Crc32c, Crc64Nvme } = await import('@aws-sdk/checksums/crc');
  const checksum = new { crc32: Crc32, crc32c: Crc32c, crc64nvme: Crc64Nvme }[name]();
  checksum.update(body);
  return Buffer.from(await checksum.digest()).toString('base64');
}
