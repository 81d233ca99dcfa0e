import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { tokenOf } from '../../../generator/digest/recipients/preferences.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { cookieSuffix, forge, makeKeys } from '../../../scripts/demo/identity/forge.ts';
import { publishSite, rawRequest } from '../testing/gate.ts';
import { PAGE, PUBLISHABLE_KEY, type StartedGate, startTestGate } from '../testing/started.ts';
import { unsubscribePages } from '../unsubscribe.ts';

/** However busy the machine is. */
const SOON = { timeout: 120_000, interval: 2 };
const KEY = 'k'.repeat(32);
const SUFFIX = cookieSuffix(PUBLISHABLE_KEY);
const stranger = makeKeys();

let gate: StartedGate;
let said: string[] = [];
const note = (...words: unknown[]) => void said.push(words.join(' '));
beforeAll(async () => {
  for (const to of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const)
    vi.spyOn(console, to).mockImplementation(note);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      note(text);
      return true;
    });
  process.on('warning', note);
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/': 'MARK', '/404.html': 'MARK' });
  gate = await startTestGate({ store, unsubscribe: unsubscribePages({ reports: store, keys: [KEY] }) });
  await rawRequest(gate.port, '/', [gate.session(), ...PAGE]);
});
afterAll(async () => {
  process.off('warning', note);
  vi.restoreAllMocks();
  await gate[Symbol.asyncDispose]();
});
beforeEach(() => {
  gate.lines.length = 0;
  said = [];
});

/** Claims and headers of other types and sizes than Clerk's. */
const ODD = [null, 1e308, '9'.repeat(400), {}];

/** Tokens that no key of the instance has signed. */
const forged = (): string[] => {
  const oddly = (by: (value: unknown) => string) => ODD.map(by);
  return [
    ...['exp', 'iat', 'nbf', 'iss', 'azp', 'sub', 'v', 'o', 'sts', 'handshake'].flatMap((claim) =>
      oddly((value) => forge({ sub: 'user_1', iss: 'https://clerk.example.com', [claim]: value }, { keys: stranger })),
    ),
    ...['kid', 'typ', 'alg', 'cat'].flatMap((name) =>
      oddly((value) => forge({ sub: 'user_1' }, { keys: stranger, header: { [name]: value } })),
    ),
    forge({ sub: 'user_1' }, { alg: 'none' }),
  ];
};

/** What is no token, and what somebody may have kept from a session of long ago. */
function others(): string[] {
  const long = Date.now() / 1000 - 86_400 * 30;
  return [
    ...['', 'x', 'a.b.c', '%33', '..', 'mt_x', 'ak_x', 'oat_x'],
    gate.token({}, long),
    forge({ handshake: [`__session=${gate.token({}, long)}; Path=/`] }, { keys: gate.keys }),
    forge({ handshake: ['__session=x; Path=/', '__client_uat=1'] }, { keys: gate.keys }),
    forge({ handshake: [] }, { keys: gate.keys }),
  ];
}

/** Cookies by which Clerk's SDK does something of its own. */
function cookies(): string[] {
  const names = ['__session', `__session_${SUFFIX}`, '__clerk_handshake', '__clerk_handshake_nonce', '__refresh'];
  const counts = ['0', '2', '3', '4', '-1', '3.0', '%33', '0x3', 'x'];
  return [
    ...names.flatMap((name, i) =>
      [...others(), ...(i === 0 ? forged() : [])].map((token) => `${name}=${token}; __client_uat=1`),
    ),
    ...counts.flatMap((count) =>
      ['__client_uat=1', `__session=${gate.token({}, 1)}; __client_uat=1`, '__session=a.b.c', '__client_uat=x'].map(
        (beside) => `${beside}; __clerk_redirect_count=${count}`,
      ),
    ),
    ...['1', 'NaN', '1e400', '%31', '-1'].flatMap((uat) => [`__client_uat=${uat}`, `__client_uat_${SUFFIX}=${uat}`]),
    '__clerk_db_jwt=x; __clerk_synced=false; __client_uat=1',
  ];
}

const TARGETS = ['/sign-in', '/sign-out', '/session', '/select-organization', '/_image?href=/x', '/assets/x.css'];
const HEADERS = [
  ['Referer: x', 'Origin: x'],
  ['Referer: https://evil.example/', 'Authorization: Bearer mt_x'],
  ['Authorization: Bearer a.b.c', 'X-Forwarded-Proto: x', 'X-Forwarded-Host: :', 'Forwarded: host=";"'],
  ['Accept: text/html;q=x, */*', 'Accept-Encoding: \t', 'If-None-Match: "', 'Range: bytes=x', 'Expect: x'],
];

test('nothing that a stranger sends makes the gate print anything but its line in the access log', async () => {
  const asks: [target: string, lines: string[], method?: string][] = [
    ...cookies().map((cookie): [string, string[]] => ['/', [`Cookie: ${cookie}`, ...PAGE]]),
    ...TARGETS.flatMap((target) =>
      ['__client_uat=1; __clerk_redirect_count=3', '__session=a.b.c; __client_uat=1'].map(
        (cookie): [string, string[]] => [target, [`Cookie: ${cookie}`, ...PAGE]],
      ),
    ),
    ...HEADERS.map((lines): [string, string[]] => ['/', [...lines, 'Cookie: __session=a.b.c; __client_uat=1']]),
    ...['/?__clerk_synced=false', '/?__clerk_redirect_url=x', '/sign-in?redirect_url=%00', '/%ff', '/x?%'].map(
      (target): [string, string[]] => [target, ['Cookie: __session=a.b.c; __client_uat=1', ...PAGE]],
    ),
    ...['HEAD', 'POST', 'OPTIONS', 'PUT'].map((method): [string, string[], string] => ['/', PAGE, method]),
    ['/u/x', ['Content-Length: 0'], 'POST'],
  ];
  for (const [target, lines, method] of asks) {
    await rawRequest(gate.port, target, lines, { method });
    expect([method, target, lines, said]).toEqual([method, target, lines, []]);
  }
  await expect.poll(() => gate.lines.length, SOON).toBe(asks.length);
});

test('whoever goes away in the middle leaves one line as well', async () => {
  const token = tokenOf({ organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' }, KEY);
  for (const path of ['/u/x', `/u/${token}`]) {
    gate.lines.length = 0;
    const socket = connect(gate.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n`);
    // The gate asks for the body: it is reading.
    await once(socket, 'data');
    socket.resetAndDestroy();
    await expect.poll(() => gate.lines.length, SOON).toBe(1);
    expect([path, gate.lines.pop()?.status, said]).toEqual([path, 499, []]);
  }
});
