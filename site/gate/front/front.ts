import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { printError } from '../../../generator/lib/console.ts';
import { messageOf, UserError } from '../../../generator/lib/errors.ts';
import { type Printable, printable } from '../../../generator/lib/printable.ts';
import type { Audit } from '../audit.ts';
import { clerkEnvironment } from '../auth/clerk-environment.ts';
import { signedOutAnswer } from '../auth/signed-out.ts';
import { readClientFiles, readPublicFile } from '../content/assets.ts';
import type { Freshness } from '../content/freshness.ts';
import type { Recordings } from '../content/recordings.ts';
import type { Sites } from '../content/sites.ts';
import type { AccessLine, GateRequest } from '../context.ts';
import { headersFor } from '../http/headers.ts';
import { cleanHeaders, meantPath, pageOf, queryOf, refusal } from '../http/target.ts';
import type { Meter } from '../meter.ts';
import type { GateSettings } from '../settings.ts';
import { UNSUBSCRIBE_PATH, type UnsubscribePages } from '../unsubscribe.ts';
import { logging } from './access-log.ts';
import { CLIENT_FILES, type NodeHandler } from './bundle.ts';
import { clientAddress } from './client-address.ts';
import { answerInTime } from './deadline.ts';
import { openDevelopment } from './development.ts';
import { sayHealth } from './health.ts';
import { limiter, type Rate } from './limiter.ts';
import { say, send, turnAway, unreadable } from './respond.ts';
import { shortWay } from './short-way.ts';
import { inTurn } from './turns.ts';
import { visitors, webHeaders } from './visitor.ts';

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
  /** Without them, sites that let their readers hear recordings say that these cannot be opened here. */
  recordings?: Recordings;
  settings: GateSettings;
  /** Answers the links that end a digest, before any session is asked for; without it there are none. */
  unsubscribe?: UnsubscribePages;
  /** Whether the reports are as new as they should be, for `/healthz?fresh`. */
  freshness?: () => Promise<Freshness>;
  /** Counts requests, and what is done for them. */
  meter?: Meter;
  /** Takes one line for each request, after its response. */
  log?: (line: AccessLine) => void;
  /** Keeps who was shown which call. */
  audit?: Audit;
  /** Folder of the bundle's client files. */
  client?: string;
  /** A request without an answer for so long gets the gate's own. */
  answerMs?: number;
  /** Answer plain requests here, without Astro: the default. Without it the answers are the same, and dearer. */
  short?: boolean;
  /** Listen on a socket with this path instead of the settings' port. */
  socket?: string;
}

/** Signing in starts at Clerk, which has limits of its own: this only keeps the gate from being kept busy. */
const SIGN_IN: Rate = { burst: 60, perMinute: 60 };
/** Bad tokens of one address. They cannot be guessed; who tries is slowed down all the same. */
const BAD_TOKENS: Rate = { burst: 20, perMinute: 20 };
/** The gate's one style sheet and the script of its one page that has one, among the bundle's client files. */
const [SHEET, FORGET] = [/^\/_gate\/gate\.[^/]*\.css$/, /^\/_gate\/forget\.[^/]*\.js$/];
const ICON = new URL('../favicon.ico', import.meta.url);
/** A connection on which nothing moves for so long is closed. */
const IDLE_MS = 60_000;
const ANSWER_MS = 10_000;

/**
 * The small server in front of the bundle: turns away what no browser sends, takes away what could speak for somebody else,
 * and puts the security headers on every response, whoever writes it.
 * @throws {UserError} where the port cannot be had
 */
export async function startGate(options: GateOptions): Promise<Gate> {
  const { handler, sites, recordings, settings, log, audit, unsubscribe, client = CLIENT_FILES } = options;
  const { answerMs = ANSWER_MS, short = true, freshness, meter } = options;
  const development = settings.development ? await openDevelopment(settings) : undefined;
  const files = await readClientFiles(client);
  if (development) files.set(development.sheet.path, development.sheet.file);
  const fileLike = (pattern: RegExp) => [...files.keys()].find((path) => pattern.test(path)) ?? '';
  const sheet = fileLike(SHEET);
  const icon = await readPublicFile(ICON);
  const common = headersFor(settings);
  const everywhere = Object.entries(common);
  const environment = clerkEnvironment(settings);
  const visitorOf = visitors(settings);
  const addresses = { sheet, forget: fileLike(FORGET) };
  const answeredShortly = short ? shortWay(settings, addresses, meter) : async () => false;
  const [takeSignIn, takeBadToken] = [limiter(SIGN_IN), limiter(BAD_TOKENS)];
  const said = new Set<string>();
  const noteOnce = (sentence: Printable) => {
    if (!said.has(sentence)) printError(sentence);
    said.add(sentence);
  };

  async function answer(req: IncomingMessage, res: ServerResponse, line: AccessLine): Promise<void> {
    const cameByQuery = development?.takeHandshake(req);
    const target = req.url ?? '';
    const path = meantPath(target);
    const address = () => clientAddress(req.socket.remoteAddress, forwardedFor(req), settings.proxies);
    if (path.startsWith(UNSUBSCRIBE_PATH)) {
      const token = path.slice(UNSUBSCRIBE_PATH.length);
      const wait = unsubscribe?.accepts(token) ? 0 : takeBadToken(address());
      if (wait > 0) return tooMany(res, wait);
      return unsubscribe ? unsubscribe.answer(req, res, token, sheet) : say(res, 404);
    }
    const wait = /^\/sign-in(?:\/|$)/.test(path) ? takeSignIn(address()) : 0;
    if (wait > 0) return tooMany(res, wait);
    if (path === '/healthz') return queryOf(target).has('fresh') ? sayHealth(res, line, freshness) : say(res, 200);
    // Browsers ask for it by themselves, also where a page names another one.
    if (path === '/favicon.ico') return send(req, res, icon, 'public, max-age=86400');
    if (path.startsWith('/_gate/')) return send(req, res, files.get(path));
    if (path.startsWith('/assets/')) return send(req, res, await sites.asset(path));
    // Astro has paths of its own there.
    if (path.startsWith('/_')) return say(res, 404);
    const gate: GateRequest = {
      settings,
      sites,
      target,
      line,
      out: res,
      noteOnce,
      ...(cameByQuery && { cameByQuery }),
      ...(recordings && { recordings }),
      ...(audit && { audit: audit.note }),
    };
    if (req.headers.cookie !== undefined && (await answeredShortly(req, res, gate))) return;
    const { isNobody, cookie, ...came } = visitorOf(req, address());
    const signedOut = isNobody ? signedOutAnswer(settings, target, webHeaders(req.headers)) : undefined;
    if (typeof signedOut === 'object') return turnAway(req, res, signedOut, pageOf(target) === '/session');
    cleanHeaders(req.headers, settings.origin);
    req.headers.cookie = cookie;
    meter?.session('long_way');
    await handler(req, res, () => say(res, 404), { gate: { ...gate, ...came }, runtime: { env: environment } });
  }

  const { lineOf, logWhenClosed, logUnanswered } = logging(log, meter);
  const { take, atLast } = inTurn((req, res) => {
    const refused = refusal(req.method, req.url, settings.development) ?? development?.refusal(req);
    development?.bannered(req, res);
    const line = lineOf(req, refused);
    for (const [name, value] of everywhere) res.setHeader(name, value);
    logWhenClosed(req, res, line, refused !== undefined);
    const isLate = answerInTime(req, res, answerMs, () => {
      printError(printable(`gate: ${line.path}: there was no answer within ${answerMs / 1000} s`));
      say(res, 503);
    });
    if (refused !== undefined) return say(res, refused);
    answer(req, res, line).catch((error: unknown) => {
      if (isLate()) return;
      printError(printable(`gate: ${line.path}: ${messageOf(error)}`));
      say(res, 503);
    });
  }, logUnanswered);
  const server = createServer(
    {
      requireHostHeader: false,
      maxHeaderSize: development ? 32_768 : 16_384,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
    },
    take,
  );
  // Node's own answer to an unknown `Expect` has no headers of ours, and leaves no line.
  server.on('checkExpectation', take);
  server.setTimeout(IDLE_MS);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code !== 'ECONNRESET') meter?.unreadable();
    atLast(socket, () => unreadable(error, socket, common));
  });
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

function tooMany(res: ServerResponse, seconds: number): void {
  res.setHeader('retry-after', String(seconds));
  say(res, 429);
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
