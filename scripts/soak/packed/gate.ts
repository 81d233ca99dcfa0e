import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { request } from '@playwright/test';
import { openStore } from '../../../generator/store/open.ts';
import type { LambdaEvent, LambdaResult } from '../../../site/gate/lambda.ts';
import { demoPeople, demoTenants } from '../../demo/data/tenants.ts';
import { forge, makeKeys, publishableKeyOf, sessionClaims } from '../../demo/identity/forge.ts';
import { freePort } from '../../demo/identity/free-port.ts';
import { startIdentity } from '../../demo/identity/identity.ts';
import { must } from '../lib/check.ts';

/** A packed gate, and sites and input of the demo for it to show. */
export interface PackedGate {
  node: string;
  root: string;
  reports: string;
  input: string;
  results: string;
}

const [PERSON] = demoPeople;
const SITE = 'https://reports.example.com';
const keys = makeKeys();

/** People sign in at the demo's identity, and see their organization's site and no other. */
export async function showsToMembers({ node, root, reports, input, results }: PackedGate): Promise<string> {
  const origin = `http://127.0.0.1:${await freePort()}`;
  const people = { persons: demoPeople, organizations: demoTenants, results: openStore(results) };
  const identity = await startIdentity({ gateOrigin: origin, port: 0, ...people });
  const child = fork(new URL('gate-process.ts', import.meta.url), {
    execPath: node,
    execArgv: [],
    cwd: root,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const browser = await request.newContext({ extraHTTPHeaders: { accept: 'text/html' } });
  try {
    child.send({ root, settings: identity.gate, reports, input });
    const [{ error }] = (await once(child, 'message')) as [{ url?: string; error?: string }];
    must(error === undefined, `the packed gate did not start: ${error}`);
    const signIn = await browser.get(`${origin}/`);
    must(signIn.url().startsWith(`${identity.url}/sign-in`), `a stranger came to ${signIn.url()}`);
    const csrf = /name="csrf" value="([0-9a-f]+)"/.exec(await signIn.text())?.[1] ?? '';
    const [org = ''] = PERSON?.orgs ?? [];
    const form = { csrf, user: PERSON?.userId ?? '', org, redirect_url: '/' };
    const headers = { origin: identity.url };
    const page = await browser.post(`${identity.url}/sign-in`, { form, headers });
    const name = demoTenants.find((tenant) => tenant.org === org)?.name ?? '-';
    const text = await page.text();
    must(page.status() === 200 && text.includes(name), `the overview answered ${page.status()} at ${page.url()}`);
    const paths = new Set(
      [...text.matchAll(/(?:href|src)="(\/[^"#]*)/g)].map(([, path = '']) => path.replaceAll('&amp;', '&')),
    );
    for (const path of paths) {
      const answer = await browser.get(origin + path);
      must(answer.status() === 200, `${path} answered ${answer.status()}`);
    }
    must(paths.size > 20, `the overview leads to ${paths.size} files only`);
    return `${paths.size} links of ${name}'s overview opened`;
  } finally {
    child.disconnect();
    await browser.dispose();
    await identity.close();
  }
}

/** The environment of a gate in production, at a made-up instance of Clerk's. */
export const production = (reports: string) => ({
  PATH: process.env.PATH,
  CCI_REPORTS_URL: reports,
  CCI_SITE_URL: SITE,
  CCI_AUDIT: 'calls',
  PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKeyOf('clerk.example.com'),
  CLERK_SECRET_KEY: `sk_live_${'x1y2z3'.repeat(7)}`,
  CCI_CLERK_JWT_KEY: keys.pem,
});

function cookieOf(org: string): string {
  const facts = { issuer: 'https://clerk.example.com', origin: SITE, user: 'user_1', life: 600 };
  return `__session=${forge(sessionClaims({ ...facts, org: { id: org, name: org } }), { keys })}; __client_uat=1`;
}

/** `serve` as it is started in production, with a session that Clerk could have made. */
export async function servesInProduction({ node, root, reports }: PackedGate, org: string): Promise<string> {
  const port = await freePort();
  const env = { ...production(reports), CCI_PORT: String(port) };
  const child = spawn(node, ['generator/reports.mjs', 'serve'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const ask = (path: string, headers = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' });
    const health = await answering(child, () => ask('/healthz'));
    must(health.status === 200, `/healthz answered ${health.status}`);
    const page = await ask('/', { accept: 'text/html', cookie: cookieOf(org) });
    must(page.status === 200, `a member's page answered ${page.status}`);
    const stranger = await ask('/', { accept: 'text/html' });
    must(stranger.status === 303, `a stranger got ${stranger.status}`);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const [status] = await ended;
    must(status === 0, `SIGTERM ended it with ${status}`);
    return 'serve: health, page, sign-in, stop';
  } finally {
    child.kill('SIGKILL');
  }
}

/** What `ask` comes to, as soon as the process listens. @throws where it ends before */
async function answering(child: ChildProcess, ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await ask().catch(() => undefined);
    if (response) return response;
    must(child.exitCode === null, `it ended with ${child.exitCode} before it listened`);
    await sleep(50);
  }
}

const CALLER = `
  const { handler } = await import(process.argv[1]);
  process.stdout.write = () => true;
  process.send(await handler(JSON.parse(process.argv[2])), () => process.exit());
`;

/** The entry of AWS Lambda, called as Lambda would. */
export async function answersAsLambda({ node, root, reports }: PackedGate, org: string): Promise<string> {
  const event: LambdaEvent = {
    rawPath: '/',
    headers: { accept: 'text/html' },
    cookies: cookieOf(org).split('; '),
    requestContext: { http: { method: 'GET', sourceIp: '203.0.113.7' } },
  };
  const entry = pathToFileURL(join(root, 'site/gate/lambda.mjs')).href;
  const child = spawn(node, ['--input-type=module', '-e', CALLER, entry, JSON.stringify(event)], {
    cwd: root,
    env: production(reports),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [answer] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [
    LambdaResult | number | null,
  ];
  must(typeof answer === 'object' && answer?.statusCode === 200, `Lambda's entry answered ${JSON.stringify(answer)}`);
  return 'Lambda: a page';
}
