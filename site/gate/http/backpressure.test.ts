import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { withBackpressure } from './backpressure.ts';

const MIB = 1024 * 1024;

/** As Astro does: never waits for the reader. */
async function writeAll(body: BodyInit, out: PassThrough): Promise<void> {
  for await (const piece of body as ReadableStream<Uint8Array>) out.write(piece);
  out.end();
}

test('a large body waits for its reader, and arrives whole', async () => {
  const bytes = randomBytes(65_536 * 20 + 7);
  const out = new PassThrough();
  const writing = writeAll(withBackpressure(bytes, out), out);
  await new Promise((done) => setTimeout(done, 20));
  expect(out.readableLength + out.writableLength).toBeLessThan(MIB / 4);
  const parts: Buffer[] = [];
  for await (const part of out) parts.push(part);
  await writing;
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
});

test('it ends where the reader has gone', async () => {
  const out = new PassThrough();
  const writing = writeAll(withBackpressure(new Uint8Array(MIB), out), out).catch(() => 'ended');
  out.on('error', () => undefined);
  setTimeout(() => out.destroy(), 10);
  await writing;
  expect(out.destroyed).toBe(true);
});

test('a small body is given as it is', () => {
  const bytes = new Uint8Array(10);
  expect(withBackpressure(bytes, new PassThrough())).toBe(bytes);
});
