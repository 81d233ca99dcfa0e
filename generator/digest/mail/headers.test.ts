/** Texts from tenants in headers: whatever they hold, a mail goes to one person and says in its headers what was written. */
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, it } from 'vitest';
import { tenantConfig } from '../../tenants/config.ts';
import { composeDigest } from '../content/compose.ts';
import { BOB, callOn, DAY, reportFrom, ruleResult, SPEC, WEEK_BEFORE } from '../fixtures/report.ts';
import { buildMessage, type MessageInput, named } from './message.ts';

const INPUT: MessageInput = {
  id: 'a'.repeat(32),
  organization: 'org_test',
  date: DAY,
  from: { name: 'Reports', address: 'reports@cci.example' },
  to: { name: 'Ann Lee', address: 'ann@example.com' },
  subject: '79% passed on Tue 9 Dec, down 4 points',
  html: '<!doctype html><p>Hello</p>',
  text: 'Hello\n',
  stop: 'https://reports.example.com/u/token',
  at: new Date('2025-12-10T07:00:00Z'),
};

const word = (text: string, charset = 'utf-8') => `=?${charset}?B?${Buffer.from(text).toString('base64')}?=`;
const RUNS = Number(process.env.CCI_RUNS ?? 30);

/** What headers are injected, split, turned about or encoded with. */
const PIECES = [
  ...['\r\n', '\n', '\r', '\0', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029', '\r\n\r\n', '\r\n '],
  ...['\u202e', '\u202a', '\u202c', '\u2066', '\u2069', '\u200f', '\u061c', '\ufeff', '\u200b'],
  ...[
    word('PAY NOW \u202egnp.exe'),
    word('a\r\nBcc: evil@x.example'),
    '=?utf-8?q?x=0d=0aBcc:_e@f.g?=',
    word('x', 'UTF-7'),
  ],
  ...['=?utf-8*en?Q?=41?=', '=?', '?=', '=', '?', '=\u202e?utf-8?q?=41?=', '=\r?utf-8?b?QQ==?=', '==??utf-8?Q?A?='],
  ...['Bcc: evil@x.example', 'To: evil@x.example', '<evil@x.example>', ', evil@x.example', ';', ':', ' '],
  ...['"', '\\', '(', ')', "'", 'plain words', 'ünïcødé', '例え', '💣', '\ud800', '%0d%0a', '\\r\\n'],
];
const HOSTILE = fc
  .sample(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }), { numRuns: RUNS, seed: 16 })
  .map((parts) => `${parts.join('')}.`.slice(0, 78));

/** A text without what headers cannot hold, and without space: that is where words are kept from being decoded. */
const bare = (text: string) =>
  text.toWellFormed().replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, '');

/** A mail as mail programs read it. @throws where it goes to anybody else, or its headers are not the usual ones */
async function read(input: Partial<MessageInput>) {
  const { bytes } = await buildMessage({ ...INPUT, ...input });
  const mail = await simpleParser(bytes);
  const keys = mail.headerLines.map(({ key }) => key);
  const [head = ''] = Buffer.from(bytes).toString('latin1').split('\r\n\r\n');
  expect(head.replaceAll('\r\n', '')).toMatch(/^[\t -~]*$/);
  expect(mail.to?.value.map(({ address }) => address)).toEqual(['ann@example.com']);
  expect(mail.from?.value.map(({ address }) => address)).toEqual(['reports@cci.example']);
  const texts = [mail.subject ?? '', mail.to?.value[0]?.name ?? '', mail.from?.value[0]?.name ?? ''];
  // Nothing is left that could be decoded once more.
  for (const text of texts) expect(text).not.toContain('=?');
  return { keys, subject: texts[0] ?? '', to: texts[1] ?? '', from: texts[2] ?? '', text: mail.text };
}

it('goes to one person with the usual headers and the text as written, whatever subject and names hold', async () => {
  const { keys } = await read({});
  for (const text of HOSTILE) {
    const { address } = INPUT.from;
    const mail = await read({ subject: text, to: named({ ...INPUT.to, name: text }), from: { name: text, address } });
    expect(mail.keys).toEqual(keys);
    expect([mail.subject, mail.to, mail.from].map(bare)).toEqual([text, text, text].map(bare));
    expect(mail.text).toBe(INPUT.text);
  }
});

it('does so for names of rules, agents and teams, composed as they are sent', async () => {
  const { keys } = await read({});
  // Composing costs most of all: a third of the texts.
  for (const name of HOSTILE.slice(RUNS / 1.5)) {
    const call = (day: string, pass: boolean) =>
      callOn(day, { agent: BOB, score: pass ? 90 : 40, rules: [ruleResult(`R ${name}`, pass)] });
    const all = [...[true, true, true, true, false, false].map((pass) => call(DAY, pass)), call(WEEK_BEFORE, true)];
    const { report, calls } = reportFrom(all, {
      ...SPEC,
      minimumN: 5,
      agents: { [BOB]: { name: `A ${name}`, team: `T ${name}` } },
    });
    const scopes = [{ agent: BOB }, { team: report.config.agents[BOB]?.team ?? '' }];
    for (const scope of scopes) {
      const view = composeDigest({ org: 'org_test', report, date: DAY, calls, recipient: { scope, member: true } });
      const mail = await read({ subject: view.subject });
      expect(mail.keys).toEqual(keys);
      expect(bare(mail.subject)).toBe(bare(view.subject));
      expect(bare(mail.subject)).toContain(bare(`R ${name}`).slice(0, 8));
    }
  }
});

it('names a tenant’s own sender, address for answers and list, and no header more, whatever these hold', async () => {
  const own = { replyTo: 'qa@acme.example', listId: 'reports.acme.example' };
  const { keys } = await read(own);
  expect(keys.filter((key) => !['reply-to', 'list-id'].includes(key))).toEqual((await read({})).keys);
  const { bytes } = await buildMessage({
    ...INPUT,
    ...own,
    from: named({ name: 'Acme, QA', address: INPUT.from.address }),
  });
  const head = Buffer.from(bytes).toString('latin1');
  for (const line of [
    'From: "Acme, QA" <reports@cci.example>',
    'Reply-To: qa@acme.example',
    'List-ID: <reports.acme.example>',
  ])
    expect(head).toContain(`${line}\r\n`);
  for (const text of HOSTILE) {
    // The configuration refuses what is no address and no host name; the mail would hold neither as a header of its own.
    for (const sender of [
      { replyTo: text },
      { listId: text },
      { replyTo: `a@b.example${text}` },
      { listId: `a.b${text}` },
    ]) {
      expect(() => tenantConfig({ digest: { sender } }, undefined, false), JSON.stringify(sender)).toThrow();
      expect((await read({ ...own, listId: text })).keys).toEqual(keys);
    }
    const { sender } = tenantConfig({ digest: { sender: { name: text } } }, undefined, false).digest ?? {};
    const mail = await read({ ...own, from: named({ name: sender?.name, address: INPUT.from.address }) });
    expect([mail.keys, bare(mail.from)]).toEqual([keys, bare(text.trim())]);
  }
});
