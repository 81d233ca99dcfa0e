import { describe, expect, it } from 'vitest';
import { keysIn } from './event-keys.ts';

const record = (key: unknown) => ({ eventName: 'ObjectRemoved:Delete', s3: { object: { key, sequencer: '00A1' } } });
const json = (value: unknown): string => JSON.stringify(value);

describe('the keys that an event names', () => {
  it.each([
    ['ours', { keys: ['a/b c+d'] }, ['a/b c+d']],
    ['S3, as in an address and as it stands', { Records: [record('a/b+c%2Bd')] }, ['a/b+c%2Bd', 'a/b c+d']],
    ['S3, of which nothing is encoded', { Records: [record('a/b')] }, ['a/b']],
    ['S3, with what encodes nothing', { Records: [record('a/100%')] }, ['a/100%']],
    ['S3, several records', { Records: [record('a/b'), record('a/c')] }, ['a/b', 'a/c']],
    ['S3, when it is switched on', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }, []],
    ['EventBridge', { 'detail-type': 'Object Created', detail: { object: { key: 'a/é' } } }, ['a/é']],
    ['SNS', { Type: 'Notification', Message: json({ Records: [record('a/b')] }) }, ['a/b']],
    ['SNS, when it is switched on', { Type: 'Notification', Message: json({ Event: 's3:TestEvent' }) }, []],
    ['several at once', [{ keys: ['a'] }, { keys: ['b'] }], ['a', 'b']],
  ])('are those of %s', (_of, event, keys) => {
    expect(keysIn(json(event))).toEqual({ keys });
  });

  it('are those of every line', () => {
    expect(keysIn(`${json({ keys: ['a'] })}\n\n${json({ Records: [record('b')] })}\n`)).toEqual({ keys: ['a', 'b'] });
  });

  it.each([
    ['', 'it is no JSON'],
    ['{', 'it is no JSON'],
    ['{"keys":["a"]}\nx', 'it is no JSON'],
    ['null', 'it is no event of S3, EventBridge or SNS'],
    ['"text"', 'it is no event of S3, EventBridge or SNS'],
    [json({ Records: 'x' }), 'it is no event of S3, EventBridge or SNS'],
    [json({ detail: null }), 'it is no event of S3, EventBridge or SNS'],
    [json({ Type: 'Notification', Message: 'hello' }), 'it is no event of S3, EventBridge or SNS'],
    [
      json({ Type: 'SubscriptionConfirmation', Message: 'You have chosen', SubscribeURL: 'https://sns' }),
      'it is a message of SNS about itself ("SubscriptionConfirmation")',
    ],
    [json({ Records: [{ eventSource: 'aws:ses', ses: {} }] }), 'it names no object'],
    [json({ Records: [null] }), 'it names no object'],
    [json({ keys: ['a', 1] }), 'it names no object'],
    [json({ detail: { object: {} } }), 'it names no object'],
    [json([{ keys: ['a'] }, { keys: [null] }]), 'it names no object'],
  ])('are not known of %j: %s', (text, problem) => {
    expect(keysIn(text)).toEqual({ problem });
  });
});
