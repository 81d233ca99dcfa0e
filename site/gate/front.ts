import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { UserError } from '../../generator/lib/errors.ts';
import { type Asset, readClientFiles } from './assets.ts';
import { CLIENT_FILES, type NodeHandler } from './bundle.ts';
import { clerkEnvironment } from './clerk-environment.ts';
import { acceptsBrotli } from './conditions.ts';
import { headersFor } from './headers.ts';
import type { AccessLine } from './request.ts';
import type { GateSettings } from './settings.ts';
import type { Sites } from './sites.ts';
import { cleanHeaders, pathOf, refusal } from './target.ts';
import { UNSUBSCRIBE_PATH, type UnsubscribePages } from './unsubscribe.ts';

export interface Gate {
  /** Where it listens. */
  url: string; // e.g., "http://127.0.0.1:4321"
  close(): Promise<void>;
}

export interface GateOptions {
  /** Of the built bundle. */
  handler: NodeHandler;
  sites: Sites;
  settings: GateSettings;
  /** Answers the links that end a digest, before any session is asked for; without it there are none. */
  unsubscribe?: UnsubscribePages;
  /** Takes one line for each request, after its response. */
  log?: (line: AccessLine) => void;
  /** Folder of the bundle's client files. */
  client?: string;
}

/**
 * The small server in front of the bundle: turns away what no browser sends, takes away what could speak for somebody else,
 * and puts the security headers on every response, whoever writes it.
 * @throws {UserError} where the port cannot be had
 */
export async function startGate({
  handler,
  sites,
  settings,
  log,
  unsubscribe,
  client = CLIENT_FILES,
}: GateOptions): Promise<Gate> {
  const files = await readClientFiles(client);
  const common = headersFor(settings);
  const environment = clerkEnvironment(settings);

  async function answer(req: IncomingMessage, res: ServerResponse, line: AccessLine): Promise<void> {
    const target = req.url ?? '';
    if (unsubscribe && target.startsWith(UNSUBSCRIBE_PATH) && refusal('GET', target) === undefined)
      return unsubscribe(req, res, pathOf(target).slice(UNSUBSCRIBE_PATH.length));
    const refused = refusal(req.method, target);
    if (refused !== undefined) return say(res, refused);
    const path = pathOf(target);
    if (path === '/healthz') return say(res, 200);
    if (path.startsWith('/_gate/')) return send(req, res, files.get(path));
    if (path.startsWith('/assets/')) return send(req, res, await sites.asset(path));
    // Astro has paths of its own there.
    if (path.startsWith('/_')) return say(res, 404);
    cleanHeaders(req.headers, settings.origin);
    const gate = { settings, sites, target, line };
    await handler(req, res, () => say(res, 404), { gate, runtime: { env: environment } });
  }

  const server = createServer(
    { requireHostHeader: false, maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 },
    (req, res) => {
      const started = performance.now();
      const line = lineOf(req);
      for (const [name, value] of Object.entries(common)) res.setHeader(name, value);
      res.once('close', () => {
        log?.({ ...line, status: res.statusCode, ms: Math.round(performance.now() - started) });
      });
      answer(req, res, line).catch((error: unknown) => {
        console.error(`gate: ${line.path}: ${error instanceof Error ? error.message : String(error)}`);
        say(res, 503);
      });
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => unreadable(error, socket, common));
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const WORDS: { [status: number]: string } = {
  200: 'ok',
  404: 'not found',
  405: 'method not allowed',
  503: 'unavailable',
};

function say(res: ServerResponse, status: number): void {
  if (res.headersSent) return void res.destroy();
  const body = `${WORDS[status]}\n`;
  if (status === 405) res.setHeader('allow', 'GET, HEAD');
  // A body that nobody asked for is not read: the connection ends with this answer.
  if (status !== 200) res.setHeader('connection', 'close');
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': body.length });
  res.end(body);
}

function send(req: IncomingMessage, res: ServerResponse, asset: Asset | undefined): void {
  if (!asset) {
    say(res, 404);
    return;
  }
  const accepted = req.headers['accept-encoding'];
  const br = acceptsBrotli(typeof accepted === 'string' ? accepted : null) ? asset.br : undefined;
  const body = br ?? asset.plain;
  res.writeHead(200, {
    'content-type': asset.type,
    'content-length': body.byteLength,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
    ...(br && { 'content-encoding': 'br' }),
  });
  res.end(body);
}

function lineOf(req: IncomingMessage): AccessLine {
  const path = pathOf(req.url ?? '').slice(0, 2048);
  return { at: new Date().toISOString(), method: req.method ?? '', path, status: 0, ms: 0 };
}

/** What Node could not read as HTTP. */
function unreadable(error: NodeJS.ErrnoException, socket: Socket, common: { [name: string]: string }): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const headers = Object.entries(common).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('')}content-length: 0\r\nconnection: close\r\n\r\n`);
}

function listen(server: Server, { host, port }: GateSettings): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = `The gate cannot listen on ${host} port ${port} (${error.code}). Is something else running there? Set CCI_PORT to another port.`;
      failed(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'].includes(error.code ?? '') ? new UserError([sentence]) : error);
    });
    server.listen(port, host, done);
  });
}
