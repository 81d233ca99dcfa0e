import { describe, expect, it } from 'vitest';
import { changeStatus, mergeStatus, readStatus } from '../publish/status.ts';
import { memoryStore } from '../store/memory.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import type { Seen } from './changes.ts';
import { type Notice, NotTaken } from './channel.ts';
import { type NotifyOptions, notify } from './notify.ts';

const keeps = async () => ({ createOnly: true, compareAndSwap: true });

/** A store, what a receiver gets, and a run at a minute that tells of what it has found. */
function world(reports: Store = memoryStore()) {
  const taken: Notice[] = [];
  const state = { answer: async (_notice: Notice) => {} };
  const channel = {
    async send(notice: Notice) {
      await state.answer(notice);
      taken.push(notice);
    },
  };
  const run = (minute: number, seen: Seen[], more: Partial<NotifyOptions> = {}) =>
    notify({ reports, channel, now: () => new Date(Date.UTC(2026, 3, 2, 8, minute)), ...more }, seen);
  const notices = async () => (await readStatus(reports)).status.notices;
  const told = () =>
    taken.map(({ changes }) =>
      changes.map(({ organization, subject, state }) => `${organization} ${subject} ${state}`),
    );
  return { reports, run, taken, told, notices, state };
}

const failed = (org = 'org_1'): Seen => ({ org, build: 'failed' });
const ok = (org = 'org_1'): Seen => ({ org, build: 'ok' });

describe('a notice', () => {
  it('tells of all changes in one message, once, and keeps what others have written', async () => {
    const { run, told, notices, reports } = world();
    await mergeStatus(reports, new Map([['org_1', { lastRunAt: 'x' }]]), keeps, { expectedBy: 'y' });
    expect(await run(0, [failed(), ok('org_2'), failed('org_3')])).toEqual([]);
    expect(await run(60, [failed(), ok('org_2'), failed('org_3')])).toEqual([]);
    expect(await run(120, [ok()])).toEqual([]);
    expect(told()).toEqual([['org_1 build trouble', 'org_3 build trouble'], ['org_1 build ok']]);
    expect((await readStatus(reports)).status).toMatchObject({
      expectedBy: 'y',
      organizations: { org_1: { lastRunAt: 'x' } },
    });
    expect(await notices()).toEqual({
      acceptedAt: '2026-04-02T10:00:00.000Z',
      claimed: {},
      organizations: { org_1: {}, org_2: {}, org_3: { build: { at: '2026-04-02T08:00:00.000Z' } } },
    });
  });

  it('is not sent, nor status.json written, where nothing has changed', async () => {
    const { run, reports, told } = world();
    await run(0, [ok()]);
    const etag = (await reports.get('status.json'))?.etag;
    await run(1, [ok()]);
    expect([told(), (await reports.get('status.json'))?.etag]).toEqual([[], etag]);
  });

  it('is sent by one of several runs that end at once', async () => {
    const { run, told } = world();
    await Promise.all(Array.from({ length: 8 }, () => run(0, [failed(), failed('org_2')])));
    expect(told()).toEqual([['org_1 build trouble', 'org_2 build trouble']]);
  });

  it('of another organization is not lost where several runs end at once', async () => {
    const { run, told } = world();
    await Promise.all(Array.from({ length: 8 }, (_, i) => run(0, [failed(`org_${i}`)])));
    expect(told().flat().sort()).toEqual(Array.from({ length: 8 }, (_, i) => `org_${i} build trouble`));
  });

  it('is sent once where the answer to a write was lost, and the write is done again', async () => {
    const inner = memoryStore();
    let lost = 0;
    const { run, told, notices } = world({
      ...inner,
      async put(key, body, options) {
        const etag = await inner.put(key, body, options);
        if (lost++ < 1) throw new PreconditionFailed(key);
        return etag;
      },
    });
    expect(await run(0, [failed()])).toEqual([]);
    expect([told(), (await notices())?.claimed]).toEqual([[['org_1 build trouble']], {}]);
  });
});

describe('a notice that was not taken', () => {
  it('is said, and told by the next run with what has changed since', async () => {
    const { run, told, notices, state } = world();
    state.answer = async () => {
      throw new NotTaken('the webhook of CCI_NOTIFY_URL answered 500');
    };
    const said = 'A notice was not sent: the webhook of CCI_NOTIFY_URL answered 500. The next run sends it.';
    expect(await run(0, [failed()])).toEqual([said]);
    expect(await notices()).toEqual({
      organizations: { org_1: {} },
      claimed: {},
      problem: { at: '2026-04-02T08:00:00.000Z', reason: said },
    });
    expect(await run(60, [failed(), failed('org_2')])).toEqual([said]);
    state.answer = async () => {};
    expect(await run(120, [ok(), failed('org_2')])).toEqual([]);
    expect(told()).toEqual([['org_2 build trouble']]);
    expect((await notices())?.problem).toBeUndefined();
  });

  it('takes nothing back of what another run has told meanwhile', async () => {
    const { run, told, state } = world();
    state.answer = async ({ changes }) => {
      if (changes[0]?.subject === 'digests') return;
      await run(0, [{ org: 'org_1', digests: { '2026-04-01 failed': 1 } }]);
      throw new NotTaken('no');
    };
    await run(0, [failed()]);
    state.answer = async () => {};
    await run(1, [{ ...failed(), digests: { '2026-04-01 failed': 1 } }]);
    expect(told()).toEqual([['org_1 digests trouble'], ['org_1 build trouble']]);
  });
});

describe('a notice of which nobody knows', () => {
  it('is not sent again where no answer came', async () => {
    const { run, told, notices, state } = world();
    state.answer = async () => {
      throw new Error('the webhook of CCI_NOTIFY_URL did not answer in time');
    };
    const [said] = await run(0, [failed()]);
    expect(said).toBe(
      'A notice may not have arrived: the webhook of CCI_NOTIFY_URL did not answer in time. It is not sent again: status and digest log say what it was about.',
    );
    state.answer = async () => {};
    await run(60, [failed()]);
    expect([told(), (await notices())?.problem?.reason]).toEqual([[], said]);
  });

  it.each(['claimed', 'answered'] as const)('is not sent again where the run died when it was %s', async (point) => {
    const { run, told, notices } = world();
    const dies = (at: string) => {
      if (at === point) throw new Error('killed');
    };
    await expect(run(0, [failed()], { reached: dies })).rejects.toThrow('killed');
    await run(5, [failed()]);
    expect(Object.keys((await notices())?.claimed ?? {})).toHaveLength(1);
    await run(10, [failed()]);
    expect(told()).toEqual(point === 'claimed' ? [] : [['org_1 build trouble']]);
    expect(await notices()).toMatchObject({
      claimed: {},
      problem: { at: '2026-04-02T08:00:00.000Z', reason: expect.stringContaining('may not have arrived') },
    });
    await run(11, [ok()]);
    expect(told().at(-1)).toEqual(['org_1 build ok']);
  });
});

it('where status.json cannot be written no notice is sent, and that is said', async () => {
  const inner = memoryStore();
  const { run, told } = world({ ...inner, put: () => Promise.reject(new Error('no right to write')) });
  expect(await run(0, [failed()])).toEqual([
    'No notice was sent, because status.json could not be written: no right to write',
  ]);
  expect(told()).toEqual([]);
});

it('where status.json is lost what still stands is told again', async () => {
  const { run, told, reports } = world();
  await run(0, [failed()]);
  await reports.remove('status.json');
  await run(1, [failed()]);
  expect(told()).toHaveLength(2);
});

it('a change of something else leaves notices as they are', async () => {
  const { run, notices, reports } = world();
  await run(0, [failed()]);
  const before = await notices();
  await changeStatus(reports, (status) => ({ ...status, expectedBy: 'z' }), keeps);
  expect(await notices()).toEqual(before);
});
