import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { printError } from '../../../generator/lib/console.ts';
import { messageOf, UserError } from '../../../generator/lib/errors.ts';
import { type Printable, printable } from '../../../generator/lib/printable.ts';
import type { Audit } from '../audit.ts';
import { clerkEnvironment } from '../auth/clerk-environment.ts';
import { readClientFiles, readPublicFile } from '../content/assets.ts';
import type { Sites } from '../content/sites.ts';
import type { AccessLine, GateRequest } from '../context.ts';
import { headersFor } from '../http/headers.ts';
import { cleanHeaders, pathOf, refusal } from '../http/target.ts';
import type { GateSettings } from '../settings.ts';
import { UNSUBSCRIBE_PATH, type UnsubscribePages } from '../unsubscribe.ts';
import { CLIENT_FILES, type NodeHandler } from './bundle.ts';
import { clientAddress } from './client-address.ts';
import { limiter, type Rate } from './limiter.ts';
import { say, send, unreadable } from './respond.ts';

export interface Gate {
  /** Where it listens. */
  url: string; // e.g., "http://127.0.0.1:4321"
  /** @param graceMs how long requests under way may still take */
  close(graceMs?: number): Promise<void>;
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
  /** Keeps who was shown which call. */
  audit?: Audit;
  /** Folder of the bundle's client files. */
  client?: string;
  /** Listen on a socket with this path instead of the settings' port. */
  socket?: string;
}

/** Signing in starts at Clerk, which has limits of its own: this only keeps the gate from being kept busy. */
const SIGN_IN: Rate = { burst: 60, perMinute: 60 };
/** Tokens cannot be guessed; who tries is slowed down all the same. */
const UNSUBSCRIBE: Rate = { burst: 20, perMinute: 20 };
/** The gate's one style sheet, among the bundle's client files. */
const SHEET = /^\/_gate\/gate\.[^/]*\.css$/;
const ICON = new URL('../favicon.ico', import.meta.url);
/** A connection on which nothing moves for so long is closed. */
const IDLE_MS = 60_000;

/**
 * The small server in front of the bundle: turns away what no browser sends, takes away what could speak for somebody else,
 * and puts the security headers on every response, whoever writes it.
 * @throws {UserError} where the port cannot be had
 */
export async function startGate(options: GateOptions): Promise<Gate> {
  const { handler, sites, settings, log, audit, unsubscribe, client = CLIENT_FILES } = options;
  const files = await readClientFiles(client);
  const sheet = [...files.keys()].find((path) => SHEET.test(path)) ?? '';
  const icon = await readPublicFile(ICON);
  const common = headersFor(settings);
  const environment = clerkEnvironment(settings);
  const limits = [
    { path: /^\/sign-in(?:\/|$)/, take: limiter(SIGN_IN) },
    { path: /^\/u(?:\/|$)/, take: limiter(UNSUBSCRIBE) },
  ];
  const said = new Set<string>();
  const noteOnce = (sentence: Printable) => {
    if (!said.has(sentence)) printError(sentence);
    said.add(sentence);
  };

  async function answer(req: IncomingMessage, res: ServerResponse, line: AccessLine): Promise<void> {
    const target = req.url ?? '';
    const refused = refusal(req.method, target);
    if (refused !== undefined) return say(res, refused);
    const path = pathOf(target);
    const limit = limits.find((each) => each.path.test(decodeURIComponent(path)));
    const wait = limit?.take(clientAddress(req.socket.remoteAddress, forwardedFor(req), settings.proxies)) ?? 0;
    if (wait > 0) {
      res.setHeader('retry-after', String(wait));
      return say(res, 429);
    }
    if (path.startsWith(UNSUBSCRIBE_PATH))
      return unsubscribe ? unsubscribe(req, res, path.slice(UNSUBSCRIBE_PATH.length), sheet) : say(res, 404);
    if (path === '/healthz') return say(res, 200);
    // Browsers ask for it by themselves, also where a page names another one.
    if (path === '/favicon.ico') return send(req, res, icon, 'public, max-age=86400');
    if (path.startsWith('/_gate/')) return send(req, res, files.get(path));
    if (path.startsWith('/assets/')) return send(req, res, await sites.asset(path));
    // Astro has paths of its own there.
    if (path.startsWith('/_')) return say(res, 404);
    cleanHeaders(req.headers, settings.origin);
    const gate: GateRequest = {
      settings,
      sites,
      target,
      line,
      out: res,
      noteOnce,
      ...(audit && { audit: audit.note }),
    };
    await handler(req, res, () => say(res, 404), { gate, runtime: { env: environment } });
  }

  const take = (req: IncomingMessage, res: ServerResponse) => {
    const started = performance.now();
    const sent = req.socket.bytesWritten;
    const line = lineOf(req);
    for (const [name, value] of Object.entries(common)) res.setHeader(name, value);
    res.once('close', () => {
      const ms = Math.round(performance.now() - started);
      log?.({ ...line, status: res.statusCode, bytes: req.socket.bytesWritten - sent, ms });
    });
    answer(req, res, line).catch((error: unknown) => {
      printError(printable(`gate: ${line.path}: ${messageOf(error)}`));
      say(res, 503);
    });
  };
  const server = createServer(
    { requireHostHeader: false, maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 },
    take,
  );
  // Node's own answer to an unknown `Expect` has no headers of ours, and leaves no line.
  server.on('checkExpectation', take);
  server.setTimeout(IDLE_MS);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => unreadable(error, socket, common));
  await listen(server, settings, options.socket);
  return { url: urlOf(server, settings), close: (graceMs = 0) => close(server, graceMs) };
}

function urlOf(server: Server, { host }: GateSettings): string {
  const address = server.address() as AddressInfo | string;
  if (typeof address === 'string') return `unix:${address}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

/** Take nothing new; what is under way may end within the grace. */
function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((done) => {
    const end = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(end);
      done();
    });
    if (graceMs === 0) server.closeAllConnections();
  });
}

/** Node joins several such headers in their order. */
const forwardedFor = (req: IncomingMessage): string | undefined => req.headers['x-forwarded-for'] as string | undefined;

function lineOf(req: IncomingMessage): AccessLine {
  // Whoever holds the token of an unsubscribe link may use it: it is no matter for a log.
  const path = pathOf(req.url ?? '')
    .slice(0, 2048)
    .replace(/^\/u\/.*/, '/u/…');
  return { at: new Date().toISOString(), method: req.method ?? '', path, status: 0, bytes: 0, ms: 0 };
}

function listen(server: Server, { host, port }: GateSettings, socket: string | undefined): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = `The gate cannot listen on ${host} port ${port} (${error.code}). Is something else running there? Set CCI_PORT to another port.`;
      failed(
        ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'].includes(error.code ?? '')
          ? new UserError([printable(sentence)])
          : error,
      );
    });
    if (socket === undefined) server.listen(port, host, done);
    else server.listen(socket, done);
  });
}
