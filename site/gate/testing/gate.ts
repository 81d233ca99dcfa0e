import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { encodeText, sha256 } from '../../../generator/lib/bytes.ts';
import { openSpool } from '../../../generator/lib/spool.ts';
import { openBlobs, pack } from '../../../generator/publish/blobs.ts';
import { openDraft } from '../../../generator/publish/draft.ts';
import { POINTER, type Pointer, type SiteFile } from '../../../generator/publish/manifest.ts';
import { readPointer } from '../../../generator/publish/read.ts';
import { encodeRoot } from '../../../generator/publish/tree/root.ts';
import { openTree } from '../../../generator/publish/tree/tree.ts';
import { collect } from '../../../generator/store/ranges.ts';
import type { Store } from '../../../generator/store/store.ts';

/** For tests only: a published site, and requests as raw bytes. */

/** A site that is published, and all of its files. */
export interface PublishedFiles {
  files: { [path: string]: SiteFile };
}

/** Publish a site as the generator does. @param files site path → text @param recordings path of a call's page → its true id */
export async function publishSite(
  store: Store,
  org: string,
  files: { [path: string]: string },
  generation = 1,
  recordings: { [path: string]: string } = {},
): Promise<PublishedFiles> {
  await using spool = await openSpool();
  const draft = openDraft(
    undefined,
    new Set(),
    openBlobs(store, org, generation, async () => false),
    spool,
  );
  for (const [path, text] of Object.entries(files))
    await draft.put(path, await pack(encodeText(text), typeOf(path)), sha256(text), recordings[path]);
  const csp = "default-src 'none'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'";
  const lists = await draft.write();
  const bytes = encodeRoot({ version: 2, organization: org, csp, lists });
  const key = `builds/${generation}-${sha256(bytes).slice(0, 12)}.json`;
  await store.put(`${org}/${key}`, bytes);
  const last = await readPointer(store, org);
  const pointer: Pointer = {
    version: 1,
    organization: org,
    generation,
    manifest: key,
    sha256: sha256(bytes),
    publishedAt: '2026-03-31T05:30:00Z',
    nonce: String(generation),
    state: { blob: 'blobs/none.1', sha256: sha256('') },
    kept: last ? [last.pointer] : [],
  };
  await store.put(`${org}/${POINTER}`, JSON.stringify(pointer));
  return { files: Object.fromEntries(await collect(openTree(store, org, lists))) };
}

const typeOf = (path: string): string => {
  if (path.endsWith('.json')) return 'application/json; charset=utf-8';
  if (path.endsWith('.css')) return 'text/css; charset=utf-8';
  if (path.endsWith('.png')) return 'image/png';
  if (/^\/search\/.+\/\d+$/.test(path)) return 'application/octet-stream';
  return 'text/html; charset=utf-8';
};

export interface RawResponse {
  status: number;
  headers: Headers;
  cookies: string[];
  /** As sent. */
  body: Buffer;
  /** Decompressed. */
  text: string;
  /** All that came back. */
  bytes: number;
  /** The same as text, also decompressed. */
  raw: string;
}

/** Send exactly these bytes: `fetch` would tidy the path up. @param lines header lines without Host and Connection */
export function rawRequest(
  port: number,
  target: string,
  lines: string[] = [],
  { method = 'GET', host = 'reports.example.com' }: { method?: string; host?: string } = {},
): Promise<RawResponse> {
  const head = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...lines, 'Connection: close', '', ''].join('\r\n');
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(head, 'latin1')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', failed);
    socket.on('close', () => done(parse(Buffer.concat(chunks))));
  });
}

function parse(bytes: Buffer): RawResponse {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Headers();
  for (const line of lines) headers.append(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim());
  const rest = bytes.subarray(end + 4);
  const body = headers.get('transfer-encoding') === 'chunked' ? unchunked(rest) : rest;
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[headers.get('content-encoding') ?? ''];
  const plain = unpack && body.length > 0 ? unpack(body) : body;
  const status = Number(first.split(' ')[1]);
  return {
    status,
    headers,
    cookies: headers.getSetCookie(),
    body,
    text: plain.toString(),
    bytes: bytes.length,
    raw: `${bytes}${plain}`,
  };
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, end).toString(), 16);
    if (!size) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 4 + size;
  }
}
