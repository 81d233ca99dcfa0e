import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import type { Store } from '../store/store.ts';
import { builtWorld, type Given, recipients, specOf } from './fixtures/built-world.ts';
import { keys, mails, states } from './fixtures/outcomes.ts';
import { NotSent, type Transport } from './mail/transport.ts';
import { sendDigests } from './send.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
const world = (...given: Given) => builtWorld(folder, ...given);
beforeAll(() => compileTemplates(folder));

describe('a run that meets what is wrong', () => {
  it('names what the mail service wrote and nobody understands, and sends', async () => {
    const { options, reports } = await world();
    await reports.put('mail/events/2026/odd', '{"event":"bounce","email":"maria@example.com"}');
    const { digests, text, failed } = await sendDigests(options);
    expect([states(digests), failed]).toEqual([['sent', 'sent'], true]);
    expect(text[0]).toBe(
      'mail/events/: 1 object holds something that is not an Amazon SES event, so a bounce or a complaint may have been missed: mail/events/2026/odd. Correct or remove it.',
    );
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
