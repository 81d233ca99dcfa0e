import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { sendPiecemeal, withBackpressure } from './backpressure.ts';
import { headersOf, json, toResponse } from './reply.ts';

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

test('a body of more than 64 KiB comes in pieces of that, each when it is asked for, and nobody is left waiting', async () => {
  const most = new Uint8Array(65_536);
  expect(withBackpressure(most, new PassThrough())).toBe(most);
  let asked = 0;
  const out = new PassThrough({ highWaterMark: 1 });
  const watched = new Proxy(out, {
    get(target, name) {
      if (name === 'writableNeedDrain') asked++;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const before = [out.listenerCount('drain'), out.listenerCount('close')];
  const body = withBackpressure(new Uint8Array(2 * 65_536), watched) as ReadableStream<Uint8Array>;
  await new Promise(setImmediate);
  expect(asked).toBe(0);
  const sizes: number[] = [];
  for await (const piece of body) {
    sizes.push(piece.byteLength);
    out.write(piece);
    out.resume();
  }
  expect(sizes).toEqual([65_536, 65_536]);
  expect([out.listenerCount('drain'), out.listenerCount('close')]).toEqual(before);
});

test('nothing is given to a reader who has gone', async () => {
  const out = new PassThrough();
  out.destroy();
  const pieces: Uint8Array[] = [];
  for await (const piece of withBackpressure(new Uint8Array(MIB), out) as ReadableStream<Uint8Array>)
    pieces.push(piece);
  expect(pieces).toEqual([]);
});

test('to Node a body goes in pieces as well, none before the last has left, and it ends', async () => {
  const bytes = randomBytes(4 * 65_536 + 7);
  const out = new PassThrough({ highWaterMark: 1 });
  const sending = sendPiecemeal(bytes, out);
  await new Promise(setImmediate);
  // One lies at the reader's end, and one before it.
  expect(out.readableLength + out.writableLength).toBeLessThanOrEqual(2 * 65_536);
  const parts: Buffer[] = [];
  for await (const part of out) parts.push(part);
  await sending;
  expect(parts.map(({ byteLength }) => byteLength)).toEqual([...Array(4).fill(65_536), 7]);
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
});

test('to a reader who has gone Node sends nothing', async () => {
  const out = new PassThrough();
  out.on('error', () => undefined).destroy();
  await sendPiecemeal(new Uint8Array(MIB), out);
  expect([out.writableLength, out.readableLength]).toEqual([0, 0]);
});

test('an answer in JSON is never stored, and one of a file waits for its reader', async () => {
  const response = toResponse(json(403, { error: 'x' }), new PassThrough());
  expect([response.status, Object.fromEntries(response.headers), await response.text()]).toEqual([
    403,
    { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'content-length': '13' },
    '{"error":"x"}',
  ]);
  const reply = { status: 200, headers: { 'x-a': 'b' }, body: new Uint8Array(2 * 65_536) };
  const out = new PassThrough();
  out.destroy();
  expect((await toResponse(reply, out).arrayBuffer()).byteLength).toBe(0);
  const whole = toResponse(reply);
  expect([whole.headers.get('x-a'), (await whole.arrayBuffer()).byteLength]).toEqual(['b', 2 * 65_536]);
  expect(whole.headers.get('content-length')).toBe(String(2 * 65_536));
  const unchanged = toResponse({ status: 304, headers: {} }, out);
  expect([unchanged.body, [...unchanged.headers]]).toEqual([null, []]);
  expect(headersOf({ status: 200, headers: {} })).toEqual({ 'content-length': '0' });
  expect(headersOf({ status: 200, headers: {}, body: 'é' })).toEqual({ 'content-length': '2' });
  expect(headersOf({ status: 200, headers: { 'content-length': '7' }, body: 'x' })).toEqual({ 'content-length': '7' });
});
