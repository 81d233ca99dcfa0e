import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { GitHubApp } from '../github.ts';

/** What goes wrong with a request: refused, or, by its kind, without an answer. */
export interface GitHubFault {
  of: 'token' | 'dispatch';
  status?: number;
  headers?: { [name: string]: string };
  /** "reset": before it is looked at; "lost": after the work was done. */
  kind?: 'reset' | 'lost';
}

export interface GitHubDouble extends AsyncDisposable {
  api: string;
  app: GitHubApp;
  /** Bodies of dispatches that it took. */
  dispatches: { event_type: string; client_payload: { organizations?: string[] } }[];
  /** Worked off from the front, one a request that it is of. */
  faults: GitHubFault[];
  /** What was refused, and why. */
  refused: string[];
}

export const REPOSITORY = 'acme/reports';

/** Our reading of GitHub's API for apps and dispatches: it checks the signature, the times, the rights and the size. */
export async function githubDouble(now: () => number = Date.now): Promise<GitHubDouble> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const tokens = new Set<string>();
  const double: Omit<GitHubDouble, typeof Symbol.asyncDispose> = {
    api: '',
    app: { appId: '4711', installationId: '99', privateKey: pem },
    dispatches: [],
    faults: [],
    refused: [],
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.destroy(error));
  });

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const body = await text(request);
    const of = request.url?.endsWith('/access_tokens') ? 'token' : 'dispatch';
    const at = double.faults.findIndex((each) => each.of === of);
    const [fault] = at < 0 ? [] : double.faults.splice(at, 1);
    if (fault?.kind === 'reset') return void request.socket.resetAndDestroy();
    const [status, answer] = fault?.status ? [fault.status, {}] : answerTo(request, body);
    if (status >= 400) double.refused.push(`${of} ${status}`);
    if (fault?.kind === 'lost') return void request.socket.resetAndDestroy();
    response.writeHead(status, { 'content-type': 'application/json', ...fault?.headers });
    response.end(status === 204 ? undefined : JSON.stringify(answer));
  }

  function answerTo({ method, url, headers }: IncomingMessage, body: string): [status: number, answer?: object] {
    const [, bearer = ''] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
    if (method !== 'POST' || !headers['user-agent']) return [403];
    const value = JSON.parse(body) as { [name: string]: unknown };
    if (url === `/app/installations/${double.app.installationId}/access_tokens`) {
      if (!isSigned(bearer, publicKey, double.app.appId, now())) return [401];
      const { repositories, permissions } = value;
      if (JSON.stringify([repositories, permissions]) !== JSON.stringify([['reports'], { contents: 'write' }]))
        return [422];
      const token = `ghs_${createHash('sha256').update(bearer).digest('hex')}`;
      tokens.add(token);
      return [201, { token }];
    }
    if (url !== `/repos/${REPOSITORY}/dispatches`) return [404];
    if (!tokens.has(bearer)) return [401];
    const payload = Object(value.client_payload) as object;
    if (Buffer.byteLength(body) >= 64 * 1024 || Object.keys(payload).length > 10) return [422];
    if (String(value.event_type).length > 100) return [422];
    double.dispatches.push(value as never);
    return [204];
  }

  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  double.api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(double, {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}

/** By the public key alone, as GitHub has it, and within ten minutes. */
function isSigned(token: string, key: KeyObject, app: string, now: number): boolean {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const value = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString() || '{}') as { [name: string]: unknown };
  const { iat = 0, exp = 0, iss } = value(claims) as { iat?: number; exp?: number; iss?: string };
  const time = now / 1000;
  return (
    value(head).alg === 'RS256' &&
    iss === app &&
    iat <= time &&
    exp > time &&
    exp - iat <= 600 &&
    verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${claims}`),
      createPublicKey(key.export({ type: 'spki', format: 'pem' })),
      Buffer.from(signature, 'base64url'),
    )
  );
}
