import { createHash } from 'node:crypto';
import { encodeText } from '../../../lib/bytes.ts';
import type { PlainBody } from './body.ts';
import type { LoggedRequest } from './request.ts';

export interface Answer {
  status: number;
  headers?: { [name: string]: string };
  body?: Uint8Array;
}

export interface DoubleObject {
  body: Uint8Array;
  /** As S3 gives it for plain objects: the MD5 of the body in quotes, so that equal bytes have equal ETags. */
  etag: string;
  /** The checksum header that it came with, given back on request. */
  checksum?: [name: string, value: string];
  /** Headers of encryption that it came with. */
  encryption: { [name: string]: string };
}

/** The objects of the one bucket, with their keys in UTF-8 byte order. */
export class Bucket {
  readonly objects = new Map<string, DoubleObject>();
  #sorted: string[] | undefined;

  put(key: string, body: Uint8Array | string, more: Partial<DoubleObject> = {}): DoubleObject {
    const bytes = typeof body === 'string' ? encodeText(body) : body;
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const object = { body: bytes, etag, encryption: {}, ...more };
    if (!this.objects.has(key)) this.#sorted = undefined;
    this.objects.set(key, object);
    return object;
  }

  remove(key: string): void {
    if (this.objects.delete(key)) this.#sorted = undefined;
  }

  /** Sorted by comparing bytes, not by our `compareKeys`: a double must not share the mistakes of what it judges. */
  keys(): readonly string[] {
    this.#sorted ??= [...this.objects.keys()]
      .map((key) => Buffer.from(key))
      .sort(Buffer.compare)
      .map(String);
    return this.#sorted;
  }
}

/** GET, HEAD, PUT and DELETE of one object, by AWS' table of conditions. */
export function answerObject(bucket: Bucket, { method, key, headers, query }: LoggedRequest, sent: PlainBody): Answer {
  // Uploads in parts can be asked about, and none has ever been begun.
  if (query.has('uploadId'))
    return method === 'POST' ? errorAnswer(404, 'NoSuchUpload') : errorAnswer(501, 'NotImplemented');
  if (Buffer.byteLength(key) > 1024) return errorAnswer(400, 'KeyTooLongError');
  const present = bucket.objects.get(key);
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (headers['x-amz-copy-source']) return errorAnswer(501, 'NotImplemented');
  if (method === 'GET' || method === 'HEAD') {
    if (!present) return errorAnswer(404, 'NoSuchKey');
    if (ifMatch !== undefined && !matches(ifMatch, present)) return errorAnswer(412, 'PreconditionFailed');
    if (ifNoneMatch !== undefined && matches(ifNoneMatch, present))
      return { status: 304, headers: { etag: present.etag } };
    const asked = headers['x-amz-checksum-mode'] === 'ENABLED' && present.checksum;
    const about = { etag: present.etag, ...present.encryption, ...(asked && { [asked[0]]: asked[1] }) };
    if (headers.range !== undefined) return answerRange(present.body, headers.range, present);
    return { status: 200, headers: about, body: present.body };
  }
  if (method === 'DELETE') {
    if (ifMatch !== undefined && (!present || !matches(ifMatch, present)))
      return errorAnswer(412, 'PreconditionFailed');
    bucket.remove(key);
    return { status: 204 };
  }
  if (method !== 'PUT') return errorAnswer(501, 'NotImplemented', method);
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') return errorAnswer(501, 'NotImplemented', 'If-None-Match');
  if (ifNoneMatch === '*' && present) return errorAnswer(412, 'PreconditionFailed');
  if (ifMatch !== undefined && !present) return errorAnswer(404, 'NoSuchKey');
  if (ifMatch !== undefined && present && !matches(ifMatch, present)) return errorAnswer(412, 'PreconditionFailed');
  const encryption = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-amz-server-side-encryption')),
  ) as { [name: string]: string };
  const { etag } = bucket.put(key, sent.body, { encryption, ...(sent.checksum && { checksum: sent.checksum }) });
  return { status: 200, headers: { etag, ...encryption } };
}

/** One range with both ends, the last byte included; a checksum is only given with the whole. */
function answerRange(body: Uint8Array, range: string, { etag, encryption }: DoubleObject): Answer {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === undefined || Number(first) > Number(last)) return errorAnswer(501, 'NotImplemented', `range ${range}`);
  const [start, end] = [Number(first), Math.min(Number(last) + 1, body.byteLength)];
  if (start >= body.byteLength) return errorAnswer(416, 'InvalidRange');
  const contentRange = `bytes ${start}-${end - 1}/${body.byteLength}`;
  return {
    status: 206,
    headers: { etag, ...encryption, 'content-range': contentRange },
    body: body.subarray(start, end),
  };
}

const matches = (condition: string, { etag }: DoubleObject): boolean =>
  condition === '*' || condition === etag || `"${condition}"` === etag;

export function errorAnswer(status: number, code: string, message = code): Answer {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: encodeText(xml) };
}
