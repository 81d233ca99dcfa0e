import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../generator/store/memory.ts';
import { random } from '../../../scripts/demo/data/random.ts';
import { forge, makeKeys, sessionClaims } from '../../../scripts/demo/identity/forge.ts';
import type { View } from '../audit.ts';
import { openRecordings } from '../content/recordings.ts';
import { publishSite, rawRequest } from '../testing/gate.ts';
import { PAGE, type StartedGate, startTestGate } from '../testing/started.ts';
import { asker } from '../testing/ways/ask.ts';
import { requestsOf, type World } from '../testing/ways/requests.ts';

const COUNT = Number(process.env.CCI_WAYS ?? 700);

const REFRESH = expect.stringMatching(/^\/v1\/sessions\/sess_1\/refresh\?/);

const store = memoryStore();
const input = memoryStore();
const [keys, previous, stranger] = [makeKeys(), makeKeys(), makeKeys()];
let world: World;
interface Way {
  gate: StartedGate;
  views: View[];
}
let short: Way;
let long: Way;

const startWay = async (isShort: boolean): Promise<Way> => {
  const views: View[] = [];
  const audit = { note: (view: View) => void views.push(view), flush: async () => {}, close: async () => {} };
  const recordings = openRecordings(input, { stream: true });
  return { gate: await startTestGate({ store, recordings, keys, previous, audit, short: isShort }), views };
};

beforeAll(async () => {
  const files = (name: string) => ({
    '/': `<!doctype html><h1>${name}</h1>${'lorem ipsum '.repeat(200)}`,
    '/404.html': `<p>${name} has no such page</p>`,
    '/calls/c-1/': `<p>a call of ${name}</p>`,
    '/calls/': `<p>calls of ${name}</p>`,
    '/agents/ann@one.example/': `<p>Ann of ${name}</p>`,
    '/data/overview.json': JSON.stringify({ name }),
    '/logo.png': `a picture of ${name}`,
    '/large.csv': `${name}\n`.repeat(40_000),
    '/toString': name,
  });
  const recordings = { '/calls/c-1/': 'c-1' };
  const first = await publishSite(store, 'org_1', files('One'), 1, recordings);
  const second = await publishSite(store, 'org_12', files('Twelve'), 1, recordings);
  await publishSite(store, 'org_1', { ...files('One'), '/': 'new' }, 2, recordings);
  // What one answer to a range does not hold.
  await input.put('org_1/audio/c-1.mp3', new Uint8Array(1_100_000).fill(7));
  [short, long] = [await startWay(true), await startWay(false)];
  const etags = [first, second].flatMap(({ files }) => Object.values(files).map((file) => `"${file.sha256}"`));
  const builds = await Promise.all(
    ['org_1', 'org_12'].map(async (org) => {
      const page = await rawRequest(long.gate.port, '/', [`Cookie: __session=${tokenOf(org)}; __client_uat=1`]);
      return /build;desc="(.+)"/.exec(page.headers.get('server-timing') ?? '')?.[1] ?? '';
    }),
  );
  expect(builds.every((build) => build !== '')).toBe(true);
  const { body } = await rawRequest(long.gate.port, '/calls/c-1/audio.json', [
    `Cookie: __session=${tokenOf('org_1', 'user_org_1')}; __client_uat=1`,
  ]);
  const { url } = JSON.parse(body.toString()) as { url: string };
  const sounds = [url, `${url}&save`, url.replace(/.$/, (last) => (last === '0' ? '1' : '0'))];
  world = { keys, previous, stranger, etags, builds, sounds };
});
afterAll(async () => {
  await short?.gate[Symbol.asyncDispose]();
  await long?.gate[Symbol.asyncDispose]();
});

const tokenOf = (org: string, user = 'user_1') =>
  forge(
    sessionClaims({
      ...{ issuer: 'https://clerk.example.com', origin: 'https://reports.example.com', user },
      org: { id: org, name: org },
    }),
    { keys },
  );
const timeless = ({ at: _, ms: __, ...line }: { at: string; ms?: number }) => line;

describe('the short way', () => {
  it('gives any request the answer, the log line and the audit line of the long one', async () => {
    const silent = [vi.spyOn(console, 'error'), vi.spyOn(console, 'log')].map((spy) =>
      spy.mockImplementation(() => {}),
    );
    const next = requestsOf(world, random(process.env.CCI_SEED ?? 'ways'));
    const askers = [short, long].map(({ gate }) => asker(gate.port));
    const before = [short, long].map(({ gate }) => gate.entered());
    const statuses = new Map<string, number>();
    for (let i = 0; i < COUNT; i++) {
      for (const { gate, views } of [short, long]) gate.lines.length = views.length = 0;
      const request = next();
      const answers = await Promise.all(askers.map(({ ask }) => ask(request)));
      // A line is written when its response has left, which may be a moment after it has come.
      await vi.waitUntil(() => [short, long].every(({ gate }) => gate.lines.length > 0), { interval: 1 });
      expect([short, long].map(({ gate }) => gate.lines.length)).toEqual([1, 1]);
      const seen = [short, long].map(({ gate, views }, way) => ({
        answer: answers[way],
        lines: gate.lines.map(timeless),
        views: views.map(timeless),
        asked: gate.asked.splice(0),
      }));
      expect({ request, ...seen[0] }).toEqual({ request, ...seen[1] });
      // Clerk is asked for nothing but to renew an expired session, beside which there is a token for it.
      const [asked] = seen.map((each) => each.asked.length);
      if (asked)
        expect([seen[0]?.asked, request.headers.join()]).toEqual([[REFRESH], expect.stringContaining('__refresh_')]);
      const status = String(answers[0]?.status.slice(0, 3));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    for (const { close } of askers) close();
    for (const spy of silent) spy.mockRestore();
    const [inShort, inLong] = [short, long].map(({ gate }, way) => gate.entered() - Number(before[way])) as [
      number,
      number,
    ];
    // Otherwise the long way would have been compared with itself.
    expect(inShort).toBeLessThan(inLong - COUNT / 3);
    for (const status of ['200', '206', '303', '304', '307', '401', '403', '404', '410'])
      expect(statuses.get(status), status).toBeGreaterThan(COUNT / 300);
  });

  it('is taken by a page with a known session and what belongs to it, and by a forged one; Astro never sees them', async () => {
    const token = tokenOf('org_1');
    const cookie = `Cookie: __session=${token}; __client_uat=1`;
    const forged = `Cookie: __session=${token.replace(/.(?=.{20}$)/, (one) => (one === 'A' ? 'B' : 'A'))}; __client_uat=1`;
    const before = short.gate.entered();
    for (const [status, target, ...lines] of [
      [200, '/', cookie, ...PAGE],
      [200, '/calls/c-1/?from=2026-03-01', cookie, ...PAGE],
      [303, '/calls/c-1', cookie, ...PAGE],
      [200, '/data/overview.json', cookie],
      [200, '/session', cookie],
      [403, '/session.css', cookie],
      [404, '/nowhere', cookie, ...PAGE],
      [304, '/', cookie, 'If-None-Match: *'],
      [401, '/', forged],
      [303, '/', forged, ...PAGE],
    ] as [number, string, ...string[]][])
      expect([target, (await rawRequest(short.gate.port, target, lines)).status]).toEqual([target, status]);
    expect(short.gate.entered()).toBe(before);
  });

  it('keeps two organizations apart that take turns on one connection', async () => {
    const { ask, close } = asker(short.gate.port);
    const [one, twelve] = [tokenOf('org_1'), tokenOf('org_12')];
    const before = short.gate.entered();
    for (let i = 0; i < 20; i++)
      for (const [token, mark] of [
        [one, 'One'],
        [twelve, 'Twelve'],
      ]) {
        const headers = ['Host', 'reports.example.com', 'Cookie', `__session=${token}; __client_uat=1`];
        const { body } = await ask({ method: 'GET', target: '/calls/', headers });
        expect(body).toBe(`<p>calls of ${mark}</p>`);
      }
    close();
    expect(short.gate.entered()).toBe(before);
  });
});
