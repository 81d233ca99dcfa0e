/** An organization's site, mail and responses are the same alone and beside any others; and logs say nothing of anybody's calls. */
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { beforeAll, expect, it } from 'vitest';
import { openSites } from '../site/gate/content/sites.ts';
import type { GateRequest } from '../site/gate/context.ts';
import type { GateSettings } from '../site/gate/settings.ts';
import { siteResponse } from '../site/gate/site-response.ts';
import type { Message } from './digest/mail/message.ts';
import { sendDigests } from './digest/send.ts';
import { markOf, type Neighbor, neighbors, putNeighbor, SUBJECT, subject, wordsOf } from './fixtures/neighbors.ts';
import { memoryWorld, published } from './fixtures/world.ts';
import { sha256 } from './lib/bytes.ts';
import type { Log } from './lib/console.ts';
import type { Renderer } from './render/renderer.ts';
import { openRenderer } from './render/renderer.ts';
import { codeVersion } from './render/version.ts';
import { buildAll } from './run.ts';
import type { Store } from './store/store.ts';
import { readOnly } from './store/testing/read-only.ts';

/** `npm run soak -- neighbors` takes more. */
const WORLDS = Number(process.env.CCI_WORLDS ?? 3);
const SITE = 'https://reports.example.com';
const KEY = 'k'.repeat(32);
/** After every call of every world. */
const NOW = () => new Date('2026-04-02T08:00:00Z');
let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});

/** What a reader of the organization may see of it. */
interface Seen {
  /** Path → SHA-256. */
  site: [string, string][];
  mail: unknown[];
  /** Path, status, headers and hash of the body. */
  responses: unknown[];
}

interface Told {
  /** Everything that a run says of an organization: log, problems, sentences of the digest. */
  lines: Map<string, string[]>;
}

/** Two runs with the input of others changed between them, then the digests, then every file through the gate. */
async function seenIn(
  all: readonly Neighbor[],
  organizationsAtOnce: number,
  pauses: () => number,
): Promise<Seen & Told> {
  const world = memoryWorld({ codeVersion: codeVersion(), now: NOW, maskingKey: KEY });
  const reports = slow(world.reports, pauses);
  const config = readOnly(world.config);
  const results = slow(readOnly(world.results), pauses);
  for (const each of all) await putNeighbor(world, each);
  const lines = new Map<string, string[]>();
  const say = (org: string, line: string) => lines.set(org, [...(lines.get(org) ?? []), line]);
  const logFor = (org: string): Log => ({
    say: (text) => say(org, text),
    async step(name, work, resultOf) {
      const value = await work(() => {});
      say(org, `${name} → ${resultOf?.(value) ?? 'done'}`);
      return value;
    },
  });
  const run = async () => {
    const context = { ...world, results, config, reports, renderer, organizationsAtOnce, logFor };
    for (const outcome of await buildAll({ ...context, acceptLoss: false }, undefined))
      if ('problems' in outcome) for (const problem of outcome.problems) say(outcome.org, problem);
  };
  await run();
  for (const { org, kind } of all)
    if (kind === 'lost') for await (const { key } of world.results.list(`${org}/`)) await world.results.remove(key);
  await run();

  const messages: Message[] = [];
  // The day that is due, one whose digest waits for no data any more, and one of which the hostile have calls.
  for (const date of [undefined, '2026-03-31', '2026-03-11']) {
    const sent = await sendDigests({
      ...{ config, reports, mailUrl: 'file:unused', from: 'Reports <reports@mail.example>', date },
      ...{ siteUrl: SITE, unsubscribeKey: KEY, maskingKey: KEY, now: NOW, log: logFor('digest') },
      transport: { send: async (message) => ({ id: String(messages.push(message)) }), close: async () => {} },
    });
    for (const line of sent.text) say(line.slice(0, line.indexOf(':')), line);
  }
  const site = [...(await published(world.reports, SUBJECT))].sort();
  const own = messages.filter(({ organization }) => organization === SUBJECT);
  return {
    site,
    mail: await Promise.all(own.map(readMail)),
    responses: await responsesOf(reports, site, all),
    lines,
  };
}

/** A mail as its reader has it, without what must differ from mail to mail. */
async function readMail({ bytes, to, from }: Message): Promise<unknown> {
  const { subject: title, html, text, headerLines, attachments } = await simpleParser(Buffer.from(bytes));
  const headers = headerLines.filter(({ key }) => key !== 'content-type').map(({ line }) => line);
  return {
    to,
    from,
    title,
    html,
    text,
    headers,
    attachments: attachments.map((each) => sha256((each as { content: Buffer }).content)),
  };
}

/** The organization's requests, with one of another organization's readers before each. */
async function responsesOf(reports: Store, site: Seen['site'], all: readonly Neighbor[]): Promise<unknown[]> {
  const sites = openSites(reports);
  const ask = async (org: string, target: string) => {
    const gate: GateRequest = {
      ...{ settings: SETTINGS, sites, target, out: new PassThrough(), noteOnce: () => {} },
      line: { at: '2026-04-02T08:00:00.000Z', method: 'GET', path: target, status: 0, bytes: 0, ms: 0 },
    };
    const session = {
      tokenType: 'session_token',
      isAuthenticated: true,
      userId: 'user_1',
      orgId: org,
      sessionClaims: {},
    };
    const response = await siteResponse({ gate, auth: () => session }, new Request(`http://x${target}`));
    const body = new Uint8Array(await response.arrayBuffer());
    return [target, response.status, [...response.headers].filter(([name]) => name !== 'server-timing'), sha256(body)];
  };
  const others = all.filter(({ org }) => org !== SUBJECT);
  const responses: unknown[] = [];
  for (const [i, [path]] of [...site, ['/calls/none/', ''], ['/qa', '']].entries()) {
    const other = others[i % others.length];
    if (other) await ask(other.org, path ?? '');
    responses.push(await ask(SUBJECT, path ?? ''));
  }
  return responses;
}

const SETTINGS: GateSettings = {
  ...{ origin: SITE, host: '127.0.0.1', port: 0, proxies: 1, publishableKey: '', secretKey: '', jwtKeys: [] },
  ...{ issuer: 'https://clerk.example.com', frontend: 'https://clerk.example.com', signInUrl: '/sign-in' },
  ...{ selectOrganizationUrl: '/select-organization', signOutUrl: '/sign-out' },
};

/** Answers after so many turns of the event loop, so that runs of organizations interleave in ever other ways. */
function slow(store: Store, pauses: () => number): Store {
  const pause = async () => {
    for (let i = pauses(); i > 0; i--) await new Promise((done) => setImmediate(done));
  };
  const after =
    <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      await pause();
      return work(...given);
    };
  return { ...store, get: after(store.get), put: after(store.put), remove: after(store.remove) };
}

it('sees and gets the same alone and beside any others, and nobody is named in the lines of another', async () => {
  await fc.assert(
    fc.asyncProperty(
      subject,
      neighbors,
      fc.integer({ min: 1, max: 4 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
      async (own, others, atOnce, delays) => {
        const alone = await seenIn([own], 1, () => 0);
        expect(alone.site.length).toBeGreaterThan(8);
        expect(alone.mail.length).toBeGreaterThan(0);
        const all = [...others, own];
        const beside = await seenIn(all, atOnce, () => delays.next().value ?? 0);
        for (const what of ['site', 'mail', 'responses'] as const) expect(beside[what]).toEqual(alone[what]);
        expect(beside.lines.get(SUBJECT)?.map(timeless)).toEqual(alone.lines.get(SUBJECT)?.map(timeless));
        for (const [org, lines] of beside.lines) {
          const text = lines.join('\n');
          for (const each of all) {
            if (each.org !== org) expect(text).not.toContain(markOf(each));
            expect(text).not.toContain(wordsOf(each));
          }
        }
      },
    ),
    { numRuns: WORLDS },
  );
});

const timeless = (line: string): string => line.replace(/\bin \d+ ms/, '');
