import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readManifest, readPointer, readSiteFile } from '../../generator/publish/site.ts';
import type { Store } from '../../generator/store/store.ts';

const TYPES: { [ending: string]: string } = { css: 'text/css', js: 'text/javascript', woff2: 'font/woff2' };

/** Serves one published site on loopback without a gate: for tests of the pages themselves. */
export async function serveSite(
  reports: Store,
  org: string,
  { withPolicy = true } = {},
): Promise<{ url: string; paths: string[]; close: () => Promise<void> }> {
  const current = await readPointer(reports, org);
  if (!current) throw new Error(`unpublished: ${org}`);
  const { files, csp } = await readManifest(reports, org, current.pointer);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site.invalid').pathname);
    const asset = path.startsWith('/assets/') ? await reports.get(path.slice(1)) : undefined;
    const file = files[path] ?? files['/404.html'];
    if (withPolicy) response.setHeader('content-security-policy', csp);
    if (asset) {
      response.setHeader('content-type', TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
      response.end(asset.body);
    } else if (file) {
      response.writeHead(files[path] ? 200 : 404, { 'content-type': file.type });
      response.end(await readSiteFile(reports, org, file));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths: Object.keys(files),
    close: () => new Promise((done) => server.close(() => done())),
  };
}
