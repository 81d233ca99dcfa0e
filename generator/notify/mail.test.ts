import { simpleParser } from 'mailparser';
import { expect, it } from 'vitest';
import { outbox } from '../digest/mail/outbox.ts';
import { NotSent, Refused, type Transport } from '../digest/mail/transport.ts';
import { memoryStore } from '../store/memory.ts';
import { everything } from '../store/testing/watched.ts';
import { type Notice, NotTaken } from './channel.ts';
import { mailChannel } from './mail.ts';

const NOTICE: Notice = {
  id: 'a'.repeat(32),
  at: '2026-04-02T08:00:00.000Z',
  changes: [{ organization: 'org_1', subject: 'build', state: 'trouble' }],
};
const FROM = 'Reports <reports@cci.example>';

it('is a plain mail of the same words, to one address', async () => {
  const mails = memoryStore();
  await mailChannel('ops@example.com', () => outbox(mails), FROM).send(NOTICE);
  const [[, bytes] = ['', new Uint8Array()]] = [...(await everything(mails))].filter(([key]) => key.endsWith('.eml'));
  const { subject, text, to, from, html, headers } = await simpleParser(bytes);
  expect([subject, text, html]).toEqual([
    'CCI Lite Reports: 1 problem',
    'CCI Lite Reports: 1 problem\n\norg_1: its last run failed. status --org org_1 says why.\n',
    false,
  ]);
  expect([to?.value, from?.value]).toEqual([
    [{ name: '', address: 'ops@example.com' }],
    [{ name: 'Reports', address: 'reports@cci.example' }],
  ]);
  expect([headers.get('auto-submitted'), headers.get('message-id')]).toEqual([
    'auto-generated',
    `<${NOTICE.id}@cci.example>`,
  ]);
  expect(headers.has('x-cci-digest-id')).toBe(false);
});

it.each([
  [new NotSent('no connection to ops@example.com'), true],
  [new Refused('550 no such user <ops@example.com>'), true],
  [new Error('timed out after DATA for ops@example.com'), false],
])('has certainly not left, or may have: %s', async (error, isLost) => {
  let closed = 0;
  const transport: Transport = { send: () => Promise.reject(error), close: async () => void closed++ };
  const thrown: unknown = await mailChannel('ops@example.com', () => transport, FROM)
    .send(NOTICE)
    .catch((caught: unknown) => caught);
  expect([thrown instanceof NotTaken, closed]).toEqual([isLost, 1]);
  expect(String(thrown)).toContain('the mail of CCI_NOTIFY_URL did not leave');
  expect(String(thrown)).not.toContain('ops@example.com');
});
