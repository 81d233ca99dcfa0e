import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import {
  type Claims,
  forge,
  type Keys,
  makeKeys,
  publishableKeyOf,
  sessionClaims,
} from '../../../scripts/demo/identity/forge.ts';
import { openSites } from '../content/sites.ts';
import type { AccessLine } from '../context.ts';
import { loadHandler } from '../front/bundle.ts';
import { type GateOptions, startGate } from '../front/front.ts';
import { gateSettings } from '../settings.ts';

/** For tests only: the gate as it is built, over a store of the test's, with a Clerk API that counts what it is asked. */

const ORIGIN = 'https://reports.example.com';
export const PUBLISHABLE_KEY: string = publishableKeyOf('clerk.example.com');
/** As a browser asks for a page. */
export const PAGE = ['Sec-Fetch-Dest: document', 'Accept: text/html'];

export interface StartedGate extends AsyncDisposable {
  port: number;
  keys: Keys;
  lines: AccessLine[];
  /** Requests that came to Astro's and Clerk's code. */
  entered(): number;
  /** Paths that Clerk's API was asked for. */
  asked: string[];
  /** A signed token of a member. */
  token(claims?: Claims, now?: number): string;
  /** The same as a header. */
  session(claims?: Claims): string;
}

/** @param api answers in Clerk's place; `keys` of the instance, and those before them */
export async function startTestGate({
  store = memoryStore(),
  keys = makeKeys(),
  previous,
  api = (_req, res) => void res.writeHead(404).end('{}'),
  ...options
}: {
  store?: Store;
  keys?: Keys;
  previous?: Keys;
  api?: RequestListener;
} & Partial<GateOptions> = {}): Promise<StartedGate> {
  const asked: string[] = [];
  const clerk = createServer((req, res) => {
    asked.push(req.url ?? '');
    api(req, res);
  }).listen(0, '127.0.0.1');
  await once(clerk, 'listening');
  const settings = gateSettings(
    {
      ...{ siteUrl: ORIGIN, publishableKey: PUBLISHABLE_KEY, secretKey: 'sk_live_x' },
      ...{ jwtKey: keys.pem, jwtKeyPrevious: previous?.pem },
    },
    { production: true, env: {} },
  );
  const lines: AccessLine[] = [];
  const handler = await loadHandler();
  let entered = 0;
  const gate = await startGate({
    handler: (...request) => {
      entered++;
      return handler(...request);
    },
    sites: openSites(store),
    settings: { ...settings, port: 0, apiUrl: `http://127.0.0.1:${(clerk.address() as AddressInfo).port}` },
    log: (line) => lines.push(line),
    ...options,
  });
  const token = (claims: Claims = {}, now?: number) => {
    const facts = { issuer: 'https://clerk.example.com', origin: ORIGIN, user: 'user_1', now };
    return forge({ ...sessionClaims({ ...facts, org: { id: 'org_1', name: 'One' } }), ...claims }, { keys });
  };
  return {
    port: Number(new URL(gate.url).port),
    keys,
    lines,
    entered: () => entered,
    asked,
    token,
    session: (claims) => `Cookie: __session=${token(claims)}; __client_uat=1`,
    async [Symbol.asyncDispose]() {
      await gate.close();
      clerk.closeAllConnections();
      await once(clerk.close(), 'close');
    },
  };
}
