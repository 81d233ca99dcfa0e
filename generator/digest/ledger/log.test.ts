import { expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { claim, type DigestKey, digestId, recipientHash, settle } from './ledger.ts';
import { readLog } from './log.ts';
import { reconcile } from './reconcile.ts';

const NOW = new Date('2026-04-01T08:00:00Z');
const keyOf = (date: string, organization = 'org_1'): DigestKey => ({
  organization,
  date,
  address: 'ann@example.com',
  kind: 'daily',
});

async function ledgerOf(...days: string[]) {
  const store = memoryStore();
  for (const date of days)
    for (const organization of ['org_1', 'org_2']) {
      const held = await claim(store, keyOf(date, organization), 'sending', NOW);
      if (held) await settle(store, held, 'unknown', NOW, { reason: 'reset', receipt: 'r-1' });
    }
  return store;
}
const daysOf = (entries: { date: string }[]) => entries.map(({ date }) => date);

it('shows an organization’s last fourteen days, newest first, or the one day that is asked for', async () => {
  const store = await ledgerOf('2026-03-17', '2026-03-18', '2026-03-19', '2026-03-31', '2026-04-02');
  expect(daysOf(await readLog(store, 'org_1', NOW))).toEqual(['2026-04-02', '2026-03-31', '2026-03-19', '2026-03-18']);
  expect(daysOf(await readLog(store, 'org_1', NOW, '2026-03-17'))).toEqual(['2026-03-17']);
  expect(await readLog(store, 'org_1', NOW, '2026-03-16')).toEqual([]);
  expect(await readLog(store, 'org_3', NOW)).toEqual([]);
});

it('says of each digest what the ledger has, and no address', async () => {
  const store = await ledgerOf('2026-03-31');
  const key = keyOf('2026-03-31');
  expect(await readLog(store, 'org_1', NOW)).toEqual([
    {
      id: digestId(key),
      organization: 'org_1',
      date: '2026-03-31',
      kind: 'daily',
      recipient: recipientHash('org_1', 'ann@example.com'),
      at: NOW.toISOString(),
      state: 'unknown',
      reason: 'reset',
      receipt: 'r-1',
    },
  ]);
});

it('finds what was sent of several organizations, and leaves alone what is not unknown', async () => {
  const store = await ledgerOf('2026-03-31');
  const failed = keyOf('2026-03-30');
  const held = await claim(store, failed, 'sending', NOW);
  if (held) await settle(store, held, 'failed', NOW, {});
  const events = [keyOf('2026-03-31'), keyOf('2026-03-31', 'org_2'), failed].map((key) =>
    JSON.stringify({ eventType: 'Send', mail: { messageId: 'm-9', tags: { 'digest-id': [digestId(key)] } } }),
  );
  await store.put('mail/events/1', events.join('\n'));
  await store.put('mail/events/2', 'no event');
  const later = new Date('2026-04-01T09:00:00Z');
  const { found, unknown, unreadable } = await reconcile(store, ['org_1', 'org_2'], later);
  expect(found.map(({ organization, state, receipt }) => [organization, state, receipt])).toEqual([
    ['org_1', 'sent', 'm-9'],
    ['org_2', 'sent', 'm-9'],
  ]);
  expect([unknown, unreadable]).toEqual([[], ['mail/events/2']]);
  const log = await readLog(store, 'org_1', later);
  expect(log.map(({ date, state, receipt, at }) => [date, state, receipt, at])).toEqual([
    ['2026-03-31', 'sent', 'm-9', later.toISOString()],
    ['2026-03-30', 'failed', undefined, NOW.toISOString()],
  ]);
});

it('calls a digest still unknown whose record another has changed meanwhile', async () => {
  const store = await ledgerOf('2026-03-31');
  const key = keyOf('2026-03-31');
  const mail = { messageId: 'm-9', tags: { 'digest-id': [digestId(key)] } };
  await store.put('mail/events/1', JSON.stringify({ eventType: 'Send', mail }));
  const racing = {
    ...store,
    put: async (...[path, body, options]: Parameters<typeof store.put>) => {
      if (options?.ifMatch !== undefined) await store.put(path, '{}');
      return store.put(path, body, options);
    },
  };
  const { found, unknown } = await reconcile(racing, ['org_1'], NOW);
  expect([found, unknown.map(({ id }) => id)]).toEqual([[], [digestId(key)]]);
});
