import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { beforeAll, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import { isLong } from '../fixtures/long.ts';
import { memoryWorld, plainRenderer, putCall, rule } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import { linkMark } from '../lib/link-mark.ts';
import { codeVersion } from '../render/version.ts';
import { buildAll } from '../run.ts';
import { recipientHash } from './ledger/ledger.ts';
import type { Message } from './mail/message.ts';
import type { SendOptions } from './options.ts';
import { readToken } from './recipients/preferences.ts';
import { sendDigests } from './send.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
beforeAll(() => compileTemplates(folder));

const DAY = '2026-03-31';
const WEEK_BEFORE = '2026-03-24';
const KEY = 'k'.repeat(32);
const SITE = 'https://reports.example.com';

/** What nobody but its own tenant may see; one id is the beginning of the other. */
const TENANTS = [
  { org: 'org_1', mark: 'ALPHAMARK', accent: '#A1403B' },
  { org: 'org_12', mark: 'BETAMARK', accent: '#3B7FA1' },
] as const;
type Tenant = (typeof TENANTS)[number];

/** What a name may be; the mark is put before it. */
const NAMES = [
  'Ann Lee',
  'x\r\nBcc: thief@evil.example',
  '{{x}} {{{accent}}} {{#each calls}}',
  'javascript:alert(1)',
  '"><img src=x onerror=alert(1)><a href="javascript:alert(1)">',
  'NaN undefined null',
  '=?utf-8?q?x=0d=0aBcc:_thief=40evil.example?=',
  ', thief@evil.example; <thief@evil.example>',
  '\u202eevil\u2066',
  'x'.repeat(10_000),
];
const name = fc.constantFrom(...NAMES);
const tenantArbitrary = fc.record({
  agent: name,
  rule: name,
  person: name,
  people: fc.integer({ min: 1, max: 3 }),
  calls: fc.integer({ min: 1, max: 4 }),
  scoped: fc.boolean(),
});
type Made = typeof tenantArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** On one line and not too long, as the configuration wants it. */
const short = (text: string) => text.replace(/[\r\n]+/g, ' ').slice(0, 180);
const agentOf = ({ mark }: Tenant) => `${mark.toLowerCase()}@agents.example`;
const addressOf = ({ mark }: Tenant, i: number) => `${mark.toLowerCase()}-${i}@example.com`;

const specOf = (tenant: Tenant, { agent, person, people, scoped }: Made) => ({
  name: `${tenant.mark} ${short(agent)}`.trim(),
  agentDomains: ['agents.example'],
  minimumN: 1,
  brand: { accent: tenant.accent },
  agents: { [agentOf(tenant)]: { name: `${tenant.mark} ${short(agent)}`.trim(), team: tenant.mark } },
  digest: {
    recipients: Array.from({ length: people }, (_, i) => ({
      name: `${tenant.mark} ${short(person)}`.trim(),
      address: addressOf(tenant, i),
      ...(scoped && { scope: i % 2 ? { agent: agentOf(tenant) } : { team: tenant.mark } }),
    })),
  },
});

async function worldOf(made: readonly Made[]) {
  const world = memoryWorld({ now: () => new Date('2026-04-01T03:00:00Z'), codeVersion: codeVersion() });
  for (const [i, tenant] of TENANTS.entries()) {
    const own = made[i] as Made;
    await world.config.put(`${tenant.org}/report-config.json`, JSON.stringify(specOf(tenant, own)));
    for (const day of [DAY, WEEK_BEFORE]) {
      for (let n = 0; n < own.calls; n++) {
        const call = {
          to_number: agentOf(tenant),
          start_timestamp: `${day}T1${n}:00:00Z`,
          end_timestamp: `${day}T1${n}:01:00Z`,
          processing_timestamp: `${day}T20:00:00Z`,
        };
        const qa = [rule(`${tenant.mark} ${own.rule}`, { pass: n % 2 === 1 })];
        await putCall(world.results, tenant.org, { id: `${tenant.mark}-${day}-${n}`, call, qa });
      }
    }
  }
  const outcomes = await buildAll({ ...world, renderer: plainRenderer, logFor: () => silentLog }, undefined);
  expect(outcomes).toHaveLength(TENANTS.length);
  expect(JSON.stringify(outcomes)).not.toContain('problems');
  return world;
}

/** Everything that a mail says, as sent and as read. */
const allOf = (
  message: Message,
  { html, text, subject, headerLines }: Awaited<ReturnType<typeof simpleParser>>,
): string =>
  [JSON.stringify({ ...message, bytes: undefined }), html, text, subject, ...headerLines.map(({ line }) => line)].join(
    '\n',
  );

it('puts nothing of one tenant into the mail of another, in any order and at once, and writes to one person each', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(tenantArbitrary, tenantArbitrary),
      fc.uniqueArray(fc.constantFrom(...TENANTS.map(({ org }) => org)), { minLength: 1 }),
      fc.integer({ min: 1, max: 3 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
      async (made, first, runners, delays) => {
        const world = await worldOf(made);
        const sent: Message[] = [];
        const options: SendOptions = {
          config: world.config,
          reports: {
            ...world.reports,
            get: async (key, condition) => {
              await new Promise((wake) => setTimeout(wake, delays.next().value ?? 0));
              return world.reports.get(key, condition);
            },
          },
          mailUrl: 'file:unused',
          transport: {
            send: async (message) => ({ id: `m-${sent.push(message)}` }),
            close: async () => {},
          },
          from: 'Reports <reports@cci.example>',
          siteUrl: SITE,
          unsubscribeKey: KEY,
          now: () => new Date('2026-04-01T08:00:00Z'),
          log: silentLog,
          templates: folder,
        };
        await Promise.all(
          Array.from({ length: runners }, (_, i) =>
            sendDigests({ ...options, ...(i === 0 && { organizations: first }) }),
          ),
        );
        await sendDigests(options);

        const expected = TENANTS.flatMap((tenant, i) =>
          Array.from({ length: made[i]?.people ?? 0 }, (_, n) => addressOf(tenant, n)),
        );
        expect(sent.map(({ to }) => to).sort()).toEqual(expected.sort());
        for (const message of sent) {
          const mail = await simpleParser(message.bytes);
          const own = TENANTS.find(({ org }) => org === message.organization) as Tenant;
          const other = TENANTS.find(({ org }) => org !== message.organization) as Tenant;
          const all = allOf(message, mail);
          expect(all).toContain(own.mark);
          expect(all.toLowerCase()).not.toContain(other.mark.toLowerCase());
          expect(all).not.toContain(linkMark(other.org));
          expect(all.match(/\borg_\d+\b/g)?.filter((org) => org !== own.org) ?? []).toEqual([]);
          expect(all.toLowerCase()).not.toContain(other.accent.toLowerCase());

          expect(mail.to?.value.map(({ address }) => address)).toEqual([message.to]);
          expect([mail.cc, mail.bcc, message.to.includes(',')]).toEqual([undefined, undefined, false]);
          expect(mail.from?.value.map(({ address }) => address)).toEqual(['reports@cci.example']);
          const names = mail.headerLines.map(({ key }) => key);
          expect(new Set(names).size).toBe(names.length);

          const token = /\/u\/([\w.-]+)/.exec(mail.text ?? '')?.[1] ?? '';
          expect(readToken(token, [KEY])).toEqual({
            organization: own.org,
            recipient: recipientHash(own.org, message.to),
            kind: 'daily',
          });
          for (const [, href = ''] of String(mail.html).matchAll(/href="([^"]*)"/g))
            expect(href).toMatch(/^https:\/\/reports\.example\.com\//);
          expect(String(mail.html)).not.toMatch(/<img (?!src="(?:cid:|data:image\/png))/);
          expect(String(mail.html)).not.toMatch(/<[^>]*\son\w+=/);
        }
      },
    ),
    { numRuns: isLong ? 20 : 10 },
  );
});
