import type { Writable } from 'node:stream';
import { withBackpressure } from './backpressure.ts';

/** An answer in neither Astro's form nor Node's: whichever way a request takes, it gets the same one. */
export interface Reply {
  status: number;
  /** By names in small letters. */
  headers: { [name: string]: string };
  /** In pieces where it is large; then `headers` say how long it is. */
  body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** Its headers, with how long its body is: nothing is sent in pieces whose end has to be told. */
export function headersOf({ status, headers, body = '' }: Reply): Reply['headers'] {
  if (status === 304 || headers['content-length'] !== undefined) return headers;
  if (typeof body === 'object' && !('byteLength' in body)) throw new Error('a body in pieces of unknown length');
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  return { ...headers, 'content-length': String(length) };
}

/** Of the gate itself, never cached. */
export function json(status: number, body: unknown): Reply {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: JSON.stringify(body) };
}

/** The same for Astro. @param out where Astro writes a file's bytes */
export function toResponse(reply: Reply, out?: Writable): Response {
  const { status, body } = reply;
  const waiting = typeof body === 'object' && out !== undefined ? withBackpressure(body, out) : (body as BodyInit);
  return new Response(waiting ?? null, { status, headers: headersOf(reply) });
}
