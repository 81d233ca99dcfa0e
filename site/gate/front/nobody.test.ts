import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryStore } from '../../../generator/store/memory.ts';
import { cookieSuffix } from '../../../scripts/demo/identity/forge.ts';
import { publishSite, rawRequest } from '../testing/gate.ts';
import { PAGE, PUBLISHABLE_KEY, type StartedGate, startTestGate } from '../testing/started.ts';

let gate: StartedGate;
beforeAll(async () => {
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/': 'MARK', '/404.html': 'MARK' });
  gate = await startTestGate({ store });
});
afterAll(() => gate[Symbol.asyncDispose]());

const ask = async (method: string, target: string, lines: string[]) => {
  const before = gate.entered();
  const answer = await rawRequest(gate.port, target, lines, { method });
  answer.headers.delete('date');
  const seen = { status: answer.status, headers: [...answer.headers], body: answer.body.toString('latin1') };
  return { seen, entered: gate.entered() - before };
};

const TARGETS = ['/', '/calls/x/?a=b&c=%20', '/data/x.json', '/session', '/session?o=1', '/session.css', '/%73ession'];
const KINDS = [
  [],
  PAGE,
  ['Sec-Fetch-Dest: empty'],
  ['Sec-Fetch-Dest: iframe'],
  ['Accept: application/json, text/html'],
];
/** Cookies that are no session, and cannot lead to one. */
const NOTHING = [
  [],
  ['Cookie: '],
  ['Cookie: theme=dark; a; =b; __session'],
  ['Cookie: __client_uat=0'],
  [`Cookie: __client_uat_${cookieSuffix(PUBLISHABLE_KEY)}=0; __session=`],
  [`Cookie: __refresh_${cookieSuffix(PUBLISHABLE_KEY)}=x`],
  ['Cookie: __clerk_handshake=a.b.c; __clerk_redirect_count=1'],
  ['Cookie: __session_other000=a.b.c', 'Cookie: org=1'],
];

test('whoever has no session gets the answer of a session that is none, without a look at Astro or Clerk', async () => {
  for (const method of ['GET', 'HEAD'])
    for (const target of [...TARGETS, '/select-organization'])
      for (const kind of KINDS) {
        const none = await ask(method, target, [...kind, 'Cookie: __session=a.b.c; __client_uat=1']);
        expect([401, 303]).toContain(none.seen.status);
        expect(none.entered).toBe(1);
        expect(await ask(method, target, kind), `${method} ${target} ${kind}`).toEqual({ ...none, entered: 0 });
      }
});

test('no cookie counts that can be no session', async () => {
  for (const lines of NOTHING) {
    const { seen, entered } = await ask('GET', '/', [...lines, ...PAGE]);
    expect([lines, seen.status, entered]).toEqual([lines, 303, 0]);
  }
});

test('pages for those who sign in or out are open, and a browser that says it is signed in gets its handshake', async () => {
  for (const target of ['/sign-in', '/sign-in/factor-one', '/sign-out', '/sign-ou%74/'])
    expect([target, (await ask('GET', target, PAGE)).seen.status]).toEqual([target, 200]);
  for (const target of ['/sign-ins', '/sign-in.html', '/sign-in/a.b', '/sign-outs', '/sign-out/x', '/x/sign-in']) {
    const { seen, entered } = await ask('GET', target, PAGE);
    expect([target, seen.status, entered]).toEqual([target, 303, 0]);
  }
  for (const name of ['__client_uat', `__client_uat_${cookieSuffix(PUBLISHABLE_KEY)}`])
    expect((await ask('GET', '/', [`Cookie: ${name}=1700000000`, ...PAGE])).seen.status).toBe(307);
  expect(await ask('GET', '/', ['Cookie: __client_uat=1700000000'])).toMatchObject({ entered: 0 });
});

test('a token that is none gets the answer of any other, and no forged one makes the gate ask Clerk', async () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const odd = [null, 1, 'x', [], true].flatMap((value) => [
    `${part({ alg: 'RS256', typ: 'JWT' })}.${part(value)}.AA`,
    `${part(value)}.${part({ iss: 'https://clerk.example.com' })}.AA`,
    `${part(value)}.${part(value)}.AA`,
  ]);
  const forged = ['x', '..', 'a.b.c.d', '%00', '"a.b.c"', ...odd];
  const garbage = await Promise.all(
    [[], PAGE].map((kind) => ask('GET', '/', [...kind, 'Cookie: __session=a.b.c; __client_uat=1'])),
  );
  for (const token of forged)
    for (const name of ['__session', `__session_${cookieSuffix(PUBLISHABLE_KEY)}`])
      for (const [i, kind] of [[], PAGE].entries()) {
        const suffix = name.replace('__session', '');
        const cookie = `Cookie: ${name}=${token}; __client_uat${suffix}=1; __refresh_${cookieSuffix(PUBLISHABLE_KEY)}=r`;
        const { seen } = await ask('GET', '/', [...kind, cookie]);
        expect([token, name, seen]).toEqual([token, name, garbage[i]?.seen]);
      }
  const claims = { kid: 'ins_unknown', jku: 'https://evil.example/jwks', x5u: 'https://evil.example' };
  for (const alg of ['none', 'RS512', 'RS256', 'HS256']) {
    const token = `${part({ alg, typ: 'JWT', ...claims })}.${part({ sub: 'user_1', iss: 'https://clerk.example.com' })}.AAAA`;
    const { seen } = await ask('GET', '/', [`Cookie: __session=${token}; __client_uat=1`]);
    expect([alg, seen.status]).toEqual([alg, 401]);
  }
  expect(gate.asked).toEqual([]);
});

test('Astro’s own paths are closed however they are spelt, also to a session', async () => {
  for (const target of ['/_image?href=/x', '/%5fimage?href=/x', '/%5Fserver-islands/x', '/%5factions/x']) {
    const { seen, entered } = await ask('GET', target, [gate.session()]);
    expect([target, seen.status, entered]).toEqual([target, 404, 0]);
  }
});

test('the log names who uses another’s session, and the path that was meant', async () => {
  gate.lines.length = 0;
  const session = gate.session({ act: { sub: 'user_ADMIN' } });
  await ask('GET', '/%61gents/?q=secret', [session]);
  await ask('GET', '/%75/secret', []);
  await ask('GET', 'https://reports.example.com/u/secret', []);
  expect(gate.lines).toMatchObject([
    { path: '/agents/', status: 404, organization: 'org_1', user: 'user_1', actor: 'user_ADMIN' },
    { path: '/u/…', status: 404 },
    { path: '/u/…', status: 404 },
  ]);
  expect(JSON.stringify(gate.lines)).not.toContain('secret');
});
