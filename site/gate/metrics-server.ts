import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../generator/lib/errors.ts';
import { say } from '../../generator/lib/printable.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsServer {
  url: string; // e.g., "http://127.0.0.1:9464/metrics"
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const PATH = '/metrics';
/** How somebody on this machine calls it. Any other name would be another site's page reaching in (DNS rebinding). */
const OWN_NAMES = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/**
 * Gives the counts to whoever asks on this machine, on a port of its own, so that no proxy of the gate's can lead anybody to them.
 * @param port 0: any free one
 * @throws {UserError} where the port cannot be had
 */
export async function serveMetrics({ text, contentType }: Metrics, port: number): Promise<MetricsServer> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, (req, res) => {
    answer(req, res).catch(() => res.destroy());
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!OWN_NAMES.test(req.headers.host ?? '')) return refuse(res, 421);
    if (req.url !== PATH) return refuse(res, 404);
    if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(res, 405);
    const body = await text();
    res.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(body), ...NOT_KEPT });
    res.end(req.method === 'HEAD' ? undefined : body);
  }

  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = say`The gate cannot give its metrics on ${HOST} port ${port} (${error.code ?? error.message}). Is something else running there? Set CCI_METRICS_PORT to another port.`;
      failed(new UserError([why]));
    });
    server.listen(port, HOST, done);
  });
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}${PATH}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const NOT_KEPT = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function refuse(res: ServerResponse, status: number): void {
  res.writeHead(status, { 'content-length': 0, connection: 'close', ...NOT_KEPT }).end();
}
