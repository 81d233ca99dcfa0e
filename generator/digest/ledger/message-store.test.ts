import { expect, it } from 'vitest';
import { decodeText, encodeText } from '../../lib/bytes.ts';
import { memoryStore } from '../../store/memory.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { everything } from '../../store/testing/watched.ts';
import { claim, type DigestKey, settle } from './ledger.ts';
import { dropMessage, dropOldMessages, keepMessage } from './message-store.ts';

const keyOf = (address: string, more: Partial<DigestKey> = {}): DigestKey => ({
  organization: 'org_1',
  date: '2025-12-09',
  address,
  kind: 'daily',
  ...more,
});
const NOW = new Date('2025-12-10T07:00:00Z');
const days = (n: number, ms = 0) => new Date(NOW.getTime() + n * 86_400_000 + ms);
const kept = async (store: Store) => [...(await everything(store, 'mail/frozen/')).values()].map(decodeText).sort();

it('keeps the bytes of the first run, and gives them to every other until they are dropped', async () => {
  const store = memoryStore();
  expect(decodeText(await keepMessage(store, keyOf('a'), encodeText('first')))).toBe('first');
  expect(decodeText(await keepMessage(store, keyOf('a'), encodeText('second')))).toBe('first');
  expect(decodeText(await keepMessage(store, keyOf('b'), encodeText('other')))).toBe('other');
  expect(await kept(store)).toEqual(['first', 'other']);
  await dropMessage(store, keyOf('a'));
  expect(await kept(store)).toEqual(['other']);
});

it('gives back its own where another run has just removed what it kept, and fails where the store does', async () => {
  const inner = memoryStore();
  const fails = (error: Error): Store => ({ ...inner, put: () => Promise.reject(error) });
  const own = await keepMessage(fails(new PreconditionFailed('x')), keyOf('a'), encodeText('own'));
  expect(decodeText(own)).toBe('own');
  await expect(keepMessage(fails(new Error('no space')), keyOf('a'), encodeText('own'))).rejects.toThrow('no space');
});

it('removes what was decided at once, what nobody decided after seven days, and of no other organization', async () => {
  const store = memoryStore();
  for (const state of ['sent', 'unknown', 'failed', 'prepared'] as const) {
    await keepMessage(store, keyOf(state), encodeText(state));
    const held = await claim(store, keyOf(state), 'sending', NOW);
    if (held) await settle(store, held, state, NOW, {});
  }
  await claim(store, keyOf('skipped'), 'skipped', NOW);
  for (const [address, more] of [
    ['skipped', {}],
    ['no record', {}],
    ['older', { date: '2025-12-01' }],
    ['theirs', { organization: 'org_12', date: '2025-01-01' }],
  ] as const)
    await keepMessage(store, keyOf(address, more), encodeText(address));
  const at = async (now: Date) => {
    await dropOldMessages(store, 'org_1', now);
    return kept(store);
  };
  expect(await at(NOW)).toEqual(['failed', 'no record', 'prepared', 'theirs', 'unknown']);
  // By the day that it is about, where no record says when.
  expect(await at(new Date('2025-12-16T00:00:00Z'))).toContain('no record');
  expect(await at(new Date('2025-12-16T00:00:01Z'))).not.toContain('no record');
  expect(await at(days(7))).toEqual(['failed', 'prepared', 'theirs', 'unknown']);
  expect(await at(days(7, 1))).toEqual(['theirs']);
});
