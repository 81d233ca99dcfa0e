import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { type Store, UnusableKey } from '../../store/store.ts';
import { addressHash } from '../recipients/address-hash.ts';
import { readEvents } from './events.ts';

const json = JSON.stringify;
const ID = 'd'.repeat(32);
const mail = { messageId: 'm-7', timestamp: '2025-12-10T07:00:01.000Z', tags: { 'digest-id': [ID] } };
const ann = { emailAddress: 'ann@example.com' };
const bounce = (bouncedRecipients: unknown, more: object = { mail }) => ({
  eventType: 'Bounce',
  ...more,
  bounce: { bounceType: 'Permanent', bouncedRecipients },
});
async function read(...bodies: (string | Uint8Array | object)[]) {
  const store = memoryStore();
  for (const [at, body] of bodies.entries())
    await store.put(`mail/events/${at}`, typeof body === 'string' || body instanceof Uint8Array ? body : json(body));
  const { sent, suppressed, unreadable } = await readEvents(store);
  return { sent: [...sent], suppressed: [...suppressed], unreadable };
}
const UNREADABLE = ['mail/events/0'];
const because = (why: string) => [[addressHash('ann@example.com'), why]];

describe('what an event says of a mail', () => {
  it.each([
    ['Bounce', true],
    ['Complaint', true],
    ['Delivery', true],
    ['Send', true],
    ['Open', true],
    ['Click', true],
    ['DeliveryDelay', true],
    ['Delivery Delay', true],
    ['Reject', false],
    ['Rendering Failure', false],
    ['Subscription', false],
    ['AmazonSnsSubscriptionSucceeded', false],
  ])('after %s it counts as taken by the mail service: %s', async (eventType, isTaken) => {
    const about = { bounce: { bounceType: 'Transient' }, complaint: { complainedRecipients: [ann] } };
    const { sent, unreadable } = await read({ eventType, mail, ...about });
    expect([sent, unreadable]).toEqual([isTaken ? [[ID, 'm-7']] : [], []]);
  });

  it.each<[string, mail: object | undefined, sent: [string, string][]]>([
    ['nothing of it', undefined, []],
    ['no tag', { messageId: 'm-7' }, []],
    ['other tags', { messageId: 'm-7', tags: {}, headers: [] }, []],
    ['no id of the service', { tags: mail.tags }, []],
    [
      'its header, among others',
      {
        messageId: 'm-7',
        tags: { x: ['y'] },
        headers: [{}, { name: 'To', value: 'x' }, { name: 'x-CCI-digest-id', value: ID }],
      },
      [[ID, 'm-7']],
    ],
    [
      'tag and header',
      { messageId: 'm-7', tags: mail.tags, headers: [{ name: 'X-CCI-Digest-Id', value: 'x' }] },
      [[ID, 'm-7']],
    ],
  ])('which it is about is told by its tag, else by its header: %s', async (_what, about, sent) => {
    expect(await read({ eventType: 'Send', mail: about })).toEqual({ sent, suppressed: [], unreadable: [] });
  });
});

describe('an address gets no more mail', () => {
  it('where it bounced for good or complained, on the day that the event names', async () => {
    const complaint = { eventType: 'Complaint', mail, complaint: { complainedRecipients: [ann] } };
    expect((await read(bounce([ann]))).suppressed).toEqual(
      because('mail to this address bounced permanently on 2025-12-10'),
    );
    expect((await read(complaint)).suppressed).toEqual(because('this address complained about mail on 2025-12-10'));
  });

  it('where the event says nothing of the mail, either', async () => {
    expect(await read(bounce([ann], {}))).toEqual({
      sent: [],
      suppressed: because('mail to this address bounced permanently on an unknown day'),
      unreadable: [],
    });
  });

  it.each<[string, unknown]>([
    ['nobody', null],
    ['one that is no address', [ann, { emailAddress: 'postmaster' }]],
    ['one that is no text', [{ emailAddress: 7 }, ann]],
    ['somebody without an address', [null, ann, {}]],
  ])('beside whom nobody can tell, and the event is named: %s', async (_what, others) => {
    const { suppressed, unreadable } = await read(bounce(others ?? [null, ann]));
    expect([suppressed.map(([hash]) => hash), unreadable]).toEqual([[addressHash('ann@example.com')], UNREADABLE]);
  });

  it('however it is written', async () => {
    for (const emailAddress of ['Ann <ann@EXAMPLE.com>  ', '  ann@example.com', '<ann@example.com>\n'])
      expect((await read(bounce([{ emailAddress }]))).suppressed.map(([hash]) => hash)).toEqual([
        addressHash('ann@example.com'),
      ]);
    expect(addressHash('ann@example.com')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('an object of events', () => {
  it('that is not text is named, even where its JSON could be read', async () => {
    const bytes = Buffer.concat([Buffer.from('{"eventType":"Send","x":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect((await read(bytes)).unreadable).toEqual(UNREADABLE);
  });

  it('that unpacks to more than 64 MiB is not unpacked', async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from(json({ eventType: 'Send', mail })), Buffer.alloc(64 << 20, ' ')]),
      { level: 1 },
    );
    expect(await read(bomb)).toEqual({ sent: [], suppressed: [], unreadable: UNREADABLE });
  });

  it('that has gone meanwhile says nothing, one that cannot be requested is named, and a store that fails is no answer', async () => {
    const inner = memoryStore();
    for (const name of ['gone', 'odd', 'good'])
      await inner.put(`mail/events/${name}`, json({ eventType: 'Send', mail }));
    const store: Store = {
      ...inner,
      async get(key) {
        if (key.endsWith('odd')) throw new UnusableKey(key);
        return key.endsWith('gone') ? undefined : inner.get(key);
      },
    };
    const { sent, unreadable } = await readEvents(store);
    expect([[...sent], unreadable]).toEqual([[[ID, 'm-7']], ['mail/events/odd']]);
    const broken = { ...inner, get: () => Promise.reject(new Error('gone away')) };
    await expect(readEvents(broken)).rejects.toThrow('gone away');
  });
});
