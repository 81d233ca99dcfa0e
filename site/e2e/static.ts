import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readManifest, readPointer } from '../../generator/publish/site.ts';
import type { Store } from '../../generator/store/store.ts';
import { headersFor } from '../gate/headers.ts';
import type { GateRequest } from '../gate/request.ts';
import type { GateSettings } from '../gate/settings.ts';
import { siteResponse } from '../gate/site-response.ts';
import { openSites } from '../gate/sites.ts';

export interface ServedSite {
  url: string; // e.g., "http://127.0.0.1:40123"
  /** All paths of the site. */
  paths: string[];
  close: () => Promise<void>;
}

/**
 * Serves one published site on loopback to whoever asks, with the gate's own answers and headers: for tests of the pages
 * themselves.
 * @param options.withPolicy false: without the content security policy
 */
export async function serveSite(reports: Store, org: string, { withPolicy = true } = {}): Promise<ServedSite> {
  const current = await readPointer(reports, org);
  if (!current) throw new Error(`unpublished: ${org}`);
  const { files } = await readManifest(reports, org, current.pointer);
  const sites = openSites(reports);
  const session = { tokenType: 'session_token', isAuthenticated: true, userId: 'user_test', orgId: org };
  let url = '';

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const target = req.url ?? '/';
    const settings: GateSettings = { ...SETTINGS, origin: url };
    for (const [name, value] of Object.entries(headersFor(settings))) res.setHeader(name, value);
    if (target.startsWith('/assets/')) return sendAsset(res, await sites.asset(target));
    const gate: GateRequest = {
      settings,
      sites,
      target,
      line: { at: '', method: '', path: '', status: 0, bytes: 0, ms: 0 },
    };
    const headers = { 'accept-encoding': String(req.headers['accept-encoding'] ?? '') };
    const response = await siteResponse({ gate, auth: () => session }, new Request(new URL(target, url), { headers }));
    res.setHeaders(response.headers);
    if (!withPolicy) res.removeHeader('content-security-policy');
    if (gate.redirect) res.writeHead(302, { location: gate.redirect }).end();
    else res.writeHead(response.status).end(Buffer.from(await response.arrayBuffer()));
  }

  function sendAsset(res: ServerResponse, asset: Awaited<ReturnType<typeof sites.asset>>): void {
    if (!asset) return void res.writeHead(404).end();
    const encoding = asset.br && { 'content-encoding': 'br' };
    res.writeHead(200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      ...encoding,
    });
    res.end(asset.br ?? asset.plain);
  }

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => res.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    paths: Object.keys(files),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Of a gate that nobody signs in at. */
const SETTINGS: Omit<GateSettings, 'origin'> = {
  host: '127.0.0.1',
  port: 0,
  publishableKey: '',
  secretKey: '',
  jwtKeys: [],
  issuer: 'https://clerk.example.com',
  frontend: 'https://clerk.example.com',
  signInUrl: '/sign-in',
  selectOrganizationUrl: '/select-organization',
  signOutUrl: '/sign-out',
  proxies: 0,
};
