import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { buildMessage, type MessageInput, named, parseAddress } from './message.ts';

const INPUT: MessageInput = {
  id: 'a'.repeat(32),
  organization: 'org_test',
  date: '2025-12-09',
  from: { name: 'Reports', address: 'reports@cci.example' },
  to: { name: 'Ann Lee', address: 'ann@example.com' },
  subject: '79% passed on Tue 9 Dec, down 4 points',
  html: '<!doctype html><p>Passed: 79%, −4 · ▼</p>',
  text: 'Passed: 79%, −4 · ▼\n',
  at: new Date('2025-12-10T07:00:00Z'),
};

describe('a message', () => {
  it('is one mail to one person, with both parts whole', async () => {
    const message = await buildMessage(INPUT);
    const mail = await simpleParser(message.bytes);
    expect(mail.subject).toBe(INPUT.subject);
    expect(mail.to?.value).toMatchObject([{ name: 'Ann Lee', address: 'ann@example.com' }]);
    expect(mail.from?.value).toMatchObject([{ name: 'Reports', address: 'reports@cci.example' }]);
    expect(mail.html).toBe(INPUT.html);
    expect(mail.text).toBe(INPUT.text);
    expect(mail.headers.get('x-cci-digest-id')).toBe(INPUT.id);
    expect(mail.messageId).toBe(`<${INPUT.id}@cci.example>`);
    expect(mail.date).toEqual(INPUT.at);
    expect(mail.attachments).toEqual([]);
    expect(message).toMatchObject({ from: 'reports@cci.example', to: 'ann@example.com' });
  });

  it('can be ended with one click where it says where', async () => {
    const stop = `https://reports.example.com/u/${'t'.repeat(200)}`;
    const bytes = Buffer.from((await buildMessage({ ...INPUT, stop })).bytes).toString();
    expect(bytes.replaceAll('\r\n ', ' ')).toContain(`List-Unsubscribe: <${stop}>`);
    expect(bytes).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(Buffer.from((await buildMessage(INPUT)).bytes).toString()).not.toContain('List-Unsubscribe');
  });

  it('can be ended by mail, which is no click', async () => {
    const stop = 'mailto:quality@example.com?subject=Stop';
    const text = Buffer.from((await buildMessage({ ...INPUT, stop })).bytes).toString();
    expect(text).toContain(`List-Unsubscribe: <${stop}>`);
    expect(text).not.toContain('List-Unsubscribe-Post');
  });

  it('is the same bytes for the same input', async () => {
    const [one, two] = [await buildMessage(INPUT), await buildMessage({ ...INPUT })];
    expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).toBe(true);
  });

  it.each([
    'x\r\nBcc: evil@example.com',
    'x\nTo: evil@example.com\n\nbody',
    'a@b.example, "c" <d@e.example>',
    '=?utf-8?q?x=0d=0aBcc:_e@f.g?=',
  ])('takes no header from a name or a subject: %j', async (text) => {
    const to = named({ name: text, address: 'ann@example.com' });
    const mail = await simpleParser(
      (await buildMessage({ ...INPUT, to, subject: text, from: { name: text, address: 'reports@cci.example' } })).bytes,
    );
    expect(mail.to?.value.map(({ address }) => address)).toEqual(['ann@example.com']);
    expect(mail.from?.value.map(({ address }) => address)).toEqual(['reports@cci.example']);
    const benign = await simpleParser((await buildMessage(INPUT)).bytes);
    expect(mail.headerLines.map(({ key }) => key)).toEqual(benign.headerLines.map(({ key }) => key));
  });

  it('goes to and comes from domains in ASCII, and to apostrophes as they are', async () => {
    const [from, to] = [
      { name: 'R', address: 'r@köln.example' },
      { name: 'O', address: "m.o'hara@bücher.example" },
    ];
    const message = await buildMessage({ ...INPUT, from, to });
    expect([message.from, message.to]).toEqual(['r@xn--kln-sna.example', "m.o'hara@xn--bcher-kva.example"]);
    const [head = ''] = new TextDecoder().decode(message.bytes).split('\r\n\r\n');
    expect([...head].filter((character) => character > '~')).toEqual([]);
    expect(head).toContain(`<m.o'hara@xn--bcher-kva.example>`);
  });

  it('always has a name before the address', () => {
    expect(named({ address: 'quality.team@example.com' })).toEqual({
      name: 'quality.team',
      address: 'quality.team@example.com',
    });
  });
});

it.each([
  ['Reports <r@cci.example>', { name: 'Reports', address: 'r@cci.example' }],
  ['"Reports, daily" <r@cci.example>', { name: 'Reports, daily', address: 'r@cci.example' }],
  ['r@cci.example', { name: '', address: 'r@cci.example' }],
])('reads the sender %s', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});
