import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { plainBody } from './s3-double/body.ts';
import { breakOff, type Fault, nextFault } from './s3-double/faults.ts';
import { answerList } from './s3-double/list.ts';
import { type Answer, answerObject, Bucket, errorAnswer } from './s3-double/objects.ts';
import type { LoggedRequest } from './s3-double/request.ts';

export interface S3Double extends AsyncDisposable {
  /** "s3://bucket/prefix?endpoint=..." */
  url(prefix?: string): string;
  bucket: Bucket;
  log: LoggedRequest[];
  /** Worked off from the front: each fault meets the requests that it matches, as often as it says. */
  faults: Fault[];
}

/** Parts of S3 that we neither use nor answer: a request with one is refused loudly and not half understood. */
const QUERIES =
  /^(x-id|list-type|prefix|delimiter|start-after|continuation-token|max-keys|encoding-type|fetch-owner|uploadId)$/;

/**
 * Our reading of S3, for tests: one bucket in this process, path style, on loopback. Conditions are compared and
 * swapped in one step, checksums verified, aws-chunked bodies taken apart; signatures are only looked for.
 */
export async function s3Double({ name = 'bucket', pageSize = 1000 } = {}): Promise<S3Double> {
  const bucket = new Bucket();
  const log: LoggedRequest[] = [];
  const faults: Fault[] = [];

  async function answer(request: IncomingMessage, logged: LoggedRequest, path: string): Promise<Answer> {
    // Read to its end before anything is compared: from here on nothing waits.
    const raw = await buffer(request);
    if (!request.headers.authorization) return errorAnswer(403, 'AccessDenied');
    if (path !== name && !path.startsWith(`${name}/`)) return errorAnswer(404, 'NoSuchBucket');
    const odd = [...logged.query.keys()].find((key) => !QUERIES.test(key));
    if (odd) return errorAnswer(501, 'NotImplemented', `query ${odd}`);
    if (logged.key !== '') {
      const body = plainBody(raw, request.headers);
      return 'code' in body ? errorAnswer(400, body.code) : answerObject(bucket, logged, body);
    }
    if (logged.method === 'GET' && logged.query.get('list-type') === '2')
      return answerList(bucket, logged.query, name, pageSize);
    return errorAnswer(501, 'NotImplemented', `${logged.method} of the bucket`);
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://double');
    const path = decodeURIComponent(url.pathname.slice(1));
    const key = path.slice(name.length + 1);
    const logged: LoggedRequest = {
      method: request.method ?? '',
      key,
      query: url.searchParams,
      headers: request.headers,
    };
    log.push(logged);
    const fault = nextFault(faults, logged);
    if (fault?.change) fault.change(bucket);
    if (fault?.delayMs) await new Promise((wake) => setTimeout(wake, fault.delayMs));
    if (fault?.kind === 'reset') return void request.socket.resetAndDestroy();
    const refusal = fault?.status !== undefined && errorAnswer(fault.status, fault.code ?? 'SlowDown', fault.message);
    if (refusal) await buffer(request);
    const { status, headers = {}, body = new Uint8Array() } = refusal || (await answer(request, logged, path));
    fault?.done?.();
    if (fault?.kind) return breakOff(fault.kind, response, { status, headers, body });
    logged.status = status;
    const length = status === 204 || status === 304 ? {} : { 'content-length': body.byteLength };
    response.writeHead(status, { 'x-amz-request-id': 'double', ...length, ...headers });
    response.end(logged.method === 'HEAD' ? undefined : body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const endpoint = encodeURIComponent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    url: (prefix = '') => `s3://${name}${prefix && `/${prefix}`}?endpoint=${endpoint}`,
    bucket,
    log,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
