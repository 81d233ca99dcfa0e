import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notification } from '../../testing/feed-runs.ts';
import { callsOf, type QueueListener, queueListener, use } from '../../testing/queue-listener.ts';
import { type SqsDouble, sqsDouble } from '../../testing/sqs-double.ts';
import { queueFeed } from './queue-feed.ts';

const key = (org: string, id: string): string => `${org}/enriched/${id}.json`;
const MINUTE = 60_000;

let double: SqsDouble;
let run: QueueListener;
beforeAll(async () => {
  double = await sqsDouble();
});
afterAll(() => double[Symbol.asyncDispose]());
beforeEach(() => {
  run = queueListener(double);
});

describe('a change feed in a queue', () => {
  it('asks nothing before it is listened to, and receives once for all organizations', async () => {
    run.send(key('org_1', 'a'), key('org_2', 'b'), key('org_1', 'c d+é'));
    const heard = run.listen(['org_1', 'org_2']);
    expect(double.log).toEqual([]);
    // A space may be one, or a plus: both are looked at.
    expect(await callsOf(heard, 'org_1')).toEqual(['a', 'c d+é', 'c+d%2B%C3%A9']);
    const { length } = double.log;
    expect(await callsOf(heard, 'org_2')).toEqual(['b']);
    expect(double.log).toHaveLength(length);
    expect([double.queue.left.length, double.queue.visible.length]).toEqual([3, 0]);
  });

  it('removes what an organization has used, and nothing of another one', async () => {
    const keys = Array.from({ length: 25 }, (_, at) => key('org_1', `c${at}`));
    run.send(...keys, key('org_2', 'b'));
    const heard = run.listen(['org_1', 'org_2']);
    expect(await callsOf(heard, 'org_1')).toHaveLength(25);
    expect(double.queue.left).toHaveLength(26);
    await use(heard, 'org_1');
    expect(double.queue.left).toEqual([notification(key('org_2', 'b'))]);
    // What failed for its organization goes back, and the next run has it at once.
    await heard.end();
    expect(double.queue.visible).toHaveLength(1);
    expect(await callsOf(run.listen(['org_2']), 'org_2')).toEqual(['b']);
  });

  it('gives messages of organizations that it does not build back at once', async () => {
    run.send(key('org_1', 'a'), key('org_2', 'b'));
    const both = JSON.stringify({ keys: [key('org_1', 'x'), key('org_2', 'y')] });
    double.queue.send(both);
    const heard = run.listen(['org_1']);
    expect(await callsOf(heard, 'org_1')).toEqual(['a', 'x']);
    expect(double.queue.visible.sort()).toEqual([notification(key('org_2', 'b')), both].sort());
    await use(heard, 'org_1');
    await heard.end();
    expect(double.queue.visible.sort()).toEqual([notification(key('org_2', 'b')), both].sort());
    const all = run.listen(['org_1', 'org_2']);
    await use(all, 'org_1');
    expect(double.queue.left).toContain(both);
    await use(all, 'org_2');
    expect(double.queue.left).toEqual([]);
    expect(run.said).toEqual([]);
  });

  it('removes what is of no organization, whichever run has it', async () => {
    run.send('logs/2026/x.gz', 'x', key('org_9', 'a'));
    double.queue.send(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' }));
    expect(await callsOf(run.listen(['org_1']), 'org_1')).toEqual([]);
    expect(double.queue.left).toEqual([]);
    // A store of the results that begins within its bucket.
    run.send(`some/folder/${key('org_1', 'a')}`, `some/folder/${key('org_2', 'b')}`, 'org_1/recordings/a.wav');
    expect(await callsOf(run.listen(['org_1', 'org_2']), 'org_1')).toEqual(['a']);
  });

  it('leaves everything to a listing where a message is not understood, which stays out of the way for hours', async () => {
    run.send(key('org_1', 'a'));
    double.queue.send('hello', { id: 'odd-1' });
    const heard = run.listen(['org_1', 'org_2']);
    expect(await callsOf(heard, 'org_1')).toBeUndefined();
    expect(await callsOf(heard, 'org_2')).toBeUndefined();
    expect(run.said).toEqual([
      expect.stringMatching(
        /^1 message of the change feed cannot be understood, so everything is listed: odd-1: it is no JSON\. What is not understood stays in the queue, comes again in 6 hours/,
      ),
    ]);
    await use(heard, 'org_1');
    await use(heard, 'org_2');
    await heard.end();
    expect(double.queue.left).toEqual(['hello']);
    double.queue.clock.time += 5 * 60 * MINUTE;
    expect(await callsOf(run.listen(['org_1']), 'org_1')).toEqual([]);
    double.queue.clock.time += 60 * MINUTE;
    const again = run.listen(['org_1', 'org_2']);
    expect(await callsOf(again, 'org_1')).toBeUndefined();
    // Not all have listed: the next run has it at once.
    await use(again, 'org_1');
    await again.end();
    expect(double.queue.visible).toEqual(['hello']);
  });

  it('knows a message that comes twice for one, and removes it as it came last', async () => {
    const twice = [true, false];
    double.queue.again = () => twice.shift() ?? false;
    run.send(key('org_1', 'a'));
    const heard = run.listen(['org_1']);
    expect(await callsOf(heard, 'org_1')).toEqual(['a']);
    await use(heard, 'org_1');
    expect(double.queue.left).toEqual([]);
  });

  it('says nothing of a message that somebody else has used, or received again, by now', async () => {
    run.send(key('org_1', 'a'), key('org_1', 'b'));
    const [one, other] = [run.listen(['org_1']), run.listen(['org_1'])];
    await one.about('org_1');
    double.queue.clock.time += 16 * MINUTE;
    await other.about('org_1');
    await use(one, 'org_1');
    // Of a handle that is old, SQS says that the message is removed, and keeps it.
    expect(double.queue.left).toHaveLength(2);
    await use(other, 'org_1');
    await use(other, 'org_1');
    expect(double.queue.left).toEqual([]);
    // Nobody holds it any more, so it cannot be given back, and need not be.
    run.send(key('org_1', 'c'));
    const slow = run.listen(['org_1']);
    await slow.about('org_1');
    double.queue.clock.time += 16 * MINUTE;
    await slow.end();
    expect(double.queue.visible).toHaveLength(1);
    expect(run.said).toEqual([]);
  });

  it('takes a bounded number of messages, lists everything then, and leaves the rest', async () => {
    let [received, removed] = [0, 0];
    const feed = queueFeed('https://queue', {
      async receive() {
        return Array.from({ length: 10 }, () => {
          const id = `m${received++}`;
          return { id, handle: id, body: notification(key('org_1', 'a')) };
        });
      },
      async remove(handles) {
        removed += handles.length;
      },
      async giveBack() {},
    });
    const heard = feed.listen({ ours: ['org_1'], all: ['org_1'] }, run.log);
    expect(await callsOf(heard, 'org_1')).toBeUndefined();
    await use(heard, 'org_1');
    expect([received, removed]).toEqual([10_030, 10_030]);
    expect(run.said).toEqual([
      expect.stringMatching(/there is more than a run takes. The rest is left for the next one$/),
    ]);
  });
});
