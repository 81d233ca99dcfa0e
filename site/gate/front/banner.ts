import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** A page on its way, held back until it is whole. */
interface Page {
  status: number;
  headers: OutgoingHttpHeaders;
  chunks: Buffer[];
}

const UNPACK: { [coding: string]: (bytes: Buffer) => Buffer } = { br: brotliDecompressSync, gzip: gunzipSync };
/** Of a page with something in it they would not be true. */
const OF_THE_BYTES = ['content-encoding', 'content-length', 'etag'];

/**
 * Whatever page is written to a response, by whomever, gets a banner at the start of its body. What is stored stays as it is; a page goes
 * out plain, and is never taken for one that a browser has kept. All else goes out as before.
 * @param banner HTML, under the policy of every page: no script, and a style sheet of this site
 */
export function withBanner(req: IncomingMessage, res: ServerResponse, banner: string): void {
  delete req.headers['if-none-match'];
  // Each can be called in several ways, and is handed on as it was called.
  const writeHead = res.writeHead.bind(res) as (...given: unknown[]) => ServerResponse;
  const write = res.write.bind(res) as (...given: unknown[]) => boolean;
  const end = res.end.bind(res) as (...given: unknown[]) => ServerResponse;
  let page: Page | undefined;

  const wrapped = {
    writeHead(status: number, ...rest: (string | OutgoingHttpHeaders)[]): ServerResponse {
      const headers = Object.assign({}, ...rest.filter((each) => typeof each === 'object')) as OutgoingHttpHeaders;
      const type = String(headers['content-type'] ?? '');
      page = type.startsWith('text/html') ? { status, headers, chunks: [] } : undefined;
      return page ? res : writeHead(status, ...rest);
    },
    write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
      if (!page) return write(chunk, ...rest);
      page.chunks.push(Buffer.from(chunk as string));
      return true;
    },
    end(chunk?: unknown, ...rest: unknown[]): ServerResponse {
      if (!page) return end(chunk, ...rest);
      const { status, headers, chunks } = page;
      page = undefined;
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
      const coding = String(headers['content-encoding'] ?? '');
      for (const name of OF_THE_BYTES) delete headers[name];
      const sent = Buffer.concat(chunks);
      if (sent.byteLength === 0) {
        writeHead(status, headers);
        return end();
      }
      const plain = UNPACK[coding]?.(sent) ?? sent;
      const body = Buffer.from(insert(plain.toString(), banner));
      writeHead(status, { ...headers, 'content-length': body.byteLength });
      return end(body);
    },
  };
  Object.assign(res, wrapped);
}

/** At the start of the body; a page that does not say where that is has it at its end, which is in the body too. */
function insert(html: string, banner: string): string {
  const start = html.search(/<body[\s>]/i);
  const end = start < 0 ? -1 : html.indexOf('>', start);
  const at = end < 0 ? html.length : end + 1;
  return html.slice(0, at) + banner + html.slice(at);
}
