import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import { everything } from '../fixtures/world.ts';
import type { Store } from '../store/store.ts';
import { BUILT, builtWorld, DAY, type Given, LATER, recipients, specOf } from './fixtures/built-world.ts';
import { recipientHash } from './ledger/ledger.ts';
import { outbox } from './mail/outbox.ts';
import { NotSent, type Transport } from './mail/transport.ts';
import type { SendOptions } from './options.ts';
import { unsubscribe } from './recipients/preferences.ts';
import { sendDigests } from './send.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
const world = (...given: Given) => builtWorld(folder, ...given);
beforeAll(() => compileTemplates(folder));

const states = (digests: { state: string }[]) => digests.map(({ state }) => state);
const mails = async (store: Store) => [...(await everything(store))].filter(([key]) => key.endsWith('.eml'));
const keys = async (store: Store) => [...(await everything(store)).keys()];

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

  it('catches up with at most three missed days, oldest first, and names the older ones', async () => {
    const days = Array.from({ length: 9 }, (_, i) => `2026-03-${String(23 + i).padStart(2, '0')}`);
    const { mail, options } = await world(
      ['org_1'],
      { recipients: recipients.slice(0, 1) },
      days.map((day) => ({ id: `c${day}`, day })),
    );
    const at = (now: string) => sendDigests({ ...options, now: () => new Date(now) });
    const days_ = (digests: { date: string; state: string }[]) => digests.map(({ date, state }) => `${date} ${state}`);
    expect(days_((await at('2026-03-25T08:00:00Z')).digests)).toEqual(['2026-03-24 sent']);
    const late = await at(LATER);
    expect(days_(late.digests)).toEqual(['2026-03-28 sent', '2026-03-29 sent', '2026-03-30 sent', '2026-03-31 sent']);
    expect(late.text[0]).toContain('missed: no digest was sent about 2026-03-25, 2026-03-26, 2026-03-27');
    expect(days_((await at(LATER)).digests)).toEqual(['2026-03-31 already sent']);
    expect(await mails(mail)).toHaveLength(5);
  });

  describe('by hand about an old day', () => {
    const march = Array.from({ length: 12 }, (_, i) => `2026-03-${20 + i}`);
    const start = async () => {
      const { options, config, ...more } = await world(
        ['org_1'],
        { recipients: recipients.slice(0, 1) },
        march.map((day) => ({ id: `c${day}`, day })),
      );
      const run = async (now: string, date?: string) => {
        const { digests, text, failed } = await sendDigests({ ...options, date, now: () => new Date(now) });
        return { sent: digests.map((each) => `${each.date} ${each.state}`), text, failed };
      };
      const configure = async (digest: object) => {
        await config.put('org_1/report-config.json', JSON.stringify(specOf('org_1', digest)));
        await more.build();
      };
      return { run, configure, options };
    };

    it('makes no other day due, whether it came before the first that was or after it', async () => {
      for (const manual of ['2026-03-29T07:30:00Z', '2026-03-30T07:30:00Z']) {
        const { run } = await start();
        const days: string[] = [];
        for (const now of ['2026-03-29T08:00:00Z', manual, '2026-03-30T08:00:00Z', '2026-03-31T08:00:00Z'].sort()) {
          const { sent, text } = await run(now, now === manual ? '2026-03-22' : undefined);
          days.push(...sent);
          expect(text.join()).not.toContain('missed');
        }
        expect(days.sort()).toEqual(['2026-03-22 sent', '2026-03-28 sent', '2026-03-29 sent', '2026-03-30 sent']);
      }
    });

    it('leaves what was missed to be caught up with', async () => {
      const { run } = await start();
      await run('2026-03-28T08:00:00Z');
      await run('2026-03-30T07:00:00Z', '2026-03-22');
      expect((await run('2026-03-31T08:00:00Z')).sent).toEqual([
        '2026-03-28 sent',
        '2026-03-29 sent',
        '2026-03-30 sent',
      ]);
    });

    it('ends with 1 and says so where nothing of it could be sent, and with 0 where all have it', async () => {
      const { run, options } = await start();
      const never = await run(LATER, '2026-04-02');
      expect([never.failed, never.text]).toEqual([true, [expect.stringContaining('2026-04-02 is not covered yet')]]);
      const before = await run(LATER, '2026-03-01');
      expect([before.failed, before.text.at(-1)]).toEqual([true, 'org_1: no digest about 2026-03-01 was sent.']);
      const states_ = [await run(LATER, DAY), await run(LATER, DAY)].map(({ sent, failed }) => [...sent, failed]);
      expect(states_).toEqual([
        [`${DAY} sent`, false],
        [`${DAY} already sent`, false],
      ]);
      await options.config.put('org_3/report-config.json', '{}');
      expect((await sendDigests({ ...options, organizations: ['org_3'], date: DAY })).failed).toBe(true);
    });

    it('counts no day as missed on which nobody was to get a digest', async () => {
      const { run, configure } = await start();
      await run('2026-03-24T08:00:00Z');
      await configure({ enabled: false });
      expect((await run('2026-03-25T08:00:00Z')).sent).toEqual([]);
      await configure({ recipients: recipients.slice(0, 1) });
      expect(await run(LATER)).toMatchObject({ sent: [`${DAY} sent`], text: [`org_1: ${DAY}: 1 sent.`] });
    });

    it('counts no weekday as missed that has just been chosen', async () => {
      const { run, configure } = await start();
      await configure({ recipients: recipients.slice(0, 1), days: ['tuesday'] });
      await run('2026-03-25T08:00:00Z');
      await configure({ recipients: recipients.slice(0, 1) });
      expect((await run(LATER)).sent).toEqual([`${DAY} sent`]);
    });
  });

  it('sends a new organization one day, and a new recipient no days of the past', async () => {
    const days = ['2026-03-29', '2026-03-30', DAY];
    const of = (day: string) => ({ id: `c${day}`, day });
    const { options, config, build } = await world(['org_1'], { recipients: recipients.slice(0, 1) }, days.map(of));
    const at = (now: string) => sendDigests({ ...options, now: () => new Date(now) });
    expect((await at('2026-03-31T08:00:00Z')).digests.map(({ date }) => date)).toEqual(['2026-03-30']);
    await config.put('org_1/report-config.json', JSON.stringify(specOf('org_1')));
    await build();
    expect((await at(LATER)).digests.map(({ date, state }) => `${date} ${state}`)).toEqual([
      `${DAY} sent`,
      `${DAY} sent`,
    ]);
  });

  it('keeps no bytes of what was sent', async () => {
    const { options, reports } = await world();
    await sendDigests(options);
    expect((await keys(reports)).filter((key) => key.startsWith('mail/frozen/'))).toEqual([]);
  });

  it('waits a day for late data, and then goes out and says so', async () => {
    const { mail, options } = await world(['org_1'], { quietDay: 'skip' }, [{ id: 'c1', day: '2026-03-24' }]);
    const at = (now: string) => sendDigests({ ...options, date: DAY, now: () => new Date(now) });
    const early = await at('2026-04-02T05:59:00Z');
    // A day that somebody asked for, and of which nothing went out.
    expect([states(early.digests), early.failed]).toEqual([['waiting', 'waiting'], true]);
    expect(states((await at('2026-04-02T06:01:00Z')).digests)).toEqual(['sent', 'sent']);
    const [[, bytes] = ['', new Uint8Array()]] = await mails(mail);
    const { subject, text } = await simpleParser(bytes);
    expect(subject).toMatch(/^Data of Tue 31 Mar is late/);
    expect(text).not.toMatch(/\b0 calls/);
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

  it('names what the mail service wrote and nobody understands, and sends', async () => {
    const { options, reports } = await world();
    await reports.put('mail/events/2026/odd', '{"event":"bounce","email":"maria@example.com"}');
    const { digests, text, failed } = await sendDigests(options);
    expect([states(digests), failed]).toEqual([['sent', 'sent'], true]);
    expect(text[0]).toBe(
      'mail/events/: 1 object holds something that is not an Amazon SES event, so a bounce or a complaint may have been missed: mail/events/2026/odd. Correct or remove it.',
    );
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

  it('sends nothing before the time, and nothing for a day that no build covers', async () => {
    const { mail, options, reports } = await world();
    const early = await sendDigests({ ...options, now: () => new Date('2026-03-31T05:00:00Z') });
    expect(states(early.digests)).toEqual(['skipped', 'skipped']);
    expect(early.text[1]).toContain('2 recipients: skipped: the data has no calls on that day or earlier');
    const asked = await sendDigests({ ...options, date: '2026-04-01' });
    expect(asked.text[0]).toContain('2026-04-01 is not covered yet');
    expect(await mails(mail)).toEqual([]);
    expect((await keys(reports)).some((key) => key.startsWith('mail/'))).toBe(false);
  });

  it('sends nothing where the store cannot keep a claim', async () => {
    const { mail, options, reports } = await world();
    const careless: Store = { ...reports, put: (key, body) => reports.put(key, body) };
    const outcome = await sendDigests({ ...options, reports: careless });
    expect(outcome).toMatchObject({ failed: true, digests: [] });
    expect(outcome.text).toEqual([expect.stringContaining('does not support conditional writes')]);
    expect(await mails(mail)).toEqual([]);
  });

  it('asks for a build where the configuration has changed since', async () => {
    const { options, config } = await world(['org_1', 'org_2']);
    await config.put('org_1/report-config.json', JSON.stringify({ ...specOf('org_1'), passMark: 99 }));
    const { digests, text, failed } = await sendDigests(options);
    expect(digests.map(({ org, state }) => `${org} ${state}`)).toEqual(['org_2 sent', 'org_2 sent']);
    expect(text[0]).toContain('Run build, then digest.');
    expect(failed).toBe(true);
  });

  it('goes on where one organization’s configuration is wrong', async () => {
    const { options, config } = await world(['org_1', 'org_2']);
    await config.put('org_1/report-config.json', '{"digest": 7}');
    const { digests, failed } = await sendDigests(options);
    expect([states(digests), failed]).toEqual([['sent', 'sent'], true]);
  });

  it('refuses an organization that has no configuration, and leaves one without a digest alone', async () => {
    const { options, config } = await world();
    await config.put('org_3/report-config.json', '{}');
    await expect(sendDigests({ ...options, organizations: ['org_9'] })).rejects.toThrow('has no configuration');
    expect(await sendDigests({ ...options, organizations: ['org_3'] })).toMatchObject({
      digests: [],
      text: ['org_3: no digest is configured.'],
    });
  });

  it('sends one mail to an address that is listed twice, and says so', async () => {
    const again = ['MARIA@example.com', "M.O'Hara@bücher.example", "m.o'hara@xn--bcher-kva.example"];
    const { mail, options } = await world(['org_1'], {
      recipients: [...recipients, ...again.map((address) => ({ address }))],
    });
    const { text } = await sendDigests(options);
    expect(await mails(mail)).toHaveLength(3);
    expect(text[1]).toContain('recipients whose address is listed more than once: 2.');
  });

  it('sends nothing to a team that nobody is in, and says so', async () => {
    const { options } = await world(['org_1'], {
      recipients: [{ address: 'a@b.example', scope: { team: 'Nowhere' } }],
    });
    const { digests, text } = await sendDigests(options);
    expect(digests).toMatchObject([{ state: 'not sent' }]);
    expect(text[1]).toContain('no agent in report-config.json has the team "Nowhere"');
  });
});

describe('a send that goes wrong', () => {
  it('is told in the words of the first to fail, once, and names nobody', async () => {
    const { options } = await world();
    let tries = 0;
    const transport: Transport = {
      close: async () => {},
      async send() {
        tries++;
        throw new NotSent('ExpiredToken: maria@example.com and\nreports@cci.example are not known..', { stop: true });
      },
    };
    const { digests, text } = await sendDigests({ ...options, transport });
    expect([states(digests), tries]).toEqual([['not sent', 'not sent'], 1]);
    const said = 'ExpiredToken: (address) and reports@cci.example are not known';
    expect(text.slice(1)).toEqual([
      expect.stringMatching(/^org_1: 2026-03-31: recipient [0-9a-f]{32}: not sent: ExpiredToken/),
      expect.stringContaining(`: not sent: not tried, because the one before it could not be sent: ${said}.`),
    ]);
    expect(text[1]?.endsWith(`: not sent: ${said}.`)).toBe(true);
  });

  it('is tried again where nothing left', async () => {
    const { mail, options } = await world();
    const full: Transport = { send: () => Promise.reject(new NotSent('the outbox is full')), close: async () => {} };
    const first = await sendDigests({ ...options, transport: full });
    expect([states(first.digests), first.failed]).toEqual([['not sent', 'not sent'], true]);
    expect(states((await sendDigests(options)).digests)).toEqual(['sent', 'sent']);
    expect(await mails(mail)).toHaveLength(2);
  });

  it('is never sent again where nobody knows, and is reported each time', async () => {
    const { mail, options } = await world();
    let attempts = 0;
    const reset: Transport = {
      close: async () => {},
      async send() {
        attempts++;
        throw new Error('connection reset');
      },
    };
    const first = await sendDigests({ ...options, transport: reset });
    expect([states(first.digests), first.failed, attempts]).toEqual([['unknown', 'unknown'], true, 2]);
    const later = await sendDigests({ ...options, now: () => new Date('2026-04-01T09:00:00Z') });
    expect((await keys(options.reports)).filter((key) => key.startsWith('mail/frozen/'))).toHaveLength(2);
    await sendDigests({ ...options, now: () => new Date('2026-04-08T09:00:01Z') });
    expect((await keys(options.reports)).filter((key) => key.startsWith('mail/frozen/'))).toEqual([]);
    expect([states(later.digests), later.failed]).toEqual([['unknown', 'unknown'], true]);
    expect(later.text.join(' ')).toContain('It may have been sent, and is not resent automatically');
    expect(await mails(mail)).toEqual([]);
  });
});

describe('a quiet day', () => {
  const calls = [{ id: 'c1', day: '2026-03-30' }];

  it('gets a note', async () => {
    const { mail, options } = await world(['org_1'], {}, calls);
    expect(states((await sendDigests(options)).digests)).toEqual(['sent', 'sent']);
    const [[, bytes] = ['', new Uint8Array()]] = await mails(mail);
    expect((await simpleParser(bytes)).subject).toMatch(/^No calls on Tue 31 Mar/);
  });

  it('tells those who run it since when no call has come', async () => {
    const { options } = await world(['org_1'], {}, [{ id: 'c1', day: '2025-02-03' }]);
    const { text, failed } = await sendDigests(options);
    expect([text, failed]).toEqual([
      [
        `org_1: ${DAY}: 2 sent.`,
        'org_1: no call has arrived since Mon 3 Feb 2025, for 421 days. Check whether the pipeline still writes to the results store.',
      ],
      false,
    ]);
  });

  it('is skipped once and for all where the tenant wants that', async () => {
    const { mail, options, reports } = await world(['org_1'], { quietDay: 'skip' }, calls);
    expect(states((await sendDigests(options)).digests)).toEqual(['skipped', 'skipped']);
    const before = await everything(reports);
    expect(states((await sendDigests(options)).digests)).toEqual(['skipped', 'skipped']);
    expect(await everything(reports)).toEqual(before);
    expect(await everything(mail)).toEqual(new Map());
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
