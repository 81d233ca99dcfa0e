import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parse from 'parse-prometheus-text-format';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../generator/store/open.ts';
import { forge, makeKeys, publishableKeyOf, sessionClaims } from '../../scripts/demo/identity/forge.ts';
import { type ServedGate, serve } from './serve.ts';
import { publishSite, rawRequest } from './testing/gate.ts';

const [keys, stranger] = [makeKeys(), makeKeys()];
const FACTS = { issuer: 'https://clerk.example.com', origin: 'https://reports.example.com', user: 'user_secret' };
const cookieOf = (by = keys) =>
  `Cookie: __session=${forge(sessionClaims({ ...FACTS, org: { id: 'org_secret', name: 'Secret' } }), { keys: by })}; __client_uat=1`;

let folder: string;
let gate: ServedGate;
let settings: Parameters<typeof serve>[0];
const ask = (target: string, lines: string[] = [], how: Parameters<typeof rawRequest>[3] = {}) =>
  rawRequest(Number(new URL(gate.url).port), target, lines, how);
const askMetrics = (target = '/metrics', how: Parameters<typeof rawRequest>[3] = {}) => {
  const { port } = new URL(String(gate.metricsUrl));
  return rawRequest(Number(port), target, [], { host: `127.0.0.1:${port}`, ...how });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cci-metrics-'));
  const reports = `file:${folder}`;
  await publishSite(openStore(reports), 'org_secret', { '/': 'hello', '/404.html': 'none' });
  settings = {
    reports,
    siteUrl: FACTS.origin,
    publishableKey: publishableKeyOf('clerk.example.com'),
    secretKey: 'sk_live_x',
    jwtKey: keys.pem,
    port: '0',
    metricsPort: '0',
  };
  gate = await serve(settings, () => {});
});

afterAll(async () => {
  await gate?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What is no HTTP. */
const babble = () =>
  new Promise<void>((done) => {
    const socket = connect(Number(new URL(gate.url).port), '127.0.0.1', () => socket.write('babble\r\n\r\n'));
    socket.on('close', () => done()).resume();
  });

test('it counts answers, refusals, sessions, builds looked up and requests to stores, and names nobody', async () => {
  const before = await countsOf();
  expect((await ask('/', [cookieOf()])).status).toBe(200);
  const etag = (await ask('/', [cookieOf()])).headers.get('etag');
  expect((await ask('/', [cookieOf(), `If-None-Match: ${etag}`])).status).toBe(304);
  expect((await ask('/secret-path/', [cookieOf(), 'Accept: text/html'])).status).toBe(404);
  expect((await ask('/', [cookieOf(stranger)])).status).toBe(401);
  expect((await ask('/secret-path/', ['Accept: text/html'])).status).toBe(303);
  expect((await ask('//secret-path')).status).toBe(404);
  expect((await ask('/', [], { method: 'DELETE' })).status).toBe(405);
  await babble();
  const { text, of, all } = await countsOf();
  const more = (name: string, labels = '') => of(name, labels) - before.of(name, labels);
  const byClass = ['200', '304', '3xx', '4xx'].map((answer) => more('cci_gate_requests_total', `answer=${answer}`));
  expect(byClass).toEqual([2, 1, 1, 4]);
  const kinds = ['not_found', 'signed_out', 'target', 'method', 'no_http'];
  expect(kinds.map((kind) => more('cci_gate_refusals_total', `kind=${kind}`))).toEqual([1, 1, 1, 1, 1]);
  expect(more('cci_gate_sessions_total', 'check=forged')).toBe(1);
  // Tokens of one second are the same.
  const [verified, remembered] = ['verified', 'remembered'].map((check) =>
    more('cci_gate_sessions_total', `check=${check}`),
  ) as [number, number];
  expect(verified).toBeGreaterThan(0);
  expect(verified + remembered).toBe(4);
  expect(more('cci_gate_build_lookups_total', 'from=store')).toBeGreaterThan(0);
  expect(more('cci_gate_build_lookups_total', 'from=memory')).toBeGreaterThan(0);
  expect(more('cci_gate_store_requests_total', 'operation=get,store=reports')).toBeGreaterThan(2);
  expect(of('cci_gate_store_requests_open', 'store=reports')).toBe(0);
  const seconds = all.find(({ name }) => name === 'cci_gate_answer_seconds');
  expect(seconds?.type).toBe('HISTOGRAM');
  expect(Number(seconds?.metrics[0]?.count)).toBe(
    all
      .find(({ name }) => name === 'cci_gate_requests_total')
      ?.metrics.reduce((sum, { value }) => sum + Number(value), 0),
  );
  for (const name of ['process_start_time_seconds', 'nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes'])
    expect(of(name)).toBeGreaterThanOrEqual(0);
  expect(text).not.toMatch(/secret|example|hello/i);
});

test('they are given to this machine only, at one path, on a port of their own', async () => {
  expect(new URL(String(gate.metricsUrl)).hostname).toBe('127.0.0.1');
  expect((await askMetrics('/')).status).toBe(404);
  expect((await askMetrics('/metrics', { method: 'POST' })).status).toBe(405);
  expect((await askMetrics('/metrics', { host: 'rebound.example' })).status).toBe(421);
  expect((await askMetrics('/metrics', { method: 'HEAD' })).text).toBe('');
  // Of the gate itself it is a path like any other.
  expect((await ask('/metrics')).status).toBe(401);
});

test('without its setting there are none; where its port is taken, nothing starts', async () => {
  const { metricsPort: _, ...without } = settings;
  const other = await serve(without, () => {});
  expect(other.metricsUrl).toBeUndefined();
  await other.close();
  const { port } = new URL(String(gate.metricsUrl));
  await expect(serve({ ...settings, metricsPort: port }, () => {})).rejects.toThrow(
    `metrics on 127.0.0.1 port ${port} (EADDRINUSE)`,
  );
});

async function countsOf() {
  const { status, text, headers } = await askMetrics();
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const all = parse(text);
  const labelled = ({ labels = {} }: (typeof all)[number]['metrics'][number]) =>
    Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join();
  const of = (name: string, labels = '') => {
    const samples = all.find((each) => each.name === name)?.metrics ?? [];
    return Number(samples.find((each) => labelled(each) === labels)?.value ?? 0);
  };
  return { text, all, of };
}
