import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SIGNED_OUT, type SignedOutAnswer } from '../auth/signed-out.ts';
import type { Asset } from '../content/assets.ts';
import { PIECE, sendPiecemeal } from '../http/backpressure.ts';
import { SESSION_HEADERS } from '../http/headers.ts';
import { takesBrotli } from '../http/negotiation.ts';
import { headersOf, json, type Reply } from '../http/reply.ts';

const WORDS: { [status: number]: string } = {
  200: 'ok',
  404: 'not found',
  405: 'method not allowed',
  421: 'only for this machine',
  429: 'too many requests',
  503: 'unavailable',
};

/** A status in a word; ends the connection where something was wrong. */
export function say(res: ServerResponse, status: number, word = WORDS[status]): void {
  if (res.headersSent) return void res.destroy();
  const body = `${word}\n`;
  if (status === 405) res.setHeader('allow', 'GET, HEAD');
  // A body that nobody asked for is not read: the connection ends with this answer.
  if (status !== 200) res.setHeader('connection', 'close');
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': body.length });
  res.end(body);
}

/** What somebody without a session gets, as the bundle would answer. @param framed by a page that renews its session there */
export function turnAway(
  req: IncomingMessage,
  res: ServerResponse,
  answer: Exclude<SignedOutAnswer, string>,
  framed: boolean,
): Promise<void> {
  const { headers, ...rest } =
    answer.status === 303 ? { status: 303, headers: { location: answer.location } } : json(401, SIGNED_OUT);
  return give(req, res, { ...rest, headers: { ...headers, ...(framed && SESSION_HEADERS) } });
}

/** An answer as Astro would write it: headers in the order of their names. */
export async function give(req: IncomingMessage, res: ServerResponse, reply: Reply): Promise<void> {
  const { status, body } = reply;
  const headers = Object.entries(headersOf(reply)).sort(([a], [b]) => (a < b ? -1 : 1));
  res.writeHead(status, Object.fromEntries(headers));
  if (req.method === 'HEAD' || body === undefined) res.end();
  else if (typeof body === 'string' || ('byteLength' in body && body.byteLength <= PIECE)) res.end(body);
  else await sendPiecemeal(body, res);
}

/** A public file, or 404. @param caching by default for ever: its name has its hash */
export function send(
  req: IncomingMessage,
  res: ServerResponse,
  asset: Asset | undefined,
  caching = 'public, max-age=31536000, immutable',
): void {
  if (!asset) {
    say(res, 404);
    return;
  }
  const accepted = req.headers['accept-encoding'];
  const br = takesBrotli(typeof accepted === 'string' ? accepted : null) ? asset.br : undefined;
  const body = br ?? asset.plain;
  res.writeHead(200, {
    'content-type': asset.type,
    'content-length': body.byteLength,
    'cache-control': caching,
    vary: 'Accept-Encoding',
    ...(br && { 'content-encoding': 'br' }),
  });
  res.end(body);
}

/** What Node could not read as HTTP. */
export function unreadable(error: NodeJS.ErrnoException, socket: Socket, common: { [name: string]: string }): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const headers = Object.entries(common).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('')}content-length: 0\r\nconnection: close\r\n\r\n`);
}
