import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../store/memory.ts';
import { addressHash, readEvents } from './events.ts';
import { claim, type DigestKey, digestId, readRecord, settle } from './ledger.ts';
import { readLog } from './log.ts';
import { reconcile } from './reconcile.ts';

const event = (eventType: string, more: object, tags: object = {}) =>
  JSON.stringify({ eventType, mail: { messageId: 'm-7', timestamp: '2025-12-10T07:00:01.000Z', tags }, ...more });
const bounce = (bounceType: string, emailAddress: string) =>
  event('Bounce', { bounce: { bounceType, bouncedRecipients: [{ emailAddress }] } });

describe('events of the mail service', () => {
  it('suppress addresses that bounced for good or complained, and no others', async () => {
    const store = memoryStore();
    const complaint = event('Complaint', { complaint: { complainedRecipients: [{ emailAddress: 'Cy@example.com' }] } });
    await store.put('mail/events/2025/12/10/07/one', bounce('Permanent', 'ann@example.com') + complaint);
    await store.put('mail/events/2025/12/10/07/two', gzipSync(bounce('Transient', 'bob@example.com')));
    await store.put('mail/events/2025/12/10/08/bad', '{"eventType"');
    const { suppressed, unreadable } = await readEvents(store);
    expect([...suppressed]).toEqual([
      [addressHash('ann@example.com'), 'mail to this address bounced for good on 2025-12-10'],
      [addressHash('cy@example.com'), 'this address complained about mail on 2025-12-10'],
    ]);
    expect(unreadable).toEqual(['mail/events/2025/12/10/08/bad']);
  });

  it('settle what was unknown, and leave the rest to a person', async () => {
    const store = memoryStore();
    const now = new Date('2025-12-10T07:00:00Z');
    const keys = ['ann@example.com', 'bob@example.com'].map(
      (address): DigestKey => ({ organization: 'org_1', date: '2025-12-09', address, kind: 'daily' }),
    );
    for (const key of keys) {
      const held = await claim(store, key, 'sending', now);
      if (held) await settle(store, held, 'unknown', now, { reason: 'connection reset' });
    }
    const [ann, bob] = keys as [DigestKey, DigestKey];
    await store.put('mail/events/one', event('Send', { send: {} }, { 'digest-id': [digestId(ann)] }));
    const { found, unknown } = await reconcile(store, ['org_1'], new Date('2025-12-10T09:00:00Z'));
    expect([found.map(({ id }) => id), unknown.map(({ id }) => id)]).toEqual([[digestId(ann)], [digestId(bob)]]);
    expect((await readRecord(store, ann))?.record).toMatchObject({ state: 'sent', receipt: 'm-7' });
    const log = await readLog(store, 'org_1', now);
    expect(log.map(({ state }) => state).sort()).toEqual(['sent', 'unknown']);
  });
});
