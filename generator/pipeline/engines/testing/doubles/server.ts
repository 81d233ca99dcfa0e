import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listening, nextFault } from '../../../../testing/double-server.ts';
import type { JsonObject } from '../../../ports.ts';

/** What goes wrong with a request; those of a list are met in turn. */
export interface Fault {
  /** Of the action, such as "StartTranscriptionJob"; absent: any. */
  of?: string;
  /** Absent: once. */
  times?: number;
  status?: number;
  code?: string;
  message?: string;
  headers?: Record<string, string>;
  /**
   * "reset" before the request is looked at; "lost": the work was done and no answer comes; "cut": the answer ends before its end;
   * "hang": no answer ever comes; "garbage": an HTML page.
   */
  kind?: 'reset' | 'lost' | 'cut' | 'hang' | 'garbage';
  /** Called when it is met. */
  met?: () => unknown;
}

export interface DoubleRequest {
  action: string;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a service answers; `error` refuses. */
export type DoubleAnswer =
  | { json: JsonObject }
  | { text: string; headers?: Record<string, string> }
  | { error: DoubleError };

/** A refusal as a service words it. */
export interface DoubleError {
  status: number;
  code: string;
  message: string;
}

export interface Double extends AsyncDisposable {
  url: string; // e.g., "http://127.0.0.1:41234"
  /** In order, faults and all. */
  requests: DoubleRequest[];
  faults: Fault[];
}

export interface Protocol {
  actionOf(request: Omit<DoubleRequest, 'action'>): string;
  answer(request: DoubleRequest): DoubleAnswer | Promise<DoubleAnswer>;
  /** How an error is written. */
  writeError(error: DoubleError, request: DoubleRequest): { headers?: Record<string, string>; body: string };
}

const PAGE = '<html><body>It works!</body></html>';

/** A server on this machine that speaks a protocol, and fails as it is told to. */
export async function double({ actionOf, answer, writeError }: Protocol): Promise<Double> {
  const [requests, faults]: [DoubleRequest[], Fault[]] = [[], []];
  const send = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
  const refuse = (
    response: ServerResponse,
    request: DoubleRequest,
    error: DoubleError,
    more: Record<string, string> = {},
  ): void => {
    const { body, headers = {} } = writeError(error, request);
    send(response, error.status, body, { ...headers, ...more });
  };
  const server = createServer(async (incoming, response) => {
    const bare = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: await buffer(incoming),
    };
    const request = { ...bare, action: actionOf(bare) };
    requests.push(request);
    const fault = nextFault(faults, request.action);
    await fault?.met?.();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') return void incoming.socket.resetAndDestroy();
    if (fault?.kind === 'garbage') return send(response, 200, PAGE, { 'content-type': 'text/html' });
    if (fault?.status) {
      const { status, code = 'InternalServerException', message = 'Something went wrong.' } = fault;
      return refuse(response, request, { status, code, message }, fault.headers);
    }
    const given = await answer(request);
    if (fault?.kind === 'lost') return void incoming.socket.resetAndDestroy();
    if ('error' in given) return refuse(response, request, given.error);
    if ('text' in given) return send(response, 200, given.text, given.headers);
    const body = JSON.stringify(given.json);
    if (fault?.kind !== 'cut') return send(response, 200, body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
  });
  return { requests, faults, ...(await listening(server)) };
}

/** Keys for a double: whatever is signed is taken. */
export const doubleEnv = (service: string, url: string): NodeJS.ProcessEnv => ({
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret-of-the-example',
  [`AWS_ENDPOINT_URL_${service}`]: url,
});

/** AWS JSON 1.1: the action stands in a header, the code of an error in the body. */
export const awsJson = (prefix: string): Pick<Protocol, 'actionOf' | 'writeError'> => ({
  actionOf: ({ headers }) => {
    const target = String(headers['x-amz-target']);
    if (!target.startsWith(`${prefix}.`)) throw new Error(`another service was asked: ${target}`);
    if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256')) throw new Error('the request is not signed');
    return target.slice(prefix.length + 1);
  },
  writeError: ({ code, message }) => ({ body: JSON.stringify({ __type: code, Message: message, message }) }),
});

/** What was sent, as JSON. */
export const jsonOf = ({ body }: Pick<DoubleRequest, 'body'>): JsonObject => JSON.parse(body.toString()) as JsonObject;
