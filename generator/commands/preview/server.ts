import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeText } from '../../lib/bytes.ts';
import { printError } from '../../lib/console.ts';
import { messageOf, UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { EVENTS_PATH, RELOAD_PATH, RELOAD_SCRIPT } from './reload.ts';
import { type PreviewAnswer, type PreviewSite, words } from './site.ts';

interface PreviewServer extends AsyncDisposable {
  url: string; // e.g., "http://127.0.0.1:4330"
  /** Tells every open page, and of a failure also those that come later. @param text for people, which pages show as text */
  tell(event: 'published' | 'failed', text?: string): void;
}

/** This machine alone can reach it. */
const HOST = '127.0.0.1';

/**
 * Serves a site on this machine, without a gate. Whoever asks by another name than this machine's own gets nothing: a page of
 * somebody else's could have its own name lead here.
 * @param port 0: any that is free
 * @throws {UserError} where the port is taken
 */
export async function startServer(site: PreviewSite, port: number): Promise<PreviewServer> {
  const listeners = new Set<ServerResponse>();
  /** Why the last build failed, for pages that are opened after it. */
  let failure = '';
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      printError(say`preview: ${messageOf(error)}`);
      send(response, request, words(500, 'This could not be read. See the terminal.'));
    });
  });
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const { port: own } = server.address() as AddressInfo;
    const refused = refusal(request, own);
    if (refused) return send(response, request, refused);
    const path = pathIn(request.url);
    if (path === EVENTS_PATH) return listen(response);
    send(
      response,
      request,
      path === RELOAD_PATH ? script() : path === undefined ? words(400, 'That is no path.') : await site(path),
    );
  };
  const listen = (response: ServerResponse) => {
    response.writeHead(200, { ...words(200, '').headers, 'content-type': 'text/event-stream' });
    response.write(`: open\n\n${failure}`);
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  };
  await listening(server, port);
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${own}`,
    tell(event, text = '') {
      const data = text.split('\n').map((line) => `data: ${line}\n`);
      const message = `event: ${event}\n${data.join('')}\n`;
      failure = event === 'failed' ? message : '';
      for (const response of listeners) response.write(message);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Why a request gets nothing; undefined where it may. */
function refusal({ method, headers }: IncomingMessage, port: number): PreviewAnswer | undefined {
  const names = [HOST, 'localhost'].map((name) => `${name}:${port}`);
  if (!names.includes(headers.host?.toLowerCase() ?? ''))
    return words(421, `The preview answers to ${names.join(' and ')} alone.`);
  if (headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate')
    return words(403, 'The preview answers no other site.');
  return method === 'GET' || method === 'HEAD' ? undefined : words(405, 'The preview only shows: use GET.');
}

/** The path that was asked for, decoded once; undefined where it is none. */
function pathIn(target = ''): string | undefined {
  const [path = ''] = target.split(/[?#]/, 1);
  try {
    const decoded = decodeURIComponent(path);
    return decoded.startsWith('/') && !decoded.startsWith('//') ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { method }: IncomingMessage, { status, headers, body }: PreviewAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.byteLength });
  response.end(method === 'HEAD' ? undefined : body);
}

const script = (): PreviewAnswer => {
  const { headers } = words(200, '');
  return {
    status: 200,
    headers: { ...headers, 'content-type': 'text/javascript; charset=utf-8' },
    body: encodeText(RELOAD_SCRIPT),
  };
};

const listening = (server: ReturnType<typeof createServer>, port: number): Promise<void> =>
  new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const why = error.code === 'EACCES' ? 'may not be used by this user' : 'is used by another program';
      fail(
        isTaken
          ? new UserError([
              say`--port: port ${port} ${why}. Name another one, or leave --port out for any that is free.`,
            ])
          : error,
      );
    });
    server.listen(port, HOST, done);
  });
