/** What engines and providers ask alike of servers. */

/** Whether an address is of this machine, to which http will do. */
export const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/**
 * How long a server asks to be left alone.
 * @param header its `Retry-After`
 * @returns milliseconds; undefined where it is neither a number of seconds nor a date
 */
export function retryAfter(header: string | null | undefined): number | undefined {
  if (header == null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** The pieces of a body, one after the other. @throws {Error} what `tooLong` gives, as soon as more than `most` bytes have come */
export async function* atMost(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
  tooLong: (bytes: number) => Error,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes > most) throw tooLong(bytes);
    yield piece;
  }
}
