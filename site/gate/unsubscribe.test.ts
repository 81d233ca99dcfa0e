import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tokenOf } from '../../generator/digest/recipients/preferences.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import type { Store } from '../../generator/store/store.ts';
import { everything } from '../../generator/store/testing/watched.ts';
import { UNSUBSCRIBE_PATH, unsubscribePages } from './unsubscribe.ts';

const KEY = 'k'.repeat(32);
const TOKEN = tokenOf({ organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' }, KEY);
const BAD = TOKEN.replace(/^./, 'x');

let server: Server;
let origin: string;
let store: Store;
beforeEach(() => {
  store = memoryStore();
});
beforeAll(async () => {
  server = createServer((req, res) => {
    void unsubscribePages({ reports: store, keys: [KEY] }).answer(
      req,
      res,
      (req.url ?? '').slice(UNSUBSCRIBE_PATH.length),
      '/_gate/gate.css',
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = async (method: string, token: string, body?: string) => {
  const response = await fetch(`${origin}${UNSUBSCRIBE_PATH}${token}`, { method, body });
  return { status: response.status, text: await response.text() };
};

describe('the page that ends a digest', () => {
  it('changes nothing by GET, HEAD and OPTIONS, however often', async () => {
    for (let i = 0; i < 10; i++) for (const method of ['GET', 'HEAD', 'OPTIONS']) await ask(method, TOKEN);
    expect(await everything(store)).toEqual(new Map());
    expect((await ask('GET', TOKEN)).text).toMatch(/<form [^>]*method="post">/);
  });

  it('takes the recipient off by POST, without a session', async () => {
    expect((await ask('POST', TOKEN, 'List-Unsubscribe=One-Click')).status).toBe(200);
    expect([...(await everything(store)).keys()]).toEqual([`mail/preferences/org_1/${'a'.repeat(32)}-daily.json`]);
  });

  it('takes the recipient off every kind by its second button', async () => {
    const { status, text } = await ask('POST', TOKEN, 'all=1');
    expect([status, text.includes('All digests are stopped')]).toEqual([200, true]);
    expect([...(await everything(store)).keys()].sort()).toEqual(
      ['daily', 'monthly', 'weekly'].map((kind) => `mail/preferences/org_1/${'a'.repeat(32)}-${kind}.json`),
    );
  });

  it('answers a bad token as a good one', async () => {
    for (const [method, body] of [['GET'], ['POST'], ['POST', 'all=1']] as const)
      expect(await ask(method, BAD, body)).toEqual(await ask(method, TOKEN, body));
    expect((await everything(store)).size).toBe(3);
  });

  it('takes a body of at most 1 KB', async () => {
    expect((await ask('POST', TOKEN, 'x'.repeat(1025))).status).toBe(413);
    expect(await everything(store)).toEqual(new Map());
  });
});
