import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenOf } from '../../generator/digest/recipients/preferences.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import type { Store } from '../../generator/store/store.ts';
import { everything } from '../../generator/store/testing/watched.ts';
import { makeKeys, publishableKeyOf } from '../../scripts/demo/identity/forge.ts';
import { openSites } from './content/sites.ts';
import type { AccessLine } from './context.ts';
import { loadHandler } from './front/bundle.ts';
import { type Gate, startGate } from './front/front.ts';
import { gateSettings } from './settings.ts';
import { rawRequest } from './testing/gate.ts';
import { unsubscribePages } from './unsubscribe.ts';

const [KEY, OLD_KEY] = ['k'.repeat(32), 'p'.repeat(32)];
const SUBSCRIPTION = { organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' };
const TOKEN = tokenOf(SUBSCRIPTION, KEY);
const BAD = TOKEN.replace(/^./, 'x');
const KEPT = [`mail/preferences/org_1/${'a'.repeat(32)}-daily.json`];

let store: Store;
let gate: Gate;
let port: number;
let lines: AccessLine[];

beforeEach(async () => {
  store = memoryStore();
  lines = [];
  const settings = gateSettings(
    {
      siteUrl: 'https://reports.example.com',
      publishableKey: publishableKeyOf('clerk.example.com'),
      secretKey: 'sk_live_x',
      jwtKey: makeKeys().pem,
    },
    { production: true, env: {} },
  );
  gate = await startGate({
    handler: await loadHandler(),
    sites: openSites(store),
    settings: { ...settings, port: 0, proxies: 1 },
    unsubscribe: unsubscribePages({ reports: store, keys: [KEY, OLD_KEY] }),
    log: (line) => lines.push(line),
  });
  port = Number(new URL(gate.url).port);
});
afterEach(() => gate.close());

/** However busy the machine is. */
const SOON = { timeout: 120_000 };

/** A token of whoever has the key, for any text. */
function signed(text: string): string {
  const payload = Buffer.from(text).toString('base64url');
  const mac = createHmac('sha256', KEY).update(`cci-lite-reports unsubscribe v1 ${payload}`).digest('base64url');
  return `${payload}.${mac}`;
}

interface Answer {
  status: number;
  headers: { [name: string]: string | string[] | undefined };
  text: string;
}

function ask(
  method: string,
  token: string,
  { body = '', headers = {} }: { body?: string; headers?: { [name: string]: string } } = {},
): Promise<Answer> {
  return new Promise((done, failed) => {
    const options = { port, path: `/u/${token}`, method, headers, agent: false };
    request(options, async (response) => {
      let text = '';
      for await (const chunk of response) text += String(chunk);
      const { date: _, ...rest } = response.headers;
      done({ status: response.statusCode ?? 0, headers: rest, text });
    })
      .on('error', failed)
      .end(body);
  });
}
const keys = async () => [...(await everything(store)).keys()];

describe('the link that ends a digest, through the gate', () => {
  it('asks without a session, under all of the gate’s headers and a policy that lets its form post', async () => {
    const { status, headers, text } = await ask('GET', TOKEN);
    expect([status, headers.location]).toEqual([200, undefined]);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*style-src 'self'.*form-action 'self'/);
    expect(headers).toMatchObject({
      'strict-transport-security': expect.stringContaining('max-age'),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('<form class="counter" method="post">');
    const sheet = /href="(\/_gate\/gate\.[^"]+\.css)"/.exec(text)?.[1] ?? '';
    expect((await rawRequest(port, sheet)).status).toBe(200);
  });

  it('changes nothing but by POST, however often it is opened', async () => {
    for (let i = 0; i < 5; i++) for (const method of ['GET', 'HEAD']) await ask(method, TOKEN);
    for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH'])
      expect((await ask(method, TOKEN)).status, method).toBe(405);
    const { status, headers, text } = await ask('HEAD', TOKEN);
    expect([status, Number(headers['content-length']) > 500, text]).toEqual([200, true, '']);
    expect(await keys()).toEqual([]);
  });

  it('ends the digest by one click as RFC 8058 has it, and by its own form', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const clicked = await ask('POST', TOKEN, { body: 'List-Unsubscribe=One-Click', headers: form });
    expect([clicked.status, clicked.text.includes('The digest is stopped')]).toEqual([200, true]);
    expect(await keys()).toEqual(KEPT);
    const foreign = { ...form, origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' };
    expect((await ask('POST', TOKEN, { headers: foreign })).status).toBe(200);
    expect(await keys()).toEqual(KEPT);
  });

  it('takes a token of the key before', async () => {
    expect((await ask('POST', tokenOf(SUBSCRIPTION, OLD_KEY))).status).toBe(200);
    expect(await keys()).toEqual(KEPT);
  });

  it('gives a bad token the same bytes and headers as a good one', async () => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const good = await ask(method, TOKEN);
      for (const bad of [BAD, TOKEN.slice(0, -1), 'x', TOKEN.replace('.', '')])
        expect(await ask(method, bad), method).toEqual(good);
    }
    expect(await keys()).toEqual(KEPT);
  });

  it.each([1024, 1025, 500_000])('takes a body of 1,024 bytes and no more: %i', async (length) => {
    const answer = await ask('POST', TOKEN, { body: 'x'.repeat(length) }).catch((error: NodeJS.ErrnoException) => ({
      // Who goes on sending may find the connection closed before the answer is read.
      status: ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? 413 : 0,
    }));
    expect(answer.status).toBe(length > 1024 ? 413 : 200);
    expect(await keys()).toEqual(length > 1024 ? [] : KEPT);
  });

  it('slows down who tries tokens, and nobody else', async () => {
    const from = (address: string) => ask('POST', BAD, { headers: { 'x-forwarded-for': address } });
    const statuses = new Set<number>();
    for (let i = 0; i < 30; i++) statuses.add((await from('203.0.113.7')).status);
    expect([...statuses]).toEqual([200, 429]);
    expect((await from('203.0.113.7')).headers['retry-after']).toMatch(/^\d+$/);
    expect((await from('203.0.113.8')).status).toBe(200);
  });

  it('takes as many clicks of one address as a mail service makes for its readers', async () => {
    for (let i = 0; i < 60; i++) {
      const token = tokenOf({ ...SUBSCRIPTION, recipient: String(i).padStart(32, '0') }, i % 2 ? KEY : OLD_KEY);
      const method = i % 10 ? 'POST' : 'GET';
      expect((await ask(method, token, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(200);
    }
    expect(await keys()).toHaveLength(54);
  });

  it('answers what is signed and odd as a bad token, and writes nothing', async () => {
    const good = ['org_1', 'a'.repeat(32), 'daily'];
    const odd = [null, 1, 'x', true, {}, [], [null], good.slice(1), [...good, 'x'], [good], { ...good, length: 3 }];
    const reserved = ['assets', 'mail', 'Audit', 'status.json', '../org_1', '', 1, ['org_1']].map((org) => [
      org,
      ...good.slice(1),
    ]);
    const others = [
      ['org_1', ['a'.repeat(32)], 'daily'],
      ['org_1', 'a'.repeat(32), ['daily']],
      ['org_1', 'A', 'daily'],
    ];
    const bad = await ask('POST', BAD);
    const texts = [...[...odd, ...reserved, ...others].map((value) => JSON.stringify(value)), ' ', '{', 'undefined'];
    for (const [i, text] of texts.entries()) {
      const answer = await ask('POST', signed(text), { headers: { 'x-forwarded-for': `2001:db8:${i}::1` } });
      expect([text, answer]).toEqual([text, bad]);
    }
    expect(await keys()).toEqual([]);
  });

  it('leaves the token out of the log, however its address is spelt', async () => {
    const spelt = [
      `/u/${TOKEN}`,
      `/%75/${TOKEN}`,
      `https://reports.example.com/u/${TOKEN}`,
      `//u/${TOKEN}`,
      `/u/${TOKEN}?x`,
    ];
    for (const target of spelt) await rawRequest(port, target);
    await expect.poll(() => lines.map(({ path }) => path), SOON).toEqual(spelt.map(() => '/u/…'));
  });

  it('is the same page in each spelling that means it', async () => {
    const [plain, encoded] = await Promise.all(
      [`/u/${TOKEN}`, `/%75/${TOKEN}`].map((target) => rawRequest(port, target)),
    );
    expect([encoded?.status, encoded?.text]).toEqual([200, plain?.text]);
  });

  it('lets a POST through to no other path', async () => {
    for (const path of ['/', '/session', '/sign-in', '/u', '/u/', `/u/${TOKEN}/x`, `/x/../u/${TOKEN}`])
      expect((await rawRequest(port, path, ['Content-Length: 0'], { method: 'POST' })).status, path).toBe(405);
    expect(await keys()).toEqual([]);
  });
});
