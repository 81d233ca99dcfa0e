import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  cookieSuffix,
  forge,
  type Keys,
  publishableKeyOf,
  sessionClaims,
} from '../../../scripts/demo/identity/forge.ts';

/** For tests only: a development instance of Clerk, as far as a gate and a browser's navigations see one; no part of it is Clerk's code. */

const HOST = 'able-cat-12.clerk.accounts.dev';
export const TEST_ISSUER = `https://${HOST}`;
export const TEST_KEY: string = publishableKeyOf(HOST).replace('pk_live_', 'pk_test_');

/** Who is signed in, and what has become active. */
interface SignedIn {
  user: string;
  org?: { id: string; name: string };
}

export interface DevelopmentInstance extends AsyncDisposable {
  /** Of its frontend API and its backend API. */
  url: string;
  /** Browsers that it knows, by their `__clerk_db_jwt`. */
  browsers: Map<string, SignedIn | undefined>;
  /** Paths that it was asked for. */
  asked: string[];
  /** A session's token as this instance signs it. */
  token(who: SignedIn): string;
}

/**
 * @param options.origin of the site; `by` how it hands over the end of a handshake; `signs` what it signs with, where that is not
 *   what its API says
 */
export async function startDevelopmentInstance({
  keys,
  origin,
  by = 'token',
  signs = keys,
}: {
  keys: Keys;
  origin: string;
  by?: 'token' | 'nonce';
  signs?: Keys;
}): Promise<DevelopmentInstance> {
  const browsers = new Map<string, SignedIn | undefined>();
  const payloads = new Map<string, string[]>();
  const asked: string[] = [];
  const suffix = cookieSuffix(TEST_KEY);
  const token = ({ user, org }: SignedIn) =>
    forge(sessionClaims({ issuer: TEST_ISSUER, origin, user, ...(org && { org }) }), { keys: signs });

  function directives(browser: string): string[] {
    const who = browsers.get(browser);
    const uat = who ? Math.floor(Date.now() / 1000) - 1 : 0;
    const session = who ? `__session=${token(who)}; Path=/; SameSite=Lax` : '__session=; Path=/; Max-Age=0';
    const known = `__clerk_db_jwt=${browser}; Path=/; SameSite=Lax; Max-Age=31536000`;
    const pairs = [known, session, `__client_uat=${uat}; Path=/; SameSite=Lax; Max-Age=315360000`];
    return [...pairs, ...pairs.map((each) => each.replace('=', `_${suffix}=`))];
  }

  function handshake(url: URL, res: ServerResponse): void {
    const known = url.searchParams.get('__clerk_db_jwt');
    const browser = known !== null && browsers.has(known) ? known : `dvb_${browsers.size + 1}`;
    if (!browsers.has(browser)) browsers.set(browser, undefined);
    const back = new URL(String(url.searchParams.get('redirect_url')));
    if (by === 'nonce') {
      const nonce = `nonce${payloads.size + 1}`;
      payloads.set(nonce, directives(browser));
      back.searchParams.set('__clerk_handshake_nonce', nonce);
    } else back.searchParams.set('__clerk_handshake', forge({ handshake: directives(browser) }, { keys: signs }));
    res.writeHead(307, { location: back.href }).end();
  }

  const server = createServer((req: IncomingMessage, res) => {
    const url = new URL(req.url ?? '/', 'http://instance');
    asked.push(url.pathname);
    const json = (status: number, body: unknown) =>
      void res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/v1/client/handshake') return handshake(url, res);
    if (req.headers.authorization !== 'Bearer sk_test_x') return json(401, { errors: [{ message: 'Unauthorized' }] });
    if (url.pathname === '/v1/jwks')
      return json(200, {
        keys: [{ ...createPublicKey(keys.pem).export({ format: 'jwk' }), kid: 'ins_1', alg: 'RS256' }],
      });
    const found = payloads.get(url.searchParams.get('nonce') ?? '');
    return found ? json(200, { directives: found }) : json(404, { errors: [{ message: 'not found' }] });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    browsers,
    asked,
    token,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
