import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printError } from '../../generator/lib/console.ts';
import { say } from '../../generator/lib/printable.ts';
import { readSettings } from '../../generator/settings.ts';
import { startGate } from './front/front.ts';
import { prepare, toOutput } from './serve.ts';
import { MAX_BODY } from './unsubscribe.ts';

/** What AWS calls a Lambda function with, behind a function URL or an HTTP API: payload format 2.0, as far as it is read. */
export interface LambdaEvent {
  rawPath: string;
  rawQueryString?: string;
  headers: { [name: string]: string | undefined };
  /** Cookies come apart from the headers. */
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
  requestContext: { http: { method: string; sourceIp: string } };
}

export interface LambdaResult {
  statusCode: number;
  headers: { [name: string]: string };
  cookies: string[];
  body: string;
  isBase64Encoded: true;
}

/** A response of Lambda may be so large; what is larger is refused by AWS with a page of its own. */
const LARGEST = 4_400_000;
/** What CloudFront adds to each request, as our template has it: the proof that it is CloudFront, and the address that it saw. */
const EDGE_KEY = 'x-cci-edge-key';
const VIEWER = 'x-cci-viewer';
const OF_THE_FILE = ['content-length', 'content-encoding', 'content-disposition', 'etag'];

/**
 * The gate for AWS Lambda. The very server of `serve` listens on a socket inside the function, so that nothing is checked in a
 * second way. The address that AWS saw is the one proxy's; with `CCI_EDGE_KEY` the one that CloudFront saw, and who comes past
 * CloudFront is answered with 403.
 * @throws {UserError} with every reason not to start, at once
 */
export async function openLambda(
  env: NodeJS.ProcessEnv,
): Promise<{ handler(event: LambdaEvent): Promise<LambdaResult>; close(): Promise<void> }> {
  const clerk = ['publishableKey', 'secretKey', 'jwtKey', 'jwtKeyPrevious', 'issuer'] as const;
  const names = [
    'reports',
    'input',
    'recordings',
    'siteUrl',
    'audit',
    'edgeKey',
    'unsubscribeKey',
    'unsubscribeKeyPrevious',
    ...clerk,
  ] as const;
  const settings = readSettings([], env, names);
  const { audit, ...options } = await prepare(settings);
  const socket = join(tmpdir(), `cci-gate-${process.pid}-${Date.now()}.sock`);
  const gate = await startGate({ ...options, audit, socket, log: toOutput });
  return {
    async handler(event) {
      const response = await forward(socket, event, settings.edgeKey);
      // Between two events the process is frozen: a trail that waited for its minute could be lost.
      await audit?.flush();
      return response;
    },
    async close() {
      await gate.close();
      await audit?.close();
    },
  };
}

async function forward(socketPath: string, event: LambdaEvent, edgeKey: string | undefined): Promise<LambdaResult> {
  const { rawPath, rawQueryString, cookies, requestContext } = event;
  const headers = Object.fromEntries(
    Object.entries(event.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  );
  const { [EDGE_KEY]: proof = '', [VIEWER]: viewer = '' } = headers;
  delete headers[EDGE_KEY];
  delete headers[VIEWER];
  if (edgeKey !== undefined && !isSame(proof, edgeKey)) return PAST_THE_EDGE;
  // What came under this name is only a claim; AWS knows better.
  headers['x-forwarded-for'] = edgeKey !== undefined && isIP(viewer) !== 0 ? viewer : requestContext.http.sourceIp;
  if (cookies) headers.cookie = cookies.join('; ');
  // The gate reads no longer body, and ends the connection upon one: what is more would only be in its way.
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').subarray(0, MAX_BODY + 1);
  headers['content-length'] = String(body.byteLength);
  // AWS may have decoded the path; what no target can hold is encoded again, so that the gate gets to judge it.
  const target = rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath;
  const path = target.toWellFormed().replaceAll(/[^!-~]+/g, encodeURIComponent);
  const response = await new Promise<IncomingMessage>((done, failed) => {
    request({ socketPath, path, method: requestContext.http.method, headers, agent: false }, done)
      .on('error', failed)
      .end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return resultOf(response, Buffer.concat(chunks));
}

/** Nobody needs to know more: the site has an address of its own. */
const PAST_THE_EDGE: LambdaResult = {
  statusCode: 403,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  cookies: [],
  body: Buffer.from('forbidden\n').toString('base64'),
  isBase64Encoded: true,
};

/** In a time that tells nothing of either. */
const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(...([given, expected].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer]));

function resultOf({ statusCode = 502, headers }: IncomingMessage, body: Buffer): LambdaResult {
  const { 'set-cookie': cookies = [], connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...rest } = headers;
  const plain = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  const tooLarge = body.byteLength > LARGEST;
  // The security headers stay; what spoke of the file goes.
  for (const name of tooLarge ? OF_THE_FILE : []) delete plain[name];
  if (tooLarge) printError(say`gate: a response of ${body.byteLength} bytes is more than Lambda can return`);
  const sent = tooLarge ? Buffer.from('too large\n') : body;
  return {
    statusCode: tooLarge ? 507 : statusCode,
    headers: tooLarge ? { ...plain, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } : plain,
    cookies,
    body: sent.toString('base64'),
    isBase64Encoded: true,
  };
}
