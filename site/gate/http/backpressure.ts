import type { Writable } from 'node:stream';
import { printError } from '../../../generator/lib/console.ts';
import { messageOf } from '../../../generator/lib/errors.ts';
import { say } from '../../../generator/lib/printable.ts';

/** What goes out at once. */
export const PIECE = 64 * 1024;

/** A body: all of it, or as it comes. */
type Body = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * A body that waits for a slow reader: the next piece is given when the last one has left. Astro itself writes all at once.
 * @param res where Astro writes it
 */
export function withBackpressure(body: Body, res: Writable): BodyInit {
  if ('byteLength' in body && body.byteLength <= PIECE) return body as Uint8Array<ArrayBuffer>;
  const pieces = piecesOf(body);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (res.writableNeedDrain) await drained(res);
        if (res.destroyed) return controller.close();
        const next = await nextOf(pieces, res);
        if (next === undefined) controller.close();
        else controller.enqueue(next);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The same for Node: a body that has no more on its way than its reader takes. */
export async function sendPiecemeal(body: Body, res: Writable): Promise<void> {
  const pieces = piecesOf(body);
  while (!res.destroyed) {
    const next = await nextOf(pieces, res);
    if (next === undefined) break;
    if (res.writableNeedDrain) await drained(res);
    res.write(next);
  }
  res.end();
}

async function* piecesOf(body: Body): AsyncGenerator<Uint8Array, undefined> {
  for await (const bytes of 'byteLength' in body ? [body] : body)
    for (let at = 0; at < bytes.byteLength; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** @returns undefined at its end. Where that comes too soon, the connection is cut, so that nobody takes it for the whole. */
async function nextOf(pieces: AsyncGenerator<Uint8Array, undefined>, res: Writable): Promise<Uint8Array | undefined> {
  try {
    return (await pieces.next()).value;
  } catch (error) {
    printError(say`gate: an answer was cut: ${messageOf(error)}`);
    res.destroy();
    return undefined;
  }
}

/** Resolves also where the reader has gone: what follows would be thrown away. */
function drained(res: Writable): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      res.off('drain', end).off('close', end);
      done();
    };
    res.on('drain', end).on('close', end);
  });
}
