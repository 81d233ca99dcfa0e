import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryStore } from '../../../generator/store/memory.ts';
import { forge } from '../../../scripts/demo/identity/forge.ts';
import { publishSite, rawRequest } from '../testing/gate.ts';
import { PAGE, type StartedGate, startTestGate } from '../testing/started.ts';

let gate: StartedGate;
let api: RequestListener;
let said: string[];
beforeEach(async () => {
  said = [];
  for (const to of ['error', 'log'] as const)
    vi.spyOn(console, to).mockImplementation((...args) => void said.push(args.join(' ')));
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/': 'MARK', '/404.html': 'none' });
  api = (_req, res) =>
    void res
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"errors":[{"message":"not found","code":"resource_not_found"}]}');
  gate = await startTestGate({ store, api: (req, res) => api(req, res) });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await gate[Symbol.asyncDispose]();
});

const get = (cookie: string, ...lines: string[]) => rawRequest(gate.port, '/', [`Cookie: ${cookie}`, ...lines]);
const expired = () => gate.token({}, Date.now() / 1000 - 3600);
const answerWith = (directives: string[]) => {
  api = (_req, res) =>
    void res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ directives }));
};

test('nobody makes the gate ask Clerk more than a few times a minute, nor fills the log', async () => {
  for (const [i, lines] of [[], PAGE, ['Accept: text/html']].flatMap((each) => Array(15).fill(each)).entries()) {
    const { status } = await get(`__clerk_handshake_nonce=n${i}`, ...lines);
    expect(status).toBe(lines.length === 0 ? 401 : 303);
  }
  expect(gate.asked).toHaveLength(6);
  expect(gate.lines.filter(({ problem }) => problem?.startsWith('Clerk did not exchange'))).toHaveLength(6);
  expect(gate.lines.filter(({ problem }) => problem?.startsWith('too many'))).toHaveLength(24);
  expect(said).toEqual([]);
  for (const target of ['/sign-in', '/session', '/x'])
    await rawRequest(gate.port, target, ['Cookie: __clerk_handshake_nonce=y', ...PAGE]);
  expect(gate.asked).toHaveLength(6);
});

test('a good session beside a nonce stays signed in, whatever becomes of the nonce', async () => {
  for (let i = 0; i < 15; i++) {
    const answer = await get(`__session=${gate.token()}; __client_uat=1; __clerk_handshake_nonce=n${i}`, ...PAGE);
    expect([answer.status, answer.text]).toEqual([200, 'MARK']);
  }
  expect(gate.asked).toHaveLength(6);
});

test('whoever comes back from a handshake is in, with the cookies that Clerk gave', async () => {
  const directives = [
    `__session=${gate.token()}; Path=/; Secure; SameSite=Lax`,
    '__client_uat=1; Path=/; Domain=example.com; Secure',
    '__clerk_handshake_nonce=; Path=/; Max-Age=0',
  ];
  answerWith(directives);
  // Also from another site's link, and after longer than Clerk counts its redirects.
  for (const [i, session] of [`__session=${expired()}; __client_uat=1; `, ''].entries()) {
    const answer = await get(`${session}__clerk_handshake_nonce=n${i}`, 'Referer: https://mail.example/', ...PAGE);
    expect([answer.status, answer.text, answer.cookies]).toEqual([200, 'MARK', directives]);
  }
  expect(gate.asked.map((path) => path.replace(/\?.*/, ''))).toEqual(Array(2).fill('/v1/clients/handshake_payload'));
  expect(said).toEqual([]);
});

test('whoever is signed out by a handshake is sent to the sign-in', async () => {
  answerWith(['__session=; Path=/; Max-Age=0', '__client_uat=0; Path=/']);
  const answer = await get(`__session=${expired()}; __client_uat=1; __clerk_handshake_nonce=n`, ...PAGE);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?redirect_url=%2F']);
  expect(answer.cookies).toHaveLength(2);
});

test('where Clerk does not take a nonce, an expired session has to sign in and does not turn in a circle', async () => {
  for (let i = 0; i < 10; i++) {
    const answer = await get(`__session=${expired()}; __client_uat=1; __clerk_handshake_nonce=n${i}`, ...PAGE);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?redirect_url=%2F']);
  }
  const page = await rawRequest(gate.port, '/sign-in', [
    `Cookie: __session=${expired()}; __client_uat=1; __clerk_handshake_nonce=x`,
    ...PAGE,
  ]);
  expect(page.status).toBe(200);
});

test('whoever has come from too many handshakes has to sign in, whatever brought it there', async () => {
  const circle = '__clerk_redirect_count=3';
  const dead = [`__session=${expired()}; __client_uat=1`, '__client_uat=1', '__session=a.b.c; __client_uat=0'];
  answerWith([`__session=${expired()}; Path=/`]);
  for (const cookies of [...dead, `__client_uat=1; __clerk_handshake_nonce=n`]) {
    const answer = await get(`${cookies}; ${circle}`, ...PAGE);
    expect([cookies, answer.status, answer.headers.get('location')]).toEqual([
      cookies,
      303,
      '/sign-in?redirect_url=%2F',
    ]);
    expect(gate.lines.pop()?.problem).toContain('of one instance of Clerk');
    expect((await get(cookies, ...PAGE)).status).toBe(307);
    expect(gate.lines.pop()?.problem).toBeUndefined();
  }
  const answer = await get(`__session=${gate.token()}; __client_uat=1; ${circle}`, ...PAGE);
  expect([answer.status, answer.text, gate.lines.pop()?.problem]).toEqual([200, 'MARK', undefined]);
  expect(said).toEqual([]);
});

test('whoever brings a handshake that Clerk has signed is in, with its cookies', async () => {
  const directives = [`__session=${gate.token()}; Path=/; Secure`, '__client_uat=1; Path=/'];
  const handshake = forge({ handshake: directives }, { keys: gate.keys });
  const answer = await get(`__clerk_handshake=${handshake}`, ...PAGE);
  expect([answer.status, answer.text, answer.cookies]).toEqual([200, 'MARK', directives]);
  expect(gate.asked).toEqual([]);
});
