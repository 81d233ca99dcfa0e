// A bare static server of node:http, in a process of its own: the least that Node can do. Arguments: folder. It prints its port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sha256 } from '../../../generator/lib/bytes.ts';

const folder = process.argv[2] ?? '.';
const files = new Map(
  ['/page.html', '/br/page.html'].map((path) => {
    const body = readFileSync(join(folder, path));
    return [path, { body, etag: `"${sha256(body)}"`, br: path.startsWith('/br/') }];
  }),
);

const server = createServer((request, response) => {
  const file = files.get(request.url ?? '');
  if (!file) return response.writeHead(404, { 'content-length': 0 }).end();
  const { body, etag, br } = file;
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
  const type = { 'content-type': 'text/html; charset=utf-8', 'content-length': body.byteLength, etag };
  return response.writeHead(200, br ? { ...type, 'content-encoding': 'br' } : type).end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
