import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, sha256 } from '../../lib/bytes.ts';
import { memoryStore } from '../../store/memory.ts';
import type { Store } from '../../store/store.ts';
import { everything } from '../../store/testing/watched.ts';
import type { Message } from '../mail/message.ts';
import { NotSent, Refused, type Transport } from '../mail/transport.ts';
import { deliver, POINTS, type Point } from './deliver.ts';
import { claim, type DigestKey, type LedgerRecord, prepare, readRecord, settle } from './ledger.ts';
import { keepMessage } from './message-store.ts';

const KEY: DigestKey = { organization: 'org_1', date: '2025-12-09', address: 'ann@example.com', kind: 'daily' };
const NOW = new Date('2025-12-10T07:00:00Z');
const message = { bytes: encodeText('mail'), from: 'reports@cci.example', to: KEY.address } as Message;
const frozen = (key: string) => key.startsWith('mail/frozen/');

/** One run. @param answers of the mail service in turn: an error, or the receipt; the last for all that follow */
async function run(
  answers: (Error | string)[],
  { store = memoryStore(), at }: { store?: Store; at?: (point: Point, store: Store) => unknown } = {},
) {
  const sent: string[] = [];
  const waits: number[] = [];
  const reached: Point[] = [];
  const transport: Transport = {
    close: async () => {},
    async send({ bytes }) {
      const answer = answers[Math.min(sent.length, answers.length - 1)] as Error | string;
      sent.push(decodeText(bytes));
      if (answer instanceof Error) throw answer;
      return { id: answer };
    },
  };
  const delivery = await deliver(store, transport, KEY, message, () => NOW, {
    wait: async (ms) => void waits.push(ms),
    async reached(point) {
      reached.push(point);
      await at?.(point, store);
    },
  });
  const record = (await readRecord(store, KEY))?.record as LedgerRecord | 'unreadable';
  const kept = [...(await everything(store))].filter(([key]) => frozen(key)).map(([, body]) => decodeText(body));
  return { delivery, sent, waits, reached, record, kept };
}

describe('one digest', () => {
  it('goes out once, is noted with its receipt and its hash, and its bytes are gone', async () => {
    const { delivery, sent, waits, reached, record, kept } = await run(['r-1']);
    expect([delivery, sent, waits, reached, kept]).toEqual([
      { state: 'sent', file: 'r-1' },
      ['mail'],
      [],
      [...POINTS],
      [],
    ]);
    expect(record).toMatchObject({ state: 'sent', receipt: 'r-1', message: sha256('mail'), at: NOW.toISOString() });
  });

  it('is in the ledger as not sent before it is claimed, and claimed before it is sent', async () => {
    const seen: unknown[] = [];
    await run(['r-1'], {
      async at(point, store) {
        const record = (await readRecord(store, KEY))?.record as LedgerRecord | undefined;
        seen.push([point, record?.state, record?.message, [...(await everything(store)).keys()].filter(frozen).length]);
      },
    });
    const hash = sha256('mail');
    expect(seen).toEqual([
      ['frozen', undefined, undefined, 1],
      ['prepared', 'prepared', hash, 1],
      ['claimed', 'sending', hash, 1],
      ['answered', 'sending', hash, 1],
      ['settled', 'sent', hash, 1],
      ['thawed', 'sent', hash, 0],
    ]);
  });

  it('is that of an earlier run where it had got as far as its bytes', async () => {
    const store = memoryStore();
    await keepMessage(store, KEY, encodeText('earlier mail'));
    const { sent, record } = await run(['r-1'], { store });
    expect([sent, record]).toEqual([['earlier mail'], expect.objectContaining({ message: sha256('earlier mail') })]);
  });

  it('stays sent where its bytes cannot be removed', async () => {
    const inner = memoryStore();
    const store = { ...inner, remove: () => Promise.reject(new Error('no right to delete')) };
    const { delivery, kept } = await run(['r-1'], { store });
    expect([delivery.state, kept]).toEqual(['sent', ['mail']]);
  });
});

describe('a digest that certainly did not leave', () => {
  it('is tried three more times where that may help, after longer and longer waits', async () => {
    const { delivery, sent, waits, record, kept } = await run([new NotSent('the line is busy.', { again: true })]);
    expect(delivery).toEqual({ state: 'not sent', reason: 'the line is busy' });
    expect([sent.length, waits.length, kept]).toEqual([4, 3, ['mail']]);
    for (const [i, most] of [500, 2_000, 8_000].entries()) {
      expect(waits[i]).toBeGreaterThanOrEqual(0.75 * most);
      expect(waits[i]).toBeLessThanOrEqual(1.25 * most);
    }
    expect(record).toMatchObject({ state: 'prepared', reason: 'the line is busy' });
  });

  it('waits no two times as long, so that runs which began together do not meet again', async () => {
    const of = async () => (await run([new NotSent('busy', { again: true })])).waits;
    const all = [await of(), await of(), await of()];
    expect(new Set(all.map(([first]) => first)).size).toBeGreaterThan(1);
  });

  it('goes out where a further try helps', async () => {
    const { delivery, waits } = await run([
      new NotSent('busy', { again: true }),
      new NotSent('busy', { again: true }),
      'r-3',
    ]);
    expect([delivery, waits.length]).toEqual([{ state: 'sent', file: 'r-3' }, 2]);
  });

  it('is tried once where it would not help, and stops the run where no other would leave either', async () => {
    const once = await run([new NotSent('the outbox is full')]);
    expect([once.delivery, once.sent.length]).toEqual([{ state: 'not sent', reason: 'the outbox is full' }, 1]);
    const { delivery, sent } = await run([new NotSent('no right to send', { stop: true })]);
    expect([delivery, sent.length]).toEqual([{ state: 'not sent', reason: 'no right to send', stop: true }, 1]);
  });

  it('is failed for good where the service refuses it', async () => {
    const { delivery, sent, record, kept } = await run([new Refused('the address is none')]);
    const reason = 'the mail service rejected it: the address is none';
    expect([delivery, sent.length, kept]).toEqual([{ state: 'failed', reason }, 1, ['mail']]);
    expect(record).toMatchObject({ state: 'failed', reason });
  });
});

it('a digest of which nobody knows whether it left is unknown, and not tried again; its bytes stay for a person', async () => {
  const { delivery, sent, record, kept } = await run([new Error('connection reset')]);
  expect([delivery, sent.length, kept]).toEqual([{ state: 'unknown', reason: 'connection reset' }, 1, ['mail']]);
  expect(record).toMatchObject({ state: 'unknown', reason: 'connection reset' });
});

it('names the sender in a reason, and no recipient', async () => {
  const { delivery } = await run([new Refused('from reports@cci.example to ann@example.com')]);
  expect(delivery.reason).toContain('from reports@cci.example to (address)');
});

describe('where the ledger cannot be told of the answer', () => {
  it.each([
    ['r-1', 'it was sent'],
    [new NotSent('the outbox is full'), 'the outbox is full'],
    [new Refused('no such box'), 'the mail service rejected it: no such box'],
  ])('nobody knows of it, and both reasons are said: %s', async (answer, became) => {
    const inner = memoryStore();
    let isGone = false;
    const store: Store = {
      ...inner,
      put: (...call) => (isGone ? Promise.reject(new Error('no space for reports@cci.example')) : inner.put(...call)),
    };
    const at = (point: Point) => {
      isGone = point === 'answered';
    };
    const { delivery, record, kept } = await run([answer], { store, at });
    const reason = `${became}, but the ledger could not be written: no space for reports@cci.example`;
    expect([delivery.state, delivery.reason, kept]).toEqual(['unknown', reason, ['mail']]);
    expect(record).toMatchObject({ state: 'sending' });
  });
});

describe('where another run has claimed it just before', () => {
  const at = (other: (store: Store) => Promise<unknown>) => (point: Point, store: Store) =>
    point === 'prepared' ? other(store) : undefined;
  const take = async (store: Store, reason?: string) => {
    const held = await claim(store, KEY, 'sending', NOW, reason === undefined ? {} : { reason });
    return held ?? expect.fail('the claim was to be had');
  };

  it.each<[string, (store: Store) => Promise<unknown>, told: object, kept: number]>([
    ['it is being sent', take, { state: 'taken' }, 1],
    [
      'it was sent',
      async (store) => settle(store, await take(store), 'sent', NOW, { reason: 'x' }),
      { state: 'already sent' },
      0,
    ],
    [
      'it was refused',
      async (store) => settle(store, await take(store), 'failed', NOW, { reason: 'no such box' }),
      { state: 'failed', reason: 'no such box' },
      1,
    ],
    ['it is unknown', async (store) => settle(store, await take(store), 'unknown', NOW, {}), { state: 'unknown' }, 1],
    [
      'its record has been damaged',
      async (store) => {
        const [key = ''] = [...(await everything(store, 'mail/ledger/')).keys()];
        await store.put(key, '{');
      },
      { state: 'unknown' },
      1,
    ],
  ])('%s, this one sends nothing and says how it stands', async (_what, other, told, bytes) => {
    const { delivery, sent, reached, kept } = await run(['never'], { at: at(other) });
    expect(delivery).toStrictEqual(told);
    expect([sent, reached, kept.length]).toEqual([[], ['frozen', 'prepared'], bytes]);
  });

  it('and its record has gone since, it stays for the next run', async () => {
    const store = memoryStore();
    let isTaken = false;
    const forgetful: Store = { ...store, get: async (key) => (isTaken && !frozen(key) ? undefined : store.get(key)) };
    const other = async () => {
      await take(store);
      isTaken = true;
    };
    const { delivery, sent } = await run(['never'], { store: forgetful, at: at(other) });
    expect([delivery.state, sent]).toEqual(['not sent', []]);
  });

  it('and could not send it, it stays for the next run', async () => {
    const store = memoryStore();
    await prepare(store, KEY, NOW, {});
    let isFirst = true;
    const racing: Store = {
      ...store,
      async put(key, body, options) {
        if (isFirst && options?.ifMatch !== undefined) {
          isFirst = false;
          await settle(store, await take(store), 'prepared', NOW, { reason: 'the line was cut' });
        }
        return store.put(key, body, options);
      },
    };
    const { delivery, kept } = await run(['never'], { store: racing });
    expect(delivery).toEqual({
      state: 'not sent',
      reason: 'another run claimed it and could not send it. The next run tries again',
    });
    expect(kept).toEqual(['mail']);
  });
});
