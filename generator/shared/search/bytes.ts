/** Bytes that are written one after the other. */
export interface ByteWriter {
  /** A whole number from 0 to 2^32 - 1: seven bits a byte, lowest first, the top bit where another byte follows. */
  number(value: number): void;
  bytes(bytes: Uint8Array): void;
  readonly length: number;
  /** What has been written; the writer begins anew. */
  take(): Uint8Array;
}

export function byteWriter(): ByteWriter {
  let buffer = new Uint8Array(256);
  let length = 0;
  function room(more: number): void {
    if (length + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * buffer.length, length + more));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  }
  return {
    number(value) {
      room(5);
      let rest = value >>> 0;
      while (rest > 127) {
        buffer[length++] = (rest & 127) | 128;
        rest >>>= 7;
      }
      buffer[length++] = rest;
    },
    bytes(bytes) {
      room(bytes.length);
      buffer.set(bytes, length);
      length += bytes.length;
    },
    get length() {
      return length;
    },
    take() {
      const taken = buffer.slice(0, length);
      length = 0;
      return taken;
    },
  };
}

/** Bytes that are read one after the other. All of it throws a RangeError where they end too early. */
export interface ByteReader {
  number(): number;
  bytes(length: number): Uint8Array;
  readonly isDone: boolean;
}

export function byteReader(all: Uint8Array): ByteReader {
  let at = 0;
  return {
    number() {
      let value = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = all[at++];
        if (byte === undefined) break;
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
      throw new RangeError('cut bytes');
    },
    bytes(length) {
      if (at + length > all.length) throw new RangeError('cut bytes');
      at += length;
      return all.subarray(at - length, at);
    },
    get isDone() {
      return at >= all.length;
    },
  };
}
