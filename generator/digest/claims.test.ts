import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import { everything } from '../fixtures/world.ts';
import { s3Store } from '../store/s3.ts';
import type { Store } from '../store/store.ts';
import type { Fault } from '../store/testing/s3-double/faults.ts';
import { type S3Double, s3Double } from '../store/testing/s3-double.ts';
import { builtWorld, DAY, LATER, recipients } from './fixtures/built-world.ts';
import { deliver } from './ledger/deliver.ts';
import { claim, type DigestKey, prepare, readRecord, settle } from './ledger/ledger.ts';
import { readLog } from './ledger/log.ts';
import type { Message } from './mail/message.ts';
import { NotSent, type Transport } from './mail/transport.ts';
import { isUnsettled } from './outcome.ts';
import { sendDigests } from './send.ts';

const templates = mkdtempSync(join(tmpdir(), 'mail-'));
beforeAll(() => compileTemplates(templates));

let double: S3Double;
beforeEach(async () => {
  double = await s3Double();
});
afterEach(() => double[Symbol.asyncDispose]());

const always = Number.POSITIVE_INFINITY;
const has = (name: string) => (request: Parameters<NonNullable<Fault['when']>>[0]) =>
  request.method === 'PUT' && request.headers[name] !== undefined;
const ignored = (...names: string[]): Fault => ({
  times: always,
  when({ method, headers }) {
    if (method === 'PUT') for (const name of names) delete headers[name];
    return false;
  },
});
const refused = { times: always, status: 412, code: 'PreconditionFailed' };
const unknown = { times: always, status: 501, code: 'NotImplemented' };

describe('a store that', () => {
  it.each<[string, Fault[], lacks: string]>([
    ['refuses the right ETag', [{ ...refused, when: has('if-match') }], '(If-Match)'],
    ['knows no If-Match', [{ ...unknown, when: has('if-match') }], '(If-Match)'],
    ['ignores If-Match', [ignored('if-match')], '(If-Match)'],
    ['ignores If-None-Match', [ignored('if-none-match')], '(If-None-Match: *)'],
    ['knows no If-None-Match', [{ ...unknown, when: has('if-none-match') }], '(If-None-Match: *)'],
    ['ignores both', [ignored('if-match', 'if-none-match')], '(If-None-Match: * and If-Match)'],
  ])('%s keeps no claim: no digest is sent, and the run says so once and fails', async (_what, faults, lacks) => {
    const { options, reports: built, mail } = await builtWorld(templates, ['org_1', 'org_2']);
    const reports = s3Store(double.url('reports'), { credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } });
    for (const [key, body] of await everything(built)) await reports.put(key, body);
    double.faults.push(...faults);
    const before = [...double.bucket.keys()];
    const outcome = await sendDigests({ ...options, reports });
    expect(outcome).toMatchObject({ failed: true, digests: [] });
    expect(outcome.text).toHaveLength(1);
    for (const part of [reports.url, 'does not support conditional writes', lacks, 'then run digest again'])
      expect(outcome.text[0]).toContain(part);
    expect(outcome.text.join()).not.toContain('taken');
    expect(await everything(mail)).toEqual(new Map());
    expect(double.bucket.keys()).toEqual(before);
    expect(await readLog(reports, 'org_1', new Date(LATER))).toEqual([]);
  });

  it('keeps them sends', async () => {
    const { options, reports: built } = await builtWorld(templates);
    const reports = s3Store(double.url('reports'), { credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } });
    for (const [key, body] of await everything(built)) await reports.put(key, body);
    expect((await sendDigests({ ...options, reports })).digests.map(({ state }) => state)).toEqual(['sent', 'sent']);
  });
});

it('what was not sent, tried or not, is the same to the run and to the log', async () => {
  const { options, reports, mail } = await builtWorld(templates, ['org_1'], {
    recipients: [...recipients, { address: 'kim@example.com', scope: { team: 'Nowhere' } }],
  });
  const down = new NotSent('connect ECONNREFUSED', { stop: true });
  const transport: Transport = { send: () => Promise.reject(down), close: async () => {} };
  const { digests, failed } = await sendDigests({ ...options, transport });
  expect([digests.map(({ state }) => state), failed]).toEqual([['not sent', 'not sent', 'not sent'], true]);
  const log = await readLog(reports, 'org_1', new Date(LATER));
  expect(log.map(({ recipient, state }) => `${recipient} ${state}`).sort()).toEqual(
    digests.map(({ recipient, state }) => `${recipient} ${state}`).sort(),
  );
  expect((await sendDigests(options)).digests.map(({ state }) => state)).toEqual(['sent', 'sent', 'not sent']);
  expect([...(await everything(mail)).keys()].filter((key) => key.endsWith('.eml'))).toHaveLength(2);
});

describe('a digest that another run was faster with', () => {
  const KEY: DigestKey = { organization: 'org_1', date: DAY, address: 'a@example.com', kind: 'daily' };
  const transport: Transport = { send: () => Promise.reject(new Error('never asked')), close: async () => {} };
  const message = { bytes: new TextEncoder().encode('mail'), from: 'x@example.com' } as Message;
  const now = new Date(LATER);

  /** The other run takes it just before this one does. */
  async function losing(other: (store: Store) => Promise<unknown>) {
    const { reports } = await builtWorld(templates);
    const late = { reached: (point: string) => (point === 'prepared' ? other(reports) : undefined) as Promise<void> };
    return { delivery: await deliver(reports, transport, KEY, message, () => now, late), reports };
  }
  const taken = async (store: Store) => {
    const held = await claim(store, KEY, 'sending', now);
    if (!held) throw new Error('the claim was to be had');
    return held;
  };

  it('is taken while that one sends it, which the log shows as not settled, and unknown after that', async () => {
    const { delivery, reports } = await losing(taken);
    expect(delivery).toEqual({ state: 'taken' });
    const at = async (minutes: number) => readLog(reports, 'org_1', new Date(now.getTime() + minutes * 60_000));
    expect((await at(5)).map((entry) => [entry.state, isUnsettled(entry)])).toEqual([['taken', true]]);
    expect((await at(11)).map((entry) => [entry.state, isUnsettled(entry)])).toEqual([['unknown', true]]);
  });

  it.each([
    ['sent', 'already sent'],
    ['failed', 'failed'],
    ['unknown', 'unknown'],
  ] as const)('is %s where that one has finished: %s', async (state, told) => {
    const { delivery } = await losing(async (store) =>
      settle(store, await taken(store), state, now, { reason: 'why' }),
    );
    expect(delivery.state).toBe(told);
  });

  it('is not sent where that one could not send it, and stays so in the log', async () => {
    let gives: (() => Promise<unknown>) | undefined;
    const { reports } = await builtWorld(templates);
    const refusing: Store = {
      ...reports,
      async put(key, body, options) {
        if (gives && options?.ifMatch !== undefined) {
          const give = gives;
          gives = undefined;
          await give();
        }
        return reports.put(key, body, options);
      },
    };
    await prepare(reports, KEY, now, {});
    gives = async () => settle(reports, await taken(reports), 'prepared', now, { reason: 'the line was cut' });
    const delivery = await deliver(refusing, transport, KEY, message, () => now);
    expect(delivery).toEqual({ state: 'not sent', reason: expect.stringContaining('The next run tries again') });
    const year = new Date(now.getTime() + 3 * 86_400_000);
    expect((await readLog(reports, 'org_1', year)).map((entry) => [entry.state, isUnsettled(entry)])).toEqual([
      ['not sent', true],
    ]);
    expect((await readRecord(reports, KEY))?.record).toMatchObject({ state: 'prepared' });
  });
});
