import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { forge, makeKeys, publishableKeyOf, sessionClaims } from '../../scripts/demo/identity/forge.ts';
import { type GateProcess, startGateProcess } from '../../site/gate/testing/attack/process.ts';
import { rollback } from '../commands/rollback.ts';
import { putCall, tenant } from '../fixtures/world.ts';
import { sha256 } from '../lib/bytes.ts';
import { numberOf } from '../publish/manifest.ts';
import { readPointer } from '../publish/read.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { ORG, runAll } from './publish-faults.ts';
import { readWholeSite, type Site } from './whole-site.ts';

const BUILDS = 8;
const READERS = 4;
const ORIGIN = 'https://reports.example.com';
const ISSUER = 'clerk.example.com';
/** Seconds: longer than any run takes. */
const LIFE = 4 * 60 * 60;

export interface GateReading {
  /** Views of readers: a page with all that belongs to it. */
  views: number;
  requests: number;
  /** Builds that readers were shown as the current one. */
  builds: number;
}

/**
 * Go back and forth between kept builds by the command, while people read through `serve` in a process of its own, each with a session:
 * they open the site, and then ask for everything else of the build that they were shown. Each rollback is waited for until they see it.
 * @throws where a view has a byte of another build, an answer is no 200, or the gate says that something went wrong
 */
export async function rollBackBehindGate(rollbacks: number): Promise<GateReading> {
  const folder = await mkdtemp(join(tmpdir(), 'cci-rollbacks-'));
  const reports = pathToFileURL(join(folder, 'reports')).href;
  const keys = makeKeys();
  let gate: GateProcess | undefined;
  try {
    const sites = await publishBuilds(openStore(reports));
    gate = await startGateProcess({
      ...{ reports, siteUrl: ORIGIN, secretKey: 'sk_live_x', jwtKey: keys.pem },
      publishableKey: publishableKeyOf(ISSUER),
    });
    const claims = { issuer: `https://${ISSUER}`, origin: ORIGIN, user: 'user_1', life: LIFE };
    const token = forge(sessionClaims({ ...claims, org: { id: ORG, name: 'One' } }), { keys });
    const reading = await readWhile(gate.port, token, sites, async (isShown) => {
      const numbers = [...sites.keys()].map((name) => ({ name, number: Number.parseInt(name, 10) }));
      for (let i = 0; i < rollbacks; i++) {
        // Never the one that is current, and each in turn.
        const { name, number } = numbers[(i * 3) % BUILDS] as (typeof numbers)[number];
        await rollback({ reports, org: [ORG], toBuild: String(number) });
        await isShown(name);
      }
    });
    const { tried, failures } = await gate.seen();
    if (tried.length + failures.length > 0) throw new Error(`the gate says: ${[...tried, ...failures].join('; ')}`);
    return reading;
  } finally {
    await gate?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds with a call more each. @returns site by name of the build */
async function publishBuilds(reports: Store): Promise<Map<string, Site>> {
  const world = await tenant([]);
  const sites = new Map<string, Site>();
  for (let n = 1; n <= BUILDS; n++) {
    await putCall(world.results, ORG, { id: `c${n}` });
    await runAll(world, reports);
    const pointer = (await readPointer(reports, ORG))?.pointer;
    const site = await readWholeSite(reports, ORG);
    if (!pointer || !site || numberOf(pointer) !== n) throw new Error(`build ${n} was not published`);
    sites.set(pointer.manifest.replace(/^builds\/|\.json$/g, ''), site);
  }
  return sites;
}

/** @param work done while they read; `isShown` resolves as soon as a reader is shown that build as the current one */
async function readWhile(
  port: number,
  token: string,
  sites: ReadonlyMap<string, Site>,
  work: (isShown: (build: string) => Promise<void>) => Promise<void>,
): Promise<GateReading> {
  const agent = new Agent({ keepAlive: true });
  const builds = new Set<string>();
  let [views, requests, working] = [0, 0, true];
  let wanted = '';
  let shown = () => {};

  async function ask(target: string, hashOf: (build: string) => string | undefined): Promise<string> {
    requests++;
    const { status, build, body } = await answerOf(agent, port, target, token);
    if (status !== 200) throw new Error(`${target}: ${status}`);
    if (sha256(body) !== hashOf(build)) throw new Error(`${target}: bytes of another build`);
    return build;
  }
  async function view(): Promise<void> {
    const build = await ask('/', (name) => sites.get(name)?.get('/'));
    builds.add(build);
    if (build === wanted) shown();
    const site = sites.get(build) ?? new Map<string, string>();
    for (const [path, hash] of site) if (path !== '/404.html') await ask(`${path}?b=${build}`, () => hash);
    views++;
  }
  const readers = Array.from({ length: READERS }, async () => {
    while (working) await view();
  });
  const failed = Promise.all(readers).then(() => {});
  const isShown = async (build: string) => {
    const seen = new Promise<void>((done) => {
      shown = done;
    });
    wanted = build;
    await Promise.race([seen, failed]);
  };
  try {
    await Promise.race([work(isShown), failed]);
  } finally {
    working = false;
  }
  await failed;
  agent.destroy();
  return { views, requests, builds: builds.size };
}

/** A page as a browser asks for it. `build`: the one that it says it belongs to. */
function answerOf(agent: Agent, port: number, target: string, token: string) {
  const headers = {
    ...{ Host: new URL(ORIGIN).host, Accept: 'text/html', 'Accept-Encoding': 'br', 'Sec-Fetch-Dest': 'document' },
    Cookie: `__session=${token}; __client_uat=1`,
  };
  return new Promise<{ status: number; build: string; body: Uint8Array }>((done, failed) => {
    const request = get({ agent, host: '127.0.0.1', port, path: target, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const body = response.headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes;
        const [, build = ''] = /build;desc="([^"]*)"/.exec(String(response.headers['server-timing'])) ?? [];
        done({ status: response.statusCode ?? 0, build, body });
      });
    });
    request.on('error', failed);
  });
}
