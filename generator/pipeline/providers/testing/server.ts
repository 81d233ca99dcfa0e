import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listening, nextFault } from '../../../testing/double-server.ts';

/** What goes wrong with a request. */
export interface Fault {
  /** Which request; absent: any. */
  of?: 'token' | 'list' | 'sound';
  /** Absent: once. */
  times?: number;
  /** Refused with this status, and these headers. */
  status?: number;
  headers?: { [name: string]: string };
  /**
   * In place of the answer: "reset", the connection breaks before it; "cut", half of it with its whole length announced; "page", HTML that says 200;
   * "json", an error that says 200; "redirect" to what `to` says; "empty", 0 bytes; "head", a WAV head alone; "noise", bytes of no form;
   * "huge", a length above all limits; "short", a list without its last item; "same", the first page whatever was asked.
   */
  kind?: 'reset' | 'cut' | 'page' | 'json' | 'redirect' | 'empty' | 'head' | 'noise' | 'huge' | 'short' | 'same';
  to?: string;
  /** Called when it is met. */
  met?: () => unknown;
}

interface Seen {
  method: string;
  url: string; // path and query, decoded
  authorization: string | undefined;
  body: string;
}

/** A double of a provider's server, on this machine. */
export interface ProviderServer extends AsyncDisposable {
  base: string; // e.g., "http://127.0.0.1:4711"
  faults: Fault[];
  /** Requests in order. */
  log: Seen[];
}

/** What an honest server answers. */
type Answer = { json: unknown; status?: number } | { sound: Uint8Array; type: string };

/** @returns which kind of request it is, and the answer, made only where no fault takes its place */
export type Routes = (
  request: Seen,
  isFaulty: (kind: NonNullable<Fault['kind']>) => boolean,
) => { of: NonNullable<Fault['of']>; answer: () => Answer };

const WAV_HEAD = Buffer.from(
  'RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0',
  'latin1',
);

/** An HTTP server with faults on purpose. */
export async function providerServer(routes: Routes): Promise<ProviderServer> {
  const [faults, log]: [Fault[], Seen[]] = [[], []];
  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    const seen = {
      method,
      url: decodeURIComponent(url.replaceAll('+', ' ')),
      authorization: headers.authorization,
      body,
    };
    log.push(seen);
    let fault: Fault | undefined;
    const { of, answer } = routes(seen, (kind) => fault?.kind === kind);
    fault = nextFault(faults, of);
    fault?.met?.();
    if (fault?.status !== undefined) return void response.writeHead(fault.status, fault.headers).end('no: hunter2');
    if (fault?.kind === 'reset') return void request.socket.resetAndDestroy();
    if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.to }).end();
    if (fault?.kind === 'huge') return void response.writeHead(200, { 'content-length': 2 ** 40 }).write('RIFF');
    const replaced = inPlace(fault);
    const given = answer();
    const [type, bytes] = replaced ?? bytesOf(given);
    const status = replaced === undefined && 'status' in given ? given.status : 200;
    response.writeHead(status ?? 200, { 'content-type': type, 'content-length': bytes.byteLength });
    if (fault?.kind !== 'cut') return void response.end(bytes);
    response.write(bytes.subarray(0, Math.floor(bytes.byteLength / 2)), () => request.socket.destroy());
  }

  const { url: base, ...open } = await listening(server);
  return { base, faults, log, ...open };
}

const PAGE = '<!DOCTYPE html><html><title>Sign in</title></html>';

function inPlace(fault: Fault | undefined): [string, Uint8Array] | undefined {
  switch (fault?.kind) {
    case 'page':
      return ['audio/wav', Buffer.from(PAGE)];
    case 'json':
      return ['application/json', Buffer.from('{"error":"no"}')];
    case 'empty':
      return ['audio/wav', new Uint8Array()];
    case 'head':
      return ['audio/wav', WAV_HEAD];
    case 'noise':
      return ['audio/wav', new Uint8Array(1000).fill(7)];
    default:
      return undefined;
  }
}

const bytesOf = (answer: Answer): [string, Uint8Array] =>
  'sound' in answer ? [answer.type, answer.sound] : ['application/json', Buffer.from(JSON.stringify(answer.json))];

/** A tenth of a second of silence as WAV, and something that tells it from others. */
export const wavOf = (mark: string): Uint8Array => Buffer.concat([WAV_HEAD, new Uint8Array(1600), Buffer.from(mark)]);
