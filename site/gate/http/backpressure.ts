import type { Writable } from 'node:stream';

/** What goes out at once. */
export const PIECE = 64 * 1024;

/**
 * A body that waits for a slow reader: the next piece is given when the last one has left. Astro itself writes all at once.
 * @param res where Astro writes it
 */
export function withBackpressure(bytes: Uint8Array, res: Writable): BodyInit {
  if (bytes.byteLength <= PIECE) return bytes as Uint8Array<ArrayBuffer>;
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (res.writableNeedDrain) await drained(res);
        if (res.destroyed) return controller.close();
        controller.enqueue(bytes.subarray(at, at + PIECE));
        at += PIECE;
        if (at >= bytes.byteLength) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The same for Node: a body that has no more on its way than its reader takes. */
export async function sendPiecemeal(bytes: Uint8Array, res: Writable): Promise<void> {
  for (let at = 0; at < bytes.byteLength && !res.destroyed; at += PIECE) {
    if (res.writableNeedDrain) await drained(res);
    res.write(bytes.subarray(at, at + PIECE));
  }
  res.end();
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
