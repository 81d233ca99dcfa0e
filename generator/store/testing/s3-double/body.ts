import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';

export interface PlainBody {
  body: Uint8Array;
  checksum?: [name: string, value: string];
}

/** The code of the error that S3 answers with. */
interface Refusal {
  code: string;
}

/** A body with its framing taken off and each checksum that came with it verified. */
export function plainBody(raw: Buffer, headers: IncomingHttpHeaders): PlainBody | Refusal {
  const hash = headers['x-amz-content-sha256'];
  const chunked = typeof hash === 'string' && hash.startsWith('STREAMING-');
  const { body, trailer } = chunked ? unchunked(raw) : { body: raw, trailer: {} };
  if (!body) return { code: 'IncompleteBody' };
  if (chunked && Number(headers['x-amz-decoded-content-length']) !== body.byteLength) return { code: 'IncompleteBody' };
  if (typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) && hash !== digest('sha256', body, 'hex'))
    return { code: 'XAmzContentSHA256Mismatch' };
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== digest('md5', body, 'base64')) return { code: 'BadDigest' };
  const announced = headers['x-amz-trailer'];
  if (announced !== undefined && !(String(announced) in trailer)) return { code: 'MalformedTrailerError' };
  const given = Object.entries({ ...headers, ...trailer }).find(
    ([name]) => /^x-amz-checksum-/.test(name) && !/-(mode|type|algorithm)$/.test(name),
  );
  if (!given) return { body };
  const [name, value] = given;
  const expected = CHECKSUMS[name]?.(body);
  if (expected === undefined) return { code: 'NotImplemented' };
  return expected === value ? { body, checksum: [name, expected] } : { code: 'BadDigest' };
}

const digest = (algorithm: string, body: Uint8Array, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(body).digest(encoding);

const CHECKSUMS: { [header: string]: (body: Uint8Array) => string } = {
  'x-amz-checksum-crc32'(body) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
  'x-amz-checksum-sha1': (body) => digest('sha1', body, 'base64'),
  'x-amz-checksum-sha256': (body) => digest('sha256', body, 'base64'),
};

interface Unchunked {
  /** Absent: the framing is not whole. */
  body?: Buffer;
  trailer: { [name: string]: string };
}

/** aws-chunked: a hexadecimal length, perhaps a signature, the bytes; a chunk of none; then trailing headers. */
function unchunked(raw: Buffer): Unchunked {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = raw.indexOf('\r\n', at);
    const size = Number.parseInt(raw.toString('latin1', at, end), 16);
    if (end < 0 || Number.isNaN(size)) return { trailer: {} };
    at = end + 2;
    if (size === 0) return { body: Buffer.concat(parts), trailer: headersIn(raw.toString('latin1', at)) };
    if (raw.toString('latin1', at + size, at + size + 2) !== '\r\n') return { trailer: {} };
    parts.push(raw.subarray(at, at + size));
    at += size + 2;
  }
}

function headersIn(text: string): { [name: string]: string } {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}
