import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import { everything } from '../fixtures/world.ts';
import type { Store } from '../store/store.ts';
import { BUILT, builtWorld, DAY, type Given } from './fixtures/built-world.ts';
import { keys, mails, states } from './fixtures/outcomes.ts';
import { recipientHash } from './ledger/ledger.ts';
import { outbox } from './mail/outbox.ts';
import type { Transport } from './mail/transport.ts';
import type { SendOptions } from './options.ts';
import { unsubscribe } from './recipients/preferences.ts';
import { sendDigests } from './send.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
const world = (...given: Given) => builtWorld(folder, ...given);
beforeAll(() => compileTemplates(folder));

describe('a run', () => {
  it('sends each recipient one mail, and the next run sends and writes nothing', async () => {
    const { mail, options, reports } = await world();
    const first = await sendDigests(options);
    expect(states(first.digests)).toEqual(['sent', 'sent']);
    expect(first).toMatchObject({ failed: false, text: [`org_1: ${DAY}: 2 sent.`] });
    expect(await mails(mail)).toHaveLength(2);
    const [before, mailBefore] = [await everything(reports), await everything(mail)];
    const second = await sendDigests({ ...options, now: () => new Date('2026-04-01T20:00:00Z') });
    expect(states(second.digests)).toEqual(['already sent', 'already sent']);
    expect(second.failed).toBe(false);
    expect(await everything(reports)).toEqual(before);
    expect(await everything(mail)).toEqual(mailBefore);
  });

  it('is stopped between two digests: the one under way is sent, and the next run sends the others', async () => {
    const { mail, options } = await world(['org_1', 'org_2']);
    let isStopped = false;
    const transport: Transport = {
      close: async () => {},
      async send(message) {
        isStopped = true;
        return outbox(mail).send(message);
      },
    };
    const cut = await sendDigests({ ...options, transport, isStopped: () => isStopped });
    expect([states(cut.digests), cut.isCut, cut.failed]).toEqual([['sent', 'waiting'], true, false]);
    expect(cut.text).toEqual([
      `org_1: ${DAY}: 1 sent, 1 waiting.`,
      expect.stringMatching(/^org_1: .*: waiting: the run was stopped before; the next one sends it\.$/),
    ]);
    const next = await sendDigests({ ...options, isStopped: () => false });
    expect(states(next.digests).sort()).toEqual(['already sent', 'sent', 'sent', 'sent']);
    expect(next.isCut).toBeUndefined();
    expect(await mails(mail)).toHaveLength(4);
  });

  it('sends once when two run at once', async () => {
    const { mail, options, reports } = await world(['org_1', 'org_2']);
    const sent: string[] = [];
    const counting: Transport = {
      close: async () => {},
      async send(message) {
        sent.push(message.id);
        return outbox(mail).send(message);
      },
    };
    // Reads take a while and no two as long: everybody sees that nobody has claimed anything yet.
    const slow: Store = {
      ...reports,
      get: async (key, condition) => {
        const found = await reports.get(key, condition);
        await new Promise((wake) => setTimeout(wake, 5 + Math.random() * 5));
        return found;
      },
    };
    const run = () => sendDigests({ ...options, reports: slow, transport: counting });
    const runs = await Promise.all(Array.from({ length: 4 }, run));
    expect(sent).toHaveLength(4);
    expect(new Set(sent).size).toBe(4);
    expect(runs.some(({ failed }) => failed)).toBe(false);
    expect(runs.flatMap(({ digests }) => states(digests)).filter((state) => state === 'sent')).toHaveLength(4);
  });

  it('keeps no bytes of what was sent', async () => {
    const { options, reports } = await world();
    await sendDigests(options);
    expect((await keys(reports)).filter((key) => key.startsWith('mail/frozen/'))).toEqual([]);
  });

  it('leaves out who has unsubscribed and whose address bounces, and says so', async () => {
    const { mail, options, reports } = await world();
    const recipient = recipientHash('org_1', 'sam@example.com');
    await unsubscribe(reports, { organization: 'org_1', recipient, kind: 'daily' }, new Date(BUILT));
    const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'maria@example.com' }] };
    await reports.put('mail/events/one', JSON.stringify({ eventType: 'Bounce', bounce, mail: {} }));
    const { digests, text } = await sendDigests(options);
    expect(states(digests)).toEqual(['skipped', 'skipped']);
    expect(text.join('\n')).toMatch(/bounced permanently[\s\S]*unsubscribed/);
    expect(await mails(mail)).toEqual([]);
  });

  it('sends a test to one address, marked, and leaves the ledger alone', async () => {
    const { mail, options, reports } = await world();
    const before = await everything(reports);
    await sendDigests({ ...options, to: 'me@example.com' });
    const [[, bytes] = ['', new Uint8Array()], ...others] = await mails(mail);
    const { subject, to } = await simpleParser(bytes);
    expect([subject?.slice(0, 7), to?.value[0]?.address, others]).toEqual(['[Test] ', 'me@example.com', []]);
    expect((await everything(reports)).size).toBe(before.size);
    expect(states((await sendDigests(options)).digests)).toEqual(['sent', 'sent']);
  });

  it('says to each how to stop it: at the gate, else by mail, else not at all', async () => {
    const stopOf = async (more: Partial<SendOptions>) => {
      const { mail, options } = await world();
      await sendDigests({ ...options, ...more });
      const all = await Promise.all((await mails(mail)).map(([, bytes]) => simpleParser(bytes)));
      return all.map(({ text = '', headers }) => [
        (headers.get('list') as { unsubscribe?: { url?: string; mail?: string } } | undefined)?.unsubscribe,
        /Stop this digest:\n(.*)/.exec(text)?.[1],
      ]);
    };
    const gate = await stopOf({ unsubscribeKey: 'k'.repeat(32), unsubscribeMail: 'quality@example.com' });
    expect(gate).toHaveLength(2);
    for (const [header, link] of gate) {
      expect(link).toMatch(/^https:\/\/reports\.example\.com\/u\/[\w.-]+$/);
      expect(header).toEqual({ url: link });
    }
    expect(new Set(gate.map(([, link]) => link)).size).toBe(2);
    const link = 'mailto:quality@example.com?subject=Stop%20the%20daily%20digest%20of%20org_1';
    for (const [header, body] of await stopOf({ unsubscribeMail: 'quality@example.com' }))
      expect([header, body]).toEqual([{ mail: link.slice('mailto:'.length) }, link]);
    expect(await stopOf({})).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('makes the same bytes from the same input', async () => {
    const [one, two] = [await world(), await world()];
    for (const { options } of [one, two]) await sendDigests(options);
    expect(await mails(one.mail)).toEqual(await mails(two.mail));
  });

  it('says what it would send, and writes nothing, in a dry run', async () => {
    const { mail, options, reports } = await world();
    const before = await everything(reports);
    const { digests, text } = await sendDigests({ ...options, dryRun: true });
    expect(states(digests)).toEqual(['would send', 'would send']);
    expect(text.join('\n')).toContain(`would send: 1 call on Tue 31 Mar`);
    expect([await everything(reports), await everything(mail)]).toEqual([before, new Map()]);
  });
});

it('puts nothing of another organization into a mail', async () => {
  const orgs = ['org_1', 'org_12', 'org_2'];
  const { mail, options } = await world(orgs);
  await sendDigests(options);
  for (const [key, bytes] of await mails(mail)) {
    const { html, text, subject, headerLines } = await simpleParser(bytes);
    const own = orgs.find((org) => key.startsWith(`${DAY}-${org}-`)) as string;
    const all = [html, text, subject, ...headerLines.map(({ line }) => line)].join('\n');
    const marks = new Set(all.match(/org_\d+/g));
    expect([...marks]).toEqual([own]);
  }
});
