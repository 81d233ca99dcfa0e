import { utimesSync, writeFileSync } from 'node:fs';

/** Seconds since 1970. */
const LONG_AGO = 1_790_000_000;

/** A file as old as one that nobody writes any more. */
export function writeOld(path: string, body: Uint8Array | string): void {
  writeFileSync(path, body);
  utimesSync(path, LONG_AGO, LONG_AGO);
}

/** A call as somebody has it in a folder: stereo sound of ten seconds at 16 kHz, and what was said. */
export function oneCall(): { sound: Uint8Array; transcript: string } {
  const [rate, seconds] = [16_000, 10];
  const samples = new Int16Array(rate * seconds * 2);
  // Two voices, one after the other, each on its own channel.
  for (let i = 0; i < rate * seconds; i++) {
    const isAgent = i < (rate * seconds) / 2;
    samples[2 * i] = isAgent ? Math.round(8000 * Math.sin(i / 20)) : 0;
    samples[2 * i + 1] = isAgent ? 0 : Math.round(8000 * Math.sin(i / 30));
  }
  const data = new Uint8Array(samples.buffer);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  const transcript = `WEBVTT

00:00:00.000 --> 00:00:05.000
<v Agent>Thank you for calling Acme, this is Ann speaking.

00:00:05.000 --> 00:00:09.500
<v Customer>My order has not arrived.
`;
  return { sound: Buffer.concat([head, data]), transcript };
}
