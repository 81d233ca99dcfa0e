import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compress, encodeText, sha256 } from '../../../generator/lib/bytes.ts';
import { ROOT } from '../../../generator/render/version.ts';
import type { Settings } from '../../../generator/settings.ts';
import { openStore } from '../../../generator/store/open.ts';
import { keys, ORIGIN, PUBLISHABLE_KEY, sessionOf } from '../../../site/gate/testing/attack/identities.ts';
import { startGateProcess } from '../../../site/gate/testing/attack/process.ts';
import { publishSite } from '../../../site/gate/testing/gate.ts';
import { random } from '../../demo/data/random.ts';
import { findNginx, type Running, startNginx } from './nginx.ts';

/** A server with the page, and how it is asked for. */
export interface Contender extends Running {
  name: string;
  /** Whole requests by case. */
  heads: { [name in Case]: string };
}

export type Case = 'identity' | 'brotli' | '304';

export const ORGANIZATION = { id: 'org_bench', name: 'Bench' };
const PAGE_BYTES = 30_000;
/** Larger than all that a system keeps for a connection. */
const LARGE_BYTES = 6_000_000;

/** The same page in a store for the gate, and in a folder for the others. */
export async function writePage(folder: string): Promise<{ html: string; etag: string; settings: Settings }> {
  const chance = random('bench', 'gate');
  const row = () =>
    `<tr><td>${chance.hex(8)}</td><td class="score">${chance.int(0, 100)}</td><td>call of an agent</td></tr>\n`;
  let html = '<!doctype html><title>Calls</title><table>';
  while (html.length < PAGE_BYTES) html += row();
  const reports = `file:${join(folder, 'store')}`;
  const large = chance.hex(1000).repeat(LARGE_BYTES / 1000);
  await publishSite(openStore(reports), ORGANIZATION.id, { '/': html, '/404.html': 'x', '/large.csv': large });
  await mkdir(join(folder, 'www/br'), { recursive: true });
  await writeFile(join(folder, 'www/page.html'), html);
  await writeFile(join(folder, 'www/br/page.html'), await compress(encodeText(html)));
  const settings = {
    reports,
    siteUrl: ORIGIN,
    publishableKey: PUBLISHABLE_KEY,
    secretKey: 'sk_live_x',
    jwtKey: keys.pem,
  };
  return { html, etag: `"${sha256(html)}"`, settings };
}

/** A request as a browser sends it. */
export const headOf = (path: string, ...lines: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: reports.example.com', ...lines, '', ''].join('\r\n');

/** With a session, and without. */
export const SESSION: string[] = sessionOf(ORGANIZATION);

/** @param short whether plain requests are answered without Astro */
export async function gateContender(settings: Settings, etag: string, short = true): Promise<Contender> {
  const gate = await startGateProcess(settings, { short });
  return {
    name: 'gate',
    port: gate.port,
    pid: gate.pid,
    heads: {
      identity: headOf('/', ...SESSION),
      brotli: headOf('/', ...SESSION, 'Accept-Encoding: br'),
      304: headOf('/', ...SESSION, `If-None-Match: ${etag}`),
    },
    [Symbol.asyncDispose]: () => gate.close(),
  };
}

/** The others; nginx only where it is installed. */
export async function otherContenders(folder: string, etag: string): Promise<Contender[]> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/bench/gate/static.ts'), join(folder, 'www')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = Number(String((await once(child.stdout, 'data'))[0]));
  const node = { name: 'bare node:http', port, pid: child.pid as number, heads: plainHeads(etag), ...stops(child) };
  const program = findNginx();
  if (program === undefined) return [node];
  const nginx = await startNginx(
    program,
    join(folder, 'nginx'),
    `root ${join(folder, 'www')}; types { text/html html; } location /br/ { add_header Content-Encoding br; }`,
  );
  // Its ETags are made of time and size.
  const answer = await fetch(`http://127.0.0.1:${nginx.port}/page.html`);
  await answer.arrayBuffer();
  return [node, { name: 'nginx', ...nginx, heads: plainHeads(answer.headers.get('etag') ?? '') }];
}

const plainHeads = (etag: string): Contender['heads'] => ({
  identity: headOf('/page.html'),
  brotli: headOf('/br/page.html'),
  304: headOf('/page.html', `If-None-Match: ${etag}`),
});

const stops = (child: ChildProcess): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  },
});
