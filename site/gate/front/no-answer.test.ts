import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tokenOf } from '../../../generator/digest/recipients/preferences.ts';
import { linkMark } from '../../../generator/lib/link-mark.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import { publishSite, rawRequest } from '../testing/gate.ts';
import { PAGE, startTestGate } from '../testing/started.ts';
import { unsubscribePages } from '../unsubscribe.ts';

/** However busy the machine is. */
const SOON = { timeout: 120_000, interval: 2 };
const KEY = 'k'.repeat(32);

let said: string[];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'error').mockImplementation((...args) => void said.push(args.join(' ')));
  // Of the gate's code alone: sockets have timers of their own.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A store that takes a request and never answers it, until it is mended. */
async function hungStore() {
  const inner = memoryStore();
  await publishSite(inner, 'org_1', { '/': 'MARK', '/404.html': 'none' });
  await inner.put('assets/page.B2xq.css', 'body {}');
  const state = { asked: 0, hangs: true };
  const hang = <T>(answer: () => Promise<T>): Promise<T> => {
    state.asked++;
    return state.hangs ? new Promise(() => undefined) : answer();
  };
  const store: Store = {
    ...inner,
    get: (...call) => hang(() => inner.get(...call)),
    put: (...call) => hang(() => inner.put(...call)),
    async *list(prefix) {
      await hang(async () => undefined);
      yield* inner.list(prefix);
    },
  };
  return { store, state, inner };
}

test.each([true, false])(
  'a store that hangs gets 503 from the gate itself, a line that says so, and its turn again when it is well (short way: %s)',
  async (short) => {
    const { store, state, inner } = await hungStore();
    const unsubscribe = unsubscribePages({ reports: store, keys: [KEY] });
    await using gate = await startTestGate({ store, unsubscribe, short });
    const token = tokenOf({ organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' }, KEY);
    const asks: [target: string, lines: string[], method?: string][] = [
      ['/', [gate.session(), ...PAGE]],
      ['/data/x.json', [gate.session()]],
      ['/session', [gate.session()]],
      [`/session.css?o=${linkMark('org_1')}`, [gate.session()]],
      ['/assets/page.B2xq.css', []],
      [`/u/${token}`, ['Content-Length: 0'], 'POST'],
    ];
    for (const [target, lines, method] of asks) {
      const before = state.asked;
      const answer = rawRequest(gate.port, target, lines, { method });
      await expect.poll(() => state.asked, SOON).toBeGreaterThan(before);
      await vi.advanceTimersByTimeAsync(8_000);
      const { status, headers, bytes } = await answer;
      expect([target, status, headers.get('cache-control')]).toEqual([target, 503, 'no-store']);
      await expect.poll(() => gate.lines.at(-1), SOON).toMatchObject({ status: 503, bytes });
      gate.lines.length = 0;
    }
    expect(said).toHaveLength(asks.length);
    for (const line of said)
      expect(line).toMatch(/^gate: \/\S*: (?:read|write|list) \S+: the store did not answer within 8 s$/);
    state.hangs = false;
    for (const [target, lines, method] of asks)
      expect((await rawRequest(gate.port, target, lines, { method })).status, target).toBe(
        target === '/data/x.json' ? 404 : 200,
      );
    expect(await inner.get(`mail/preferences/org_1/${'a'.repeat(32)}-daily.json`)).toBeDefined();
  },
);

test('whatever gives no answer is answered for, once, and what comes later is thrown away', async () => {
  const pending: ServerResponse[] = [];
  const handler = async (_req: unknown, res: ServerResponse) => void pending.push(res);
  await using gate = await startTestGate({ handler, short: false });
  const answer = rawRequest(gate.port, '/', [gate.session(), ...PAGE]);
  await expect.poll(() => pending.length, SOON).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answer).toMatchObject({ status: 503, text: 'unavailable\n' });
  await expect.poll(() => gate.lines, SOON).toMatchObject([{ path: '/', status: 503 }]);
  for (const res of pending) res.writeHead(200, { etag: '"x"' }).end('too late');
  expect(said).toEqual(['gate: /: there was no answer within 10 s']);
});

test('a request whose client went before any answer is not logged as one that had one', async () => {
  let under = 0;
  await using gate = await startTestGate({ handler: async () => void under++, short: false });
  const socket = connect(gate.port, '127.0.0.1');
  const request = `GET /calls/ HTTP/1.1\r\nHost: x\r\n${gate.session()}\r\n\r\n`;
  socket.write(request.repeat(3));
  await expect.poll(() => under, SOON).toBe(1);
  socket.destroy();
  await once(socket, 'close');
  await expect
    .poll(() => gate.lines, SOON)
    .toMatchObject([1, 2, 3].map(() => ({ path: '/calls/', status: 499, bytes: 0 })));
  expect(under).toBe(1);
});
