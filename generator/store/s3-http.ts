import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Connections to a server, which are kept open. */
export interface Agents {
  http: HttpAgent;
  https: HttpsAgent;
  /** A connection that takes longer to be made is given up. */
  connectMs: number;
  /** A connection on which nothing moves for so long is given up. */
  idleMs: number;
}

export function openAgents(atOnce: number, connectMs: number, idleMs: number): Agents {
  const options = { keepAlive: true, maxSockets: atOnce };
  return { http: new HttpAgent(options), https: new HttpsAgent(options), connectMs, idleMs };
}

/** A request without a body. */
interface HttpRequest {
  protocol: string; // e.g., "https:"
  hostname: string;
  port?: number | undefined;
  path: string;
  headers: { [name: string]: string };
}

export interface HttpAnswer {
  status: number;
  headers: { [name: string]: string | undefined };
  body: Uint8Array;
}

/** Send a GET and read the answer to its end. @throws where the connection breaks or nothing comes, with Node's code or as `TimeoutError` */
export function exchange(request: HttpRequest, agents: Agents, signal: AbortSignal): Promise<HttpAnswer> {
  const { connectMs, idleMs } = agents;
  const secure = request.protocol === 'https:';
  return new Promise((done, fail) => {
    const sent = (secure ? httpsRequest : httpRequest)({
      method: 'GET',
      // Node takes an IPv6 address without its brackets.
      hostname: request.hostname.replace(/^\[|\]$/g, ''),
      port: request.port,
      path: request.path,
      headers: request.headers,
      agent: secure ? agents.https : agents.http,
      timeout: idleMs,
      signal,
    });
    const giveUp = (why: string) => () => void sent.destroy(Object.assign(new Error(why), { name: 'TimeoutError' }));
    sent.on('timeout', giveUp(`nothing came for ${idleMs} ms`));
    sent.on('socket', (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(giveUp(`no connection in ${connectMs} ms`), connectMs);
      socket.once('connect', () => clearTimeout(timer));
      sent.once('close', () => clearTimeout(timer));
    });
    sent.on('error', fail);
    sent.on('response', (response) => readAll(response).then(done, fail));
    sent.end();
  });
}

function readAll(response: IncomingMessage): Promise<HttpAnswer> {
  const { statusCode = 0, headers } = response;
  const chunks: Buffer[] = [];
  return new Promise((done, fail) => {
    response.on('data', (chunk) => void chunks.push(chunk));
    response.on('error', fail);
    // Node fails a body that ends before its announced length.
    response.on('end', () => {
      const [only = Buffer.alloc(0)] = chunks;
      const body = chunks.length > 1 ? Buffer.concat(chunks) : only;
      done({ status: statusCode, headers: headers as HttpAnswer['headers'], body });
    });
  });
}
