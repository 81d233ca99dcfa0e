import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { addressHash } from '../recipients/address-hash.ts';
import { readEvents } from './events.ts';
import { claim, type DigestKey, digestId, readRecord, settle } from './ledger.ts';
import { readLog } from './log.ts';
import { reconcile } from './reconcile.ts';

const mail = { messageId: 'm-7', timestamp: '2025-12-10T07:00:01.000Z' };
const bounceOf = (emailAddress: string, bounceType = 'Permanent') => ({
  bounce: { bounceType, bouncedRecipients: [{ emailAddress }] },
});
const bounce = (address: string, type?: string) => ({ eventType: 'Bounce', mail, ...bounceOf(address, type) });
const complaint = (address: string, complaintFeedbackType?: string | null) => ({
  eventType: 'Complaint',
  mail,
  complaint: { complaintFeedbackType, complainedRecipients: [{ emailAddress: address }] },
});
const json = JSON.stringify;

/** One event as each way brings it. */
const envelopes: [name: string, wrap: (event: object) => string][] = [
  ['as a configuration set writes it', json],
  ['as an identity notifies', (event) => json({ ...event, eventType: undefined, notificationType: 'Bounce' })],
  ['in the envelope of a topic', (event) => json({ Type: 'Notification', MessageId: 'n', Message: json(event) })],
  ['in the envelope of a bus', (event) => json({ 'detail-type': 'Email Bounced', source: 'aws.ses', detail: event })],
  ['of a bus that a topic feeds', (event) => json({ Type: 'Notification', Message: json({ detail: event }) })],
  ['in records of a topic', (event) => json({ Records: [{ EventSource: 'aws:sns', Sns: { Message: json(event) } }] })],
  ['in a list', (event) => json([event])],
];

async function read(...bodies: (string | Uint8Array)[]) {
  const store = memoryStore();
  for (const [at, body] of bodies.entries()) await store.put(`mail/events/${at}`, body);
  return readEvents(store);
}

describe('events of the mail service', () => {
  it.each(envelopes)('suppress an address that bounced for good, %s', async (_name, wrap) => {
    const { suppressed, unreadable } = await read(wrap(bounce('ann@example.com')));
    expect([...suppressed]).toEqual([
      [addressHash('ann@example.com'), 'mail to this address bounced permanently on 2025-12-10'],
    ]);
    expect(unreadable).toEqual([]);
  });

  it.each([
    'ann@example.com',
    'Ann@EXAMPLE.com',
    ' ann@example.com ',
    '"Lee, Ann" <ann@example.com>',
    'Ann Lee <Ann@Example.com>',
    '<ann@example.com>',
  ])('know the address however it is written: %s', async (address) => {
    const { suppressed } = await read(json(bounce(address)));
    expect([...suppressed.keys()]).toEqual([addressHash('ann@example.com')]);
  });

  it('know a domain in letters and in punycode as one', () => {
    expect(addressHash('ann@bücher.example')).toBe(addressHash('Ann@xn--bcher-kva.example'));
    expect(addressHash("m.o'hara@team.example")).not.toBe(addressHash('m.ohara@team.example'));
  });

  it.each<[name: string, event: object, suppressed: boolean]>([
    ['a mailbox that is full', bounce('ann@example.com', 'Transient'), false],
    ['a bounce that nobody understood', bounce('ann@example.com', 'Undetermined'), false],
    ['abuse', complaint('ann@example.com', 'abuse'), true],
    ['a complaint without its kind', complaint('ann@example.com', null), true],
    ['a mail taken out of the spam folder', complaint('ann@example.com', 'not-spam'), false],
    ['a delivery', { eventType: 'Delivery', mail }, false],
    ['a delay', { eventType: 'DeliveryDelay', mail }, false],
    ['a mail that could not be made', { eventType: 'Rendering Failure', mail }, false],
  ])('of %s are understood: %j, suppressed %s', async (_name, event, isSuppressed) => {
    const { suppressed, unreadable } = await read(json(event));
    expect([suppressed.size, unreadable]).toEqual([isSuppressed ? 1 : 0, []]);
  });

  it('are read one after the other, with anything or nothing between, packed or not', async () => {
    const [one, two] = [json(bounce('ann@example.com')), json(complaint('cy@example.com'))];
    const greeting = 'Successfully validated SNS topic for Amazon SES event publishing.';
    for (const body of [
      one + two,
      `${one}\n${two}\n`,
      `${one},${two}`,
      gzipSync(one + two),
      `${greeting}${one}${two}`,
    ]) {
      const { suppressed, unreadable } = await read(body);
      expect([suppressed.size, unreadable]).toEqual([2, []]);
    }
    const parts = Buffer.concat([gzipSync(one), gzipSync(two)]);
    expect((await read(parts)).suppressed.size).toBe(2);
  });

  it.each<[name: string, body: string | Uint8Array]>([
    ['broken off', json(bounce('bob@example.com')).slice(0, -1)],
    ['no JSON', 'bounced: bob@example.com'],
    ['text between', 'x'],
    ['of another kind', json({ eventType: 'Applause', mail })],
    ['of another service', json({ event: 'bounce', email: 'bob@example.com' })],
    ['a bounce of another kind', json(bounce('bob@example.com', 'Sideways'))],
    ['a bounce of nobody', json({ eventType: 'Bounce', mail, bounce: { bounceType: 'Permanent' } })],
    ['an address that is none', json(bounce('postmaster'))],
    ['fields of other types', json({ eventType: 'Bounce', mail: { timestamp: 7 }, bounce: 'Permanent' })],
    ['packed in another way', Buffer.from([0xff, 0x06, 0x00, 0x00, 0x73])],
    ['a message that is no event', json({ Type: 'Notification', Message: 'Your order has arrived' })],
    ['envelopes without end', json([[[[[[[bounce('bob@example.com')]]]]]]])],
  ])('that cannot be understood are named, and what stands beside them counts: %s', async (_name, body) => {
    const good = Buffer.from(json(bounce('ann@example.com')));
    const { suppressed, unreadable } = await read(Buffer.concat([good, Buffer.from(body)]), body, good);
    expect([unreadable, suppressed.has(addressHash('bob@example.com'))]).toEqual([
      ['mail/events/0', 'mail/events/1'],
      false,
    ]);
    expect([...suppressed.keys()]).toEqual([addressHash('ann@example.com')]);
  });

  it('settle what was unknown, by tag or by header, and leave the rest to a person', async () => {
    const store = memoryStore();
    const now = new Date('2025-12-10T07:00:00Z');
    const keys = ['ann@example.com', 'bob@example.com', 'cy@example.com'].map(
      (address): DigestKey => ({ organization: 'org_1', date: '2025-12-09', address, kind: 'daily' }),
    );
    for (const key of keys) {
      const held = await claim(store, key, 'sending', now);
      if (held) await settle(store, held, 'unknown', now, { reason: 'connection reset' });
    }
    const [ann, bob, cy] = keys as [DigestKey, DigestKey, DigestKey];
    const send = { eventType: 'Send', mail: { ...mail, tags: { 'digest-id': [digestId(ann)] } } };
    const headers = [{ name: 'X-CCI-Digest-Id', value: digestId(cy) }];
    const refused = { eventType: 'Reject', mail: { ...mail, tags: { 'digest-id': [digestId(bob)] } } };
    await store.put('mail/events/one', json(send) + json(refused));
    await store.put('mail/events/two', json({ notificationType: 'Delivery', mail: { ...mail, headers } }));
    const { found, unknown } = await reconcile(store, ['org_1'], new Date('2025-12-10T09:00:00Z'));
    expect([found.map(({ id }) => id).sort(), unknown.map(({ id }) => id)]).toEqual([
      [digestId(ann), digestId(cy)].sort(),
      [digestId(bob)],
    ]);
    expect((await readRecord(store, ann))?.record).toMatchObject({ state: 'sent', receipt: 'm-7' });
    const log = await readLog(store, 'org_1', now);
    expect(log.map(({ state }) => state).sort()).toEqual(['sent', 'sent', 'unknown']);
  });
});
