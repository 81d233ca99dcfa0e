import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { inTurn } from './turns.ts';

const REQUEST = 'GET /x HTTP/1.1\r\nHost: x\r\n\r\n';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** However busy the machine is. */
const soon = <T>(ask: () => T) => expect.poll(ask, { timeout: 120_000, interval: 2 });

/** A server whose requests are answered when the test says so, and a connection to it. */
async function startServer(most?: number) {
  const under: ServerResponse[] = [];
  const seen = { read: 0, taken: 0, most: 0, dropped: 0 };
  const { take, atLast } = inTurn(
    (_req, res) => {
      seen.taken++;
      under.push(res);
      seen.most = Math.max(seen.most, under.length);
    },
    () => void seen.dropped++,
    most,
  );
  let theirs: Socket | undefined;
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    seen.read++;
    theirs = req.socket;
    take(req, res);
  });
  server.on('clientError', (_, socket: Socket) =>
    atLast(socket, () => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  let heard = '';
  client.on('data', (chunk) => (heard += String(chunk)));
  close = async () => {
    client.destroy();
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  return {
    client,
    seen,
    server: () => theirs as Socket,
    answers: () => heard.split('HTTP/1.1 200').length - 1,
    statuses: () => [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status),
    answer: () => void under.shift()?.end('ok'),
  };
}

describe('requests of one connection', () => {
  it('are handled one at a time, and answered in their order', async () => {
    const { client, seen, answer, answers } = await startServer();
    client.write(REQUEST.repeat(5));
    for (let i = 1; i <= 5; i++) {
      await soon(() => seen.taken).toBe(i);
      answer();
    }
    await soon(answers).toBe(5);
    expect(seen).toEqual({ read: 5, taken: 5, most: 1, dropped: 0 });
    expect(client.destroyed).toBe(false);
  });

  it('are answered up to the number, and then the connection ends', async () => {
    const { client, seen, answer, answers } = await startServer(8);
    client.write(REQUEST.repeat(3000));
    const closed = once(client, 'close');
    for (let i = 1; i <= 8; i++) {
      await soon(() => seen.taken).toBe(i);
      answer();
    }
    await closed;
    expect(answers()).toBe(8);
    expect(seen).toMatchObject({ taken: 8, most: 1, dropped: 1 });
  });

  it('are answered before it is said that one behind them cannot be read', async () => {
    const { client, seen, answer, statuses } = await startServer();
    client.write(`${REQUEST.repeat(2)}no HTTP\r\n\r\n${REQUEST}`);
    const closed = once(client, 'close');
    for (let i = 1; i <= 2; i++) {
      await soon(() => seen.taken).toBe(i);
      answer();
    }
    await closed;
    expect(statuses()).toEqual(['200', '200', '400']);
  });

  it('are not even read any more while too many wait', async () => {
    const { client, seen, server, answer } = await startServer(8);
    const flood = REQUEST.repeat(400_000);
    client.write(flood);
    await soon(() => seen.dropped).toBe(1);
    // Node has finished with a request, and would read on.
    answer();
    await soon(() => seen.taken).toBe(2);
    const { bytesRead } = server();
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    expect(server().bytesRead).toBe(bytesRead);
    expect(bytesRead).toBeLessThan(flood.length / 10);
  });

  it('are no more work when the client is gone', async () => {
    const { client, seen, server, answer } = await startServer();
    client.write(REQUEST.repeat(20));
    await soon(() => seen.taken).toBe(1);
    const closed = once(server(), 'close');
    client.destroy();
    await closed;
    await soon(() => seen.dropped).toBe(19);
    answer();
    expect(seen.taken).toBe(1);
  });
});
