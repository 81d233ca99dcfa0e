import type { FetchedCall } from '../source/fetch.ts';

/** The same calls with all their bytes in one buffer of their own, which a thread can take over: a store may go on using its own. */
export function gather(calls: readonly FetchedCall[]): { calls: FetchedCall[]; buffer: ArrayBuffer } {
  const buffer = new ArrayBuffer(calls.reduce((sum, call) => sum + bytesOf(call), 0));
  let end = 0;
  function placed<Of>(bytes: Of): Of | Uint8Array {
    if (!(bytes instanceof Uint8Array)) return bytes;
    const own = new Uint8Array(buffer, end, bytes.byteLength);
    own.set(bytes);
    end += bytes.byteLength;
    return own;
  }
  const own = calls.map(({ objects, row, ...call }): FetchedCall => {
    const placedObjects = Object.fromEntries(Object.entries(objects).map(([part, object]) => [part, placed(object)]));
    return { ...call, objects: placedObjects, ...(row && { row: { ...row, cells: placed(row.cells) } }) };
  });
  return { calls: own, buffer };
}

const bytesOf = ({ objects, row }: FetchedCall): number =>
  [...Object.values(objects), row?.cells].reduce(
    (sum, bytes) => sum + (bytes instanceof Uint8Array ? bytes.byteLength : 0),
    0,
  );
