// The bucket of `npm run bench fetch`, in a process of its own so that it takes none of the reader's thread. It answers
// GET of any call's object with the same bytes, and keeps If-Match. It prints its port.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { partOf } from '../../../generator/source/layout.ts';
import { bodyOf, ETAG } from './objects.ts';

const bodies = { calls: bodyOf('calls'), qa: bodyOf('qa'), enriched: bodyOf('enriched'), metadata: bodyOf('metadata') };

const server = createServer((request, response) => {
  const [path = ''] = (request.url ?? '').split('?');
  // "/bucket/<org>/..."
  const found = partOf(path.split('/').slice(3).join('/'));
  const status = !found ? 404 : (request.headers['if-match'] ?? ETAG) === ETAG ? 200 : 412;
  const body = found && status === 200 ? bodies[found.part] : Buffer.alloc(0);
  response.writeHead(status, {
    'content-type': 'application/octet-stream',
    'content-length': body.byteLength,
    etag: ETAG,
    'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
    'x-amz-request-id': 'bench',
  });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
