import { describe, expect, it } from 'vitest';
import { decodeText, stableJson } from '../../lib/bytes.ts';
import { memoryStore } from '../../store/memory.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { everything } from '../../store/testing/watched.ts';
import {
  claim,
  type DigestKey,
  decidedOn,
  digestId,
  issueStanding,
  type LedgerRecord,
  ledgerIssues,
  markBegun,
  markDone,
  markLost,
  prepare,
  putBack,
  putUnknown,
  readRecord,
  recipientHash,
  recordsOf,
  settle,
  standing,
} from './ledger.ts';

const KEY: DigestKey = { organization: 'org_1', date: '2025-12-09', address: 'Ann@Example.com', kind: 'daily' };
const NOW = new Date('2025-12-10T07:00:00Z');
const LATER = new Date('2025-12-10T07:03:00Z');
const DONE = 'mail/ledger/org_1/2025-12-09/done.json';
const NAMED = { ...KEY, id: digestId(KEY) };
const record = async (store: Store) => (await readRecord(store, KEY))?.record as LedgerRecord;
const taken = async (store: Store) => (await claim(store, KEY, 'sending', NOW)) ?? expect.fail('it was to be had');

/** A store of which every write with a condition meets this first. */
const meeting = (inner: Store, first: (key: string, body: Uint8Array | string) => Promise<unknown>): Store => ({
  ...inner,
  async put(key, body, options) {
    if (options) await first(key, body);
    return inner.put(key, body, options);
  },
});
const broken = (inner: Store) => meeting(inner, () => Promise.reject(new Error('no space')));

describe('a record of the ledger', () => {
  it('says what has become of which digest and when, with a nonce of its own', async () => {
    const store = memoryStore();
    await prepare(store, KEY, NOW, { message: 'f'.repeat(64), reason: 'why' });
    const first = await record(store);
    expect(first).toEqual({
      version: 1,
      state: 'prepared',
      organization: 'org_1',
      date: '2025-12-09',
      kind: 'daily',
      recipient: recipientHash('org_1', 'ann@example.com'),
      at: NOW.toISOString(),
      nonce: expect.stringMatching(/./),
      message: 'f'.repeat(64),
      reason: 'why',
    });
    const held = (await claim(store, KEY, 'sending', LATER)) ?? expect.fail('it was to be had');
    expect(await record(store)).toEqual(held.record);
    expect(held.record.nonce).not.toBe(first.nonce);
    await settle(store, held, 'failed', LATER, { reason: 'no such box', receipt: 'r' });
    const after = { ...held.record, state: 'failed', at: LATER.toISOString(), reason: 'no such box', receipt: 'r' };
    expect(await record(store)).toEqual(after);
  });

  it('that is there already stays as it is when it is prepared again', async () => {
    const store = memoryStore();
    await taken(store);
    const before = await everything(store);
    await prepare(store, KEY, LATER, {});
    expect(await everything(store)).toEqual(before);
  });

  it('is listed by the digest’s id, beside whatever else lies there', async () => {
    const store = memoryStore();
    await taken(store);
    await claim(store, { ...KEY, date: '2025-12-08' }, 'skipped', NOW);
    const folder = 'mail/ledger/org_1/2025-12-09/';
    await markDone(store, 'org_1', '2025-12-09', []);
    const other = stableJson(await record(store));
    for (const name of ['x.json', `${'a'.repeat(32)}.json.bak`, `x${'a'.repeat(32)}.json`, `${'a'.repeat(33)}.json`])
      await store.put(folder + name, other);
    await store.put(`${folder}${'b'.repeat(32)}.json`, stableJson({ ...(await record(store)), version: 2 }));
    const records = await recordsOf(store, 'org_1', '2025-12-09');
    expect([...records.keys()].sort()).toEqual([digestId(KEY), 'b'.repeat(32)].sort());
    expect(records.get(digestId(KEY))).toEqual(await record(store));
    expect(records.get('b'.repeat(32))).toEqual({
      version: 1,
      state: 'unknown',
      organization: 'org_1',
      date: '2025-12-09',
      kind: 'daily',
      recipient: '',
      nonce: '',
      at: '2025-12-09T00:00:00.000Z',
      reason: 'its record in the ledger is damaged',
    });
    expect(await ledgerIssues(store, 'org_1')).toEqual(['2025-12-08', '2025-12-09']);
  });

  it('is left out where it goes while they are listed', async () => {
    const store = memoryStore();
    await taken(store);
    const gone: Store = { ...store, get: async () => undefined };
    expect(await recordsOf(gone, 'org_1', '2025-12-09')).toEqual(new Map());
  });

  it.each([
    [-600_000, 'unknown'],
    [-599_999, 'taken'],
    [0, 'taken'],
    [599_999, 'taken'],
    [600_000, 'unknown'],
  ])('that is being sent was left behind after ten minutes, whichever clock is wrong: %i ms', (ms, stands) => {
    const of = { state: 'sending', at: new Date(NOW.getTime() + ms).toISOString() } as LedgerRecord;
    expect(standing(of, NOW)).toBe(stands);
  });
});

describe('a write of the ledger', () => {
  it('that met itself holds', async () => {
    const store = memoryStore();
    const held = await taken(store);
    const itself = meeting(store, (key, body) => store.put(key, body));
    await settle(itself, held, 'sent', LATER, { receipt: 'r' });
    expect(await record(store)).toMatchObject({ state: 'sent', receipt: 'r' });
  });

  it('that came after another’s does not', async () => {
    const store = memoryStore();
    const held = await taken(store);
    for (const other of [
      '{}',
      stableJson({ ...held.record, state: 'sent', at: LATER.toISOString(), receipt: 'other' }),
    ]) {
      const late = meeting(store, (key) => store.put(key, other));
      await expect(settle(late, held, 'sent', LATER, { receipt: 'r' })).rejects.toThrow(PreconditionFailed);
      expect(decodeText((await store.get(held.key))?.body ?? expect.fail())).toBe(other);
    }
    const gone = meeting(store, (key) => store.remove(key));
    await expect(settle(gone, held, 'sent', LATER, {})).rejects.toThrow(PreconditionFailed);
    const free = memoryStore();
    await prepare(free, KEY, NOW, {});
    for (const first of [(key: string) => free.put(key, '{'), (key: string) => free.remove(key)]) {
      expect(await claim(meeting(free, first), KEY, 'sending', NOW)).toBeUndefined();
      await free.remove(held.key);
      await prepare(free, KEY, NOW, {});
    }
  });

  it('fails where the store does', async () => {
    const store = memoryStore();
    await expect(prepare(broken(store), KEY, NOW, {})).rejects.toThrow('no space');
    await expect(claim(broken(store), KEY, 'sending', NOW)).rejects.toThrow('no space');
    const held = await taken(store);
    await expect(settle(broken(store), held, 'sent', NOW, {})).rejects.toThrow('no space');
    await expect(putBack(broken(store), NAMED, { state: 'sent' }, NOW)).rejects.toThrow('no space');
    expect(await record(store)).toEqual(held.record);
  });
});

describe('a record that is put back from outside', () => {
  it('is as it was but for what is changed, and nobody’s claim any more', async () => {
    const store = memoryStore();
    const held = await taken(store);
    expect(await putBack(store, NAMED, { state: 'prepared', reason: 'by hand' }, LATER)).toBe(true);
    const { nonce, ...after } = await record(store);
    const { nonce: before, ...was } = held.record;
    expect(after).toEqual({ ...was, state: 'prepared', reason: 'by hand', at: LATER.toISOString() });
    expect(nonce).not.toBe(before);
    await expect(settle(store, held, 'sent', LATER, {})).rejects.toThrow(PreconditionFailed);
  });

  it('stays as it is where it has changed meanwhile, or is none', async () => {
    const store = memoryStore();
    expect(await putBack(store, NAMED, { state: 'sent' }, NOW)).toBe(false);
    expect(await everything(store)).toEqual(new Map());
    const held = await taken(store);
    const late = meeting(store, (key) => store.put(key, 'other'));
    expect(await putBack(late, NAMED, { state: 'sent' }, NOW)).toBe(false);
    expect(decodeText((await store.get(held.key))?.body ?? expect.fail())).toBe('other');
  });
});

it('a digest and a recipient have the ids that older versions gave them, and a day is done that those had done', async () => {
  expect(digestId(KEY)).toBe('9aba5f1267debb350a8b66038fb06578');
  expect(recipientHash('org_1', 'Ann@Example.com')).toBe('e00e525512d5a339d148a1d91fefe158');
  const store = memoryStore();
  await store.put(DONE, '{"version":1}');
  expect(await issueStanding(store, 'org_1', '2025-12-09')).toBe('done');
});

it('a day is open until it is marked, and lost where its mark is no longer to be read', async () => {
  const store = memoryStore();
  const of = async (date = '2025-12-09') => [
    await issueStanding(store, 'org_1', date),
    ...(await decidedOn(store, 'org_1', date)),
  ];
  expect(await of()).toEqual(['open']);
  await markBegun(store, 'org_1', '2025-12-09');
  expect([await of(), await ledgerIssues(store, 'org_1')]).toEqual([['open'], ['2025-12-09']]);
  await markDone(store, 'org_1', '2025-12-09', ['b', 'a']);
  expect([await of(), await of('2025-12-08')]).toEqual([['done', 'a', 'b'], ['open']]);
  const { body } = (await store.get(DONE)) ?? expect.fail();
  await markLost(store, 'org_1', '2025-12-09');
  expect(await of()).toEqual(['lost']);
  for (const damaged of [decodeText(body).replace('"a"', '"c"'), '{', 'null', '{"version":2}', '{"digests":["a"]}']) {
    await store.put(DONE, damaged);
    expect([damaged, await issueStanding(store, 'org_1', '2025-12-09')]).toEqual([damaged, 'lost']);
  }
  await store.put(DONE, decodeText(body).replace('"a"', '"c"'));
  expect(await of()).toEqual(['lost']);
  await store.put(DONE, '{"version":1,"digests":"a"}');
  expect(await of()).toEqual(['lost']);
});

it('a digest that nobody knows of any more is put there as unknown, and over nothing', async () => {
  const store = memoryStore();
  await putUnknown(store, KEY, NOW, 'its record is lost');
  expect(await record(store)).toMatchObject({ state: 'unknown', at: NOW.toISOString(), reason: 'its record is lost' });
  const before = await everything(store);
  await putUnknown(store, KEY, LATER, 'again');
  expect(await everything(store)).toEqual(before);
});
