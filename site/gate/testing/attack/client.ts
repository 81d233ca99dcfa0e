import { connect, type Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** A request as bytes, and what to know to read its answer. */
export interface Sent {
  head: string;
  body?: string;
  method: string;
  /** Requests of one kind end their connections alike. */
  kind: string;
  alone?: true;
}

export interface Answer {
  status: number;
  /** Status line and headers as sent, without Date. */
  head: string;
  headers: Map<string, string>;
  /** As sent. */
  body: Buffer;
  /** Decompressed. */
  plain: Buffer;
}

const SILENCE: Answer = { status: 0, head: '', headers: new Map(), body: Buffer.alloc(0), plain: Buffer.alloc(0) };
const CONNECTIONS = 8;
/** Requests that wait for their answers on one connection. */
const DEPTH = 4;
const PATIENCE_MS = 20_000;

/**
 * Send all over raw sockets that are kept alive, a few at a time on each.
 * @param take called once for each request, in no order; `behind` others that were not answered yet when it was sent
 * @throws where an answer does not come, or cannot be read as HTTP
 */
export async function sendAll<Request extends Sent>(
  port: number,
  requests: readonly Request[],
  take: (request: Request, answer: Answer, behind: number) => void,
): Promise<void> {
  const queue = requests.toReversed();
  const closing = new Set<string>();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (queue.length > 0) await converse(port, queue, closing, take);
    }),
  );
}

const HUNG_UP = new Set(['EPIPE', 'ECONNRESET']);

/** One connection, until the server ends it or nothing is left. What was not answered goes back to the queue. */
function converse<Request extends Sent>(
  port: number,
  queue: Request[],
  closing: Set<string>,
  take: (request: Request, answer: Answer, behind: number) => void,
): Promise<void> {
  return new Promise((done, failed) => {
    const waiting: Request[] = [];
    const behind = new Map<Request, number>();
    const tell = (request: Request, answer: Answer) => take(request, answer, behind.get(request) ?? 0);
    let bytes: Buffer = Buffer.alloc(0);
    let answered = 0;
    let last = false;
    const socket: Socket = connect(port, '127.0.0.1').setNoDelay();
    const fail = (why: string) => {
      socket.destroy();
      failed(new Error(`${why}: ${waiting[0]?.head.slice(0, 300)}`));
    };
    const write = () => {
      const parts: string[] = [];
      while (!last && waiting.length < DEPTH) {
        const next = queue.at(-1);
        if (next === undefined) break;
        // What ends the connection is the last thing said there, or what came after it would be asked in vain.
        const ends = next.alone || closing.has(next.kind);
        if (next.alone && waiting.length > 0) break;
        queue.pop();
        behind.set(next, waiting.length);
        waiting.push(next);
        parts.push(next.head, next.body ?? '');
        last = Boolean(ends);
      }
      if (parts.length > 0) socket.write(parts.join(''), 'latin1');
      else if (waiting.length === 0) socket.end();
    };
    socket.setTimeout(PATIENCE_MS, () => fail('no answer'));
    // A server that hangs up meets what is still on its way: what that means is told where the connection ends.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!HUNG_UP.has(error.code ?? '')) fail(error.message);
    });
    socket.on('connect', write);
    socket.on('data', (chunk: Buffer) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      for (let request = waiting[0]; request !== undefined; request = waiting[0]) {
        const read = readAnswer(bytes, request.method);
        if (read === undefined) break;
        bytes = bytes.subarray(read.end);
        if (read.answer.status < 200) continue;
        waiting.shift();
        answered++;
        const ends = /^close$/i.test(read.answer.headers.get('connection') ?? '');
        if (ends && !request.alone) closing.add(request.kind);
        tell(request, read.answer);
        if (ends) {
          last = true;
          break;
        }
        if (request.alone) socket.end();
      }
      write();
    });
    socket.on('close', () => {
      const [first] = waiting;
      // Node hangs up on some of what it is asked, which is an answer too.
      if (first?.alone && answered === 0) tell(waiting.shift() as Request, SILENCE);
      else if (first && answered === 0) return fail('closed without an answer');
      queue.push(...waiting.reverse());
      done();
    });
  });
}

/** @returns undefined where more has to come; `end` in bytes */
function readAnswer(bytes: Buffer, method: string): { answer: Answer; end: number } | undefined {
  const top = bytes.indexOf('\r\n\r\n');
  if (top === -1) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, top).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
  if (Number.isNaN(status)) throw new Error(`not HTTP: ${JSON.stringify(first.slice(0, 100))}`);
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const bare = method === 'HEAD' || status === 304 || status < 200;
  const read = bare ? { body: Buffer.alloc(0), end: top + 4 } : readBody(bytes, top + 4, headers);
  if (read === undefined) return undefined;
  const head = [first, ...lines.filter((line) => !/^date:/i.test(line))].join('\r\n');
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[headers.get('content-encoding') ?? ''];
  const plain = unpack && read.body.length > 0 ? unpack(read.body) : read.body;
  return { answer: { status, head, headers, body: read.body, plain }, end: read.end };
}

function readBody(
  bytes: Buffer,
  start: number,
  headers: Map<string, string>,
): { body: Buffer; end: number } | undefined {
  if (headers.get('transfer-encoding') !== 'chunked') {
    const end = start + Number(headers.get('content-length') ?? 0);
    return bytes.length < end ? undefined : { body: bytes.subarray(start, end), end };
  }
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const end = line + 2 + size + 2;
    if (bytes.length < end) return undefined;
    if (size === 0) return { body: Buffer.concat(parts), end };
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = end;
  }
}
