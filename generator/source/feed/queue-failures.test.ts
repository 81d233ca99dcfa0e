import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { callsOf, type QueueListener, queueListener, use } from '../../testing/queue-listener.ts';
import { type SqsDouble, type SqsFault, sqsDouble } from '../../testing/sqs-double.ts';

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

describe('a queue that fails', () => {
  const refused: [string, SqsFault, RegExp][] = [
    [
      'rights',
      { status: 403, code: 'AccessDenied' },
      /may not receive from it \(AccessDenied\)\. Grant sqs:ReceiveMessage for http/,
    ],
    [
      'rights in a sentence',
      { status: 400, code: 'AccessDeniedException', message: 'User: arn:aws:iam x is not authorized' },
      /may not receive from it: User: arn:aws:iam x is not authorized \(AccessDeniedException\)\. Grant sqs:ReceiveMessage/,
    ],
    [
      'too many messages',
      { status: 403, code: 'OverLimit' },
      /too many of its messages are with somebody .* \(OverLimit\)\. They come back/,
    ],
    [
      'its key',
      { status: 400, code: 'KmsAccessDenied', message: 'no' },
      /its KMS key cannot be used: no \(KmsAccessDenied\)\. Enable the key, and grant kms:Decrypt/,
    ],
    [
      'another key id',
      { status: 403, code: 'InvalidClientTokenId' },
      /the access key id is not known there \(InvalidClientTokenId\)/,
    ],
    [
      'throttling',
      { status: 403, code: 'RequestThrottled', times: 99 },
      /the queue is overloaded or failing, each time it was tried \(RequestThrottled\)/,
    ],
    [
      'failure',
      { status: 500, times: 99 },
      /the queue is overloaded or failing, each time it was tried \(InternalError\)/,
    ],
    [
      'resets',
      { kind: 'reset', times: 99 },
      /the connection failed each time it was tried.*\(ECONNRESET\)\. Check the network and CCI_EVENTS_URL/,
    ],
    ['no SQS', { kind: 'garbage', times: 99 }, /what answers there does not speak SQS/],
    [
      'something new',
      { status: 400, code: 'SomethingNew' },
      /the server refused it \(SomethingNew\)\. Check its URL, and whether the server supports SQS/,
    ],
  ];
  it.each(refused)('is told in a sentence, and everything is listed: %s', async (_what, fault, told) => {
    double.faults.push({ times: 4, ...fault });
    const heard = run.listen(['org_1']);
    expect(await callsOf(heard, 'org_1')).toBeUndefined();
    expect(run.said).toHaveLength(1);
    expect(run.said[0]).toMatch(
      /^the change feed cannot be read to its end, so everything is listed: Cannot receive from http/,
    );
    expect(run.said[0]).toMatch(told);
    await use(heard, 'org_1');
    await heard.end();
  });

  it('is told where there is no such queue, or nothing listens', async () => {
    const told: [string, RegExp][] = [
      [
        `${double.url}x`,
        /there is no such queue, or these credentials may not know of it \(QueueDoesNotExist\)\. Copy its URL again/,
      ],
      [
        'http://127.0.0.1:1/000000000000/events',
        /nothing listens at 127\.0\.0\.1:1 \(ECONNREFUSED\)\. Start the server, or correct CCI_EVENTS_URL/,
      ],
    ];
    for (const [url, pattern] of told) {
      await callsOf(run.listen(['org_1'], { url, attempts: 1 }), 'org_1');
      expect(run.said.pop()).toMatch(pattern);
    }
  });

  it('is told where the region is not its own', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    await callsOf(run.listen(['org_1']), 'org_1');
    vi.unstubAllEnvs();
    expect(run.said[0]).toMatch(/its region is not eu-west-1 \(WrongRegion\)\. Copy its URL again/);
  });

  it.each(['hang', 'trickle'] as const)('is given up after its time where it answers nothing: %s', async (kind) => {
    const time = new AbortController();
    // Four ask at once, and the next test must meet none of them.
    let met = 0;
    double.faults.push({ kind, times: 99, met: () => ++met === 4 && setImmediate(() => time.abort()) });
    run.send(key('org_1', 'a'));
    const heard = run.listen(['org_1'], { limit: () => time.signal });
    expect(await callsOf(heard, 'org_1')).toBeUndefined();
    expect(run.said[0]).toMatch(/no answer came in time, each time it was tried/);
  });

  it.each<SqsFault>([
    { kind: 'reset' },
    { status: 500 },
    { status: 503, times: 2 },
    { status: 403, code: 'RequestThrottled' },
  ])('is asked again: %o', async (fault) => {
    double.faults.push(fault);
    run.send(key('org_1', 'a'));
    expect(await callsOf(run.listen(['org_1']), 'org_1')).toEqual(['a']);
    expect(run.said).toEqual([]);
  });

  it.each(['lost', 'damaged'] as const)(
    'tells later what was in an answer that did not come whole: %s',
    async (kind) => {
      double.faults.push({ kind });
      run.send(key('org_1', 'a'));
      const heard = run.listen(['org_1']);
      expect((await callsOf(heard, 'org_1')) ?? []).toEqual([]);
      await use(heard, 'org_1');
      await heard.end();
      double.queue.clock.time += 15 * MINUTE;
      expect(await callsOf(run.listen(['org_1']), 'org_1')).toEqual(['a']);
    },
  );

  it('keeps what could be received, where it fails then', async () => {
    run.send(...Array.from({ length: 100 }, (_, at) => key('org_1', `c${at}`)));
    double.faults.push({ of: 'ReceiveMessage', status: 403, code: 'AccessDenied' });
    const heard = run.listen(['org_1']);
    expect(await callsOf(heard, 'org_1')).toBeUndefined();
    const { length } = double.queue.left;
    await use(heard, 'org_1');
    expect(double.queue.left.length).toBeLessThan(length);
  });

  it('says what it could not remove or give back, and stops at the first refusal', async () => {
    run.send(...Array.from({ length: 100 }, (_, at) => key(at < 50 ? 'org_1' : 'org_2', `c${at}`)));
    double.faults.push({ of: 'ChangeMessageVisibilityBatch', status: 403, code: 'AccessDenied', times: 99 });
    const heard = run.listen(['org_1']);
    await heard.about('org_1');
    expect(run.said).toEqual([
      expect.stringMatching(
        /^events that this run does not use could not be given back, so they come again in 15 minutes: Cannot return to http.*Grant sqs:ChangeMessageVisibility/,
      ),
    ]);
    double.faults.unshift({ of: 'DeleteMessageBatch', status: 403, code: 'AccessDenied', times: 99 });
    await expect(use(heard, 'org_1')).rejects.toThrow(
      /Cannot remove from http.*may not remove from it .*Grant sqs:DeleteMessage/,
    );
    // Four at once.
    expect(double.log.filter((action) => action.startsWith('Delete')).length).toBeLessThanOrEqual(5);
    expect(double.queue.left).toHaveLength(100);
  });

  it('tells of a batch of which some were refused', async () => {
    run.send(key('org_1', 'a'));
    const heard = run.listen(['org_1']);
    const told = await heard.about('org_1');
    double.faults.push({ of: 'DeleteMessageBatch', kind: 'refused' });
    await expect(told.used()).rejects.toThrow(/Cannot remove from .*: ReceiptHandleIsInvalid/);
  });
});
