import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../../generator/lib/errors.ts';
import { type Printable, say } from '../../../generator/lib/printable.ts';
import { type GateSettings, gateSettings } from '../../../site/gate/settings.ts';
import { makeKeys, publishableKeyOf } from './forge.ts';
import { refuseRealWorld } from './guard.ts';
import type { IdentityOptions } from './people.ts';
import { answer } from './routes.ts';
import { openSessions } from './sessions.ts';
import { readStyle } from './style.ts';

export interface Identity {
  url: string; // e.g., "http://127.0.0.1:4322"
  /** How the gate is set up to believe this identity; nothing else differs from production. */
  gate: GateSettings;
  close(): Promise<void>;
}

/**
 * Stands in for Clerk in the demo: lets anybody choose who to be, signs Clerk-shaped tokens with a key that lives as long as
 * the program, and answers the handshake. On loopback and over made-up data only.
 * @throws {UserError} where either is not so, or the port cannot be had
 */
export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  const { gateOrigin, port, results } = options;
  await refuseRealWorld(gateOrigin, results);
  const { hostname, port: gatePort } = new URL(gateOrigin);
  const [keys, style] = [makeKeys(), await readStyle()];
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 });
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(new UserError([busy(port, error.code)])));
    server.listen(port, '127.0.0.1', done);
  });
  const own = (server.address() as AddressInfo).port;
  // Cookies know no ports, so this must have the gate's own host name.
  const url = `http://${hostname}:${own}`;
  // A reserved name, so that no token of this can be taken for a real one; with the port, two demos can share a browser.
  const host = `clerk-${own}.cci-demo.invalid`;
  const publishableKey = publishableKeyOf(host);
  const gate: GateSettings = {
    ...gateSettings(
      {
        siteUrl: gateOrigin,
        publishableKey,
        secretKey: 'sk_live_nothing-is-asked-of-clerk',
        jwtKey: keys.pem,
        signInUrl: `${url}/sign-in`,
        port: gatePort,
      },
      { production: false },
    ),
    selectOrganizationUrl: `${url}/select-organization`,
    signOutUrl: `${url}/sign-out`,
    proxyUrl: url,
    frontend: url,
    // The discard port: a call to Clerk's API would fail at once.
    apiUrl: 'http://127.0.0.1:9',
  };
  const sessions = openSessions({ ...options, keys, publishableKey, issuer: gate.issuer });
  server.on('request', (req, res) => {
    answer(req, res, { ...options, url, style, sessions }).catch(() => res.destroy());
  });
  return {
    url,
    gate,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const busy = (port: number, code: string | undefined): Printable =>
  say`The demo identity cannot listen on 127.0.0.1 port ${port} (${code ?? ''}). Is another demo running? Stop it, or choose another port.`;
