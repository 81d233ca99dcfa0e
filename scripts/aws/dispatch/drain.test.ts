/** Nothing is lost and no dispatch comes too early, whatever comes when, and whatever fails. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DoubleQueue } from '../../../generator/testing/sqs-double/queue.ts';
import { type Drain, drain, type TriggerQueue } from './drain.ts';

const GAP_MS = 15 * 60_000;
const TICK_MS = 5 * 60_000;

const event = (org: string) => JSON.stringify({ detail: { object: { key: `${org}/enriched/a.json` } } });

/** A world by one clock: the queue of the SQS double, a gap, and a GitHub that only writes down. */
function world() {
  const queue = new DoubleQueue();
  const { clock } = queue;
  const sent: { time: number; organizations: string[] | undefined }[] = [];
  let [last, faults]: [number, string[]] = [Number.NEGATIVE_INFINITY, []];
  const entries = (handles: readonly string[]) =>
    handles.map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle }));
  const inTens = (handles: readonly string[], work: (some: readonly string[]) => void) => {
    for (let at = 0; at < handles.length; at += 10) work(handles.slice(at, at + 10));
  };
  const fails = (name: string) => {
    if (faults.includes(name)) throw new Error(name);
  };
  const trigger: TriggerQueue = {
    async receive() {
      fails('receive');
      const { Messages } = queue.answer('ReceiveMessage', {
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 300,
        WaitTimeSeconds: 0,
      }) as { Messages: { MessageId: string; ReceiptHandle: string; Body: string }[] };
      return Messages.map(({ MessageId, ReceiptHandle, Body }) => ({
        id: MessageId,
        handle: ReceiptHandle,
        body: Body,
      }));
    },
    async remove(handles) {
      fails('remove');
      inTens(handles, (some) => queue.answer('DeleteMessageBatch', { Entries: entries(some) }));
    },
    async giveBack(handles) {
      fails('give back');
      inTens(handles, (some) =>
        queue.answer('ChangeMessageVisibilityBatch', {
          Entries: entries(some).map((each) => ({ ...each, VisibilityTimeout: 0 })),
        }),
      );
    },
  };
  const context: Drain = {
    queue: trigger,
    gap: {
      isOver: async () => clock.time - last >= GAP_MS,
      async begin() {
        fails('begin');
        if (clock.time - last < GAP_MS) return false;
        last = clock.time;
        return true;
      },
    },
    async dispatch(body) {
      fails('refused');
      sent.push({ time: clock.time, organizations: JSON.parse(body).client_payload.organizations });
      fails('answer lost');
    },
    prefix: '',
  };
  return {
    queue,
    sent,
    clock,
    /** One call of the function; what it throws is what Lambda would count. */
    async tick(...troubles: string[]) {
      faults = troubles;
      const outcome = await drain(context).catch((error: Error) => error.message);
      clock.time += TICK_MS;
      return outcome;
    },
  };
}

it('sends all that has changed at once, and what comes after that when the gap is over', async () => {
  const { queue, sent, tick } = world();
  for (const org of ['org_1', 'org_2', 'org_1']) queue.send(event(org));
  expect(await tick()).toEqual({ outcome: 'sent', messages: 3, organizations: 2, all: false });
  queue.send(event('org_3'));
  expect([await tick(), await tick()]).toMatchObject([{ outcome: 'waiting' }, { outcome: 'waiting' }]);
  expect(await tick()).toMatchObject({ outcome: 'sent', organizations: 1 });
  expect(sent).toEqual([
    { time: 0, organizations: ['org_1', 'org_2'] },
    { time: GAP_MS, organizations: ['org_3'] },
  ]);
  expect(queue.left).toEqual([]);
});

it('asks nothing of GitHub where nothing has changed', async () => {
  const { queue, sent, tick } = world();
  expect(await tick()).toMatchObject({ outcome: 'nothing', messages: 0 });
  queue.send(event('mail'));
  expect(await tick()).toMatchObject({ outcome: 'nothing', messages: 1 });
  expect([sent, queue.left]).toEqual([[], []]);
});

it('keeps every message until GitHub has taken it', async () => {
  const { queue, sent, tick } = world();
  queue.send(event('org_1'));
  expect(await tick('refused')).toBe('refused');
  expect([sent, queue.visible]).toEqual([[], [event('org_1')]]);
  // The messages are back at once; the next try waits for the gap all the same, for GitHub may have taken it.
  expect(await tick()).toMatchObject({ outcome: 'waiting' });
  await tick();
  expect(await tick('refused', 'give back')).toBe('refused');
  for (let i = 0; i < 3; i++) await tick();
  expect(sent).toMatchObject([{ organizations: ['org_1'] }]);
});

const step = fc.record({
  /** Organizations that change, each another one: what is told of one says nothing of the others. */
  comes: fc.integer({ min: 0, max: 25 }),
  faults: fc.subarray(['receive', 'remove', 'give back', 'begin', 'refused', 'answer lost'], { maxLength: 2 }),
  /** Messages are given out twice, only some are given out, removed ones stay. */
  odd: fc.record({ again: fc.boolean(), sample: fc.integer({ min: 0, max: 10 }), survives: fc.boolean() }),
  calm: fc.boolean(),
});

it('loses no organization and keeps the gap over random histories', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { queue, sent, clock, tick } = world();
      const came: { org: string; time: number }[] = [];
      for (const { comes, faults, odd, calm } of steps) {
        for (let i = 0; i < comes; i++) {
          const org = `org_${came.length}`;
          queue.send(event(org));
          came.push({ org, time: clock.time });
        }
        // Giving out again without an end would be a run without an end: SQS does it now and then.
        let times = 0;
        queue.again = () => odd.again && times++ < 3;
        queue.sample = () => odd.sample;
        queue.survives = () => odd.survives;
        await tick(...(calm ? [] : faults));
      }
      queue.again = queue.survives = () => false;
      queue.sample = () => 10;
      for (let i = 0; i < 12; i++) await tick();
      expect(queue.left).toEqual([]);
      for (const { org, time } of came)
        expect(sent.some((each) => each.time >= time && each.organizations?.includes(org))).toBe(true);
      for (const [at, { time }] of sent.entries())
        if (at > 0) expect(time - (sent[at - 1]?.time ?? 0)).toBeGreaterThanOrEqual(GAP_MS);
    }),
    { numRuns: Number(process.env.CCI_RUNS ?? 60) },
  );
});
