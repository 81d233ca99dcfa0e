import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { probeConditionalWrites } from '../../store/probe.ts';
import type { Store } from '../../store/store.ts';
import { everything } from '../../store/testing/watched.ts';
import {
  claim,
  type DigestKey,
  digestId,
  type LedgerRecord,
  putBack,
  readRecord,
  recipientHash,
  recordsOf,
  settle,
  standing,
} from './ledger.ts';

const KEY: DigestKey = { organization: 'org_test', date: '2025-12-09', address: 'Ann@Example.com', kind: 'daily' };
const NOW = new Date('2025-12-10T07:00:00Z');
const record = async (store: Store) => (await readRecord(store, KEY))?.record as LedgerRecord;

describe('the ledger', () => {
  it('lets one of many have a digest', async () => {
    const store = memoryStore();
    const claims = await Promise.all(Array.from({ length: 16 }, () => claim(store, KEY, 'sending', NOW)));
    expect(claims.filter((each) => each !== undefined)).toHaveLength(1);
  });

  it('gives nothing back that was sent, skipped, or is being sent', async () => {
    const store = memoryStore();
    const held = await claim(store, KEY, 'sending', NOW);
    expect(await claim(store, KEY, 'sending', NOW)).toBeUndefined();
    if (held) await settle(store, held, 'sent', NOW, { receipt: 'r' });
    expect(await record(store)).toMatchObject({ state: 'sent', receipt: 'r' });
    expect(await claim(store, KEY, 'sending', NOW)).toBeUndefined();
    const skipped = { ...KEY, date: '2025-12-08' };
    await claim(store, skipped, 'skipped', NOW, { reason: 'no calls' });
    expect(await claim(store, skipped, 'sending', NOW)).toBeUndefined();
  });

  it('lets what certainly was not sent be claimed again, by one', async () => {
    const store = memoryStore();
    const held = await claim(store, KEY, 'sending', NOW);
    if (held) await settle(store, held, 'prepared', NOW, { reason: 'the outbox is full' });
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(store, KEY, 'sending', NOW)));
    expect(claims.filter((each) => each !== undefined)).toHaveLength(1);
  });

  it('knows its own claim after a write that was tried again', async () => {
    const store = memoryStore();
    const twice: Store = {
      ...store,
      async put(key, body, options) {
        await store.put(key, body, options);
        return store.put(key, body, options);
      },
    };
    expect(await claim(twice, KEY, 'sending', NOW)).toMatchObject({ record: { state: 'sending' } });
  });

  it('sends nothing again, and says that nobody knows, whatever bit of its record has turned over', async () => {
    const store = memoryStore();
    const held = await claim(store, KEY, 'sending', NOW);
    if (held) await settle(store, held, 'sent', NOW, { receipt: 'r' });
    const [[key, body] = ['', new Uint8Array()]] = await everything(store);
    const seen = new Set<string>();
    const judge = async (bytes: Uint8Array | string) => {
      await store.put(key, bytes);
      seen.add(standing((await readRecord(store, KEY))?.record, NOW));
      expect(await claim(store, KEY, 'sending', NOW)).toBeUndefined();
      expect((await recordsOf(store, KEY.organization, KEY.date)).get(digestId(KEY))?.state).toMatch(
        /^(sent|unknown)$/,
      );
    };
    for (let bit = 0; bit < body.byteLength * 8; bit++)
      await judge(body.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
    for (const other of ['', 'null', '7', '[]', '{}', '{"version":1}', '{"version":1,"state":{}}']) await judge(other);
    expect([...seen].sort()).toEqual(['sent', 'unknown']);
  });

  it('lets a person put a damaged record back, as any that nobody knows about', async () => {
    const store = memoryStore();
    await claim(store, KEY, 'sending', NOW);
    const [[key] = ['']] = await everything(store);
    await store.put(key, '{');
    const what = { ...KEY, id: digestId(KEY) };
    expect(await putBack(store, what, { state: 'prepared' }, NOW)).toBe(true);
    expect(await claim(store, KEY, 'sending', NOW)).toMatchObject({ record: { state: 'sending' } });
  });

  it('keeps no address', async () => {
    const store = memoryStore();
    await claim(store, KEY, 'sending', NOW, { message: 'f'.repeat(64) });
    const [[key, body] = ['', new Uint8Array()]] = await everything(store);
    expect(key).toBe(`mail/ledger/org_test/2025-12-09/${digestId(KEY)}.json`);
    expect(new TextDecoder().decode(body)).not.toMatch(/ann|example/i);
  });

  it('tells a claim in work from one that was left behind', () => {
    const of = (state: LedgerRecord['state'], at: string) => standing({ state, at } as LedgerRecord, NOW);
    expect(of('sending', '2025-12-10T06:55:00Z')).toBe('taken');
    expect(of('sending', '2025-12-10T06:00:00Z')).toBe('unknown');
    expect(of('sending', 'not a time')).toBe('unknown');
    expect([
      standing('unreadable', NOW),
      standing(undefined, NOW),
      of('prepared', ''),
      of('sent', ''),
      of('skipped', ''),
    ]).toEqual(['unknown', 'not sent', 'not sent', 'sent', 'skipped']);
  });

  it('takes no one digest for another', () => {
    const others = [
      { organization: 'org_2' },
      { date: '2025-12-08' },
      { address: 'b@example.com' },
      { kind: 'weekly' },
      { kind: 'monthly' },
    ] as const;
    const ids = [KEY, ...others.map((other) => ({ ...KEY, ...other }))].map(digestId);
    expect(new Set(ids).size).toBe(6);
    expect(digestId({ ...KEY, address: 'ann@example.com' })).toBe(digestId(KEY));
    expect(recipientHash('a', 'x@y.z')).not.toBe(recipientHash('b', 'x@y.z'));
  });

  it('is probed, and the probe leaves nothing', async () => {
    const store = memoryStore();
    expect((await probeConditionalWrites(store, 'mail/')).createOnly).toBe(true);
    expect(await everything(store)).toEqual(new Map());
    const careless: Store = { ...store, put: (key, body) => store.put(key, body) };
    expect((await probeConditionalWrites(careless, 'mail/')).createOnly).toBe(false);
    expect(await everything(store)).toEqual(new Map());
  });
});
