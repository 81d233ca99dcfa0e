import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants } from 'node:zlib';
import type { SiteFile } from '../../generator/publish/manifest.ts';
import { readManifest, readPointer } from '../../generator/publish/read.ts';
import { ungated } from '../../generator/publish/ungated.ts';
import { collect } from '../../generator/store/ranges.ts';
import type { Store } from '../../generator/store/store.ts';
import type { OrganizationId } from '../gate/auth/tenant.ts';
import { openSites } from '../gate/content/sites.ts';
import { FILE_CSP, headersFor, withSessionFrame } from '../gate/http/headers.ts';
import { sitePath } from '../gate/http/target.ts';
import type { GateSettings } from '../gate/settings.ts';

export interface ServedSite {
  url: string; // e.g., "http://127.0.0.1:40123"
  /** All paths of the site, in order. */
  paths: string[];
  close: () => Promise<void>;
}

/**
 * Serves one published site on loopback to whoever asks, with the gate's own headers: for tests of the pages themselves.
 * @param options.withPolicy false: without the content security policy
 */
export async function serveSite(reports: Store, org: string, { withPolicy = true } = {}): Promise<ServedSite> {
  const current = await readPointer(reports, org);
  if (!current) throw new Error(`unpublished: ${org}`);
  const { files: listed, csp } = await readManifest(reports, org, current.pointer);
  const files = new Map(await collect(listed));
  const sites = openSites(reports);
  /** What was asked for, by its blob: the site stays as it is. */
  const bodies = new Map<string, Uint8Array>();
  let url = '';

  async function answer({ url: target = '/' }: IncomingMessage, res: ServerResponse): Promise<void> {
    const settings: GateSettings = { ...SETTINGS, origin: url };
    for (const [name, value] of Object.entries(headersFor(settings))) res.setHeader(name, value);
    if (target.startsWith('/assets/')) return sendAsset(res, await sites.asset(target));
    const path = sitePath(target) ?? NOT_FOUND;
    const status = path !== NOT_FOUND && files.has(path) ? 200 : 404;
    const file = files.get(status === 200 ? path : NOT_FOUND);
    if (!file) return void res.writeHead(404).end();
    const isPage = file.type.startsWith('text/html');
    if (withPolicy) res.setHeader('content-security-policy', isPage ? withSessionFrame(csp, settings) : FILE_CSP);
    else res.removeHeader('content-security-policy');
    const body = bodies.get(file.blob) ?? (await bodyOf(file, isPage));
    bodies.set(file.blob, body);
    if (isPage || file.encoding) res.setHeader('content-encoding', 'br');
    res.writeHead(status, { 'content-type': file.type, 'cache-control': 'private, no-cache' });
    res.end(body);
  }

  async function bodyOf(file: SiteFile, isPage: boolean): Promise<Uint8Array> {
    // As an exported site: nobody signs in here.
    const bytes = await sites.read(org as OrganizationId, file, isPage ? 'identity' : (file.encoding ?? 'identity'));
    return isPage ? brotliCompressSync(ungated(Buffer.from(bytes).toString('utf8')), QUICK) : bytes;
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
    paths: [...files.keys()].sort(),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const NOT_FOUND = '/404.html';

/** Of a gate that nobody signs in at. */
const SETTINGS: Omit<GateSettings, 'origin'> = {
  host: '127.0.0.1',
  port: 0,
  proxies: 0,
  publishableKey: '',
  secretKey: '',
  jwtKeys: [],
  issuer: 'https://clerk.example.com',
  frontend: 'https://clerk.example.com',
  signInUrl: '/sign-in',
  selectOrganizationUrl: '/select-organization',
  signOutUrl: '/sign-out',
};
