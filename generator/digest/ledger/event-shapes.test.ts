import { describe, expect, it } from 'vitest';
import { eventsIn } from './event-shapes.ts';

const EVENT = { eventType: 'Send', mail: { messageId: 'm-7' } };
const json = JSON.stringify;
const GREETING = 'Successfully validated SNS topic for Amazon SES event publishing';

/** Something in so many envelopes of one kind. */
const within = (times: number, wrap: (inner: object) => object): object =>
  times === 0 ? EVENT : wrap(within(times - 1, wrap));
const ENVELOPES: { [name: string]: (inner: object) => object } = {
  lists: (inner) => [inner],
  'those of a bus': (detail) => ({ detail }),
  'those of a queue': (inner) => ({ Records: inner }),
  'those of a topic': (inner) => ({ Type: 'Notification', Message: json(inner) }),
};

describe('the events in a text', () => {
  it.each(Object.entries(ENVELOPES))('are found in up to five envelopes, such as %s', (_name, wrap) => {
    for (let times = 0; times <= 5; times++) expect(eventsIn(json(within(times, wrap)))).toEqual([EVENT]);
    expect(eventsIn(json(within(6, wrap)))).toEqual([undefined]);
  });

  it.each<[string, text: string, found: unknown[]]>([
    ['nothing', ' \n,', []],
    ['a list of several', json([EVENT, [EVENT]]), [EVENT, EVENT]],
    ['what is no object in a list', '[null,7,"x"]', [undefined, undefined, undefined]],
    ['an object that is none', '{}', [undefined]],
    ['an envelope with another message', json({ Type: 'Notification', Message: { eventType: 'Send' } }), [undefined]],
    ['a message of two', json({ Message: `${json(EVENT)}\n${json(EVENT)}` }), [EVENT, EVENT]],
    ['a message of none', json({ Message: '' }), []],
    ['the greeting of a topic', `${GREETING}.`, []],
    ['the greeting without its stop', GREETING, []],
    ['the greeting in its envelope', json({ Type: 'Notification', Message: `${GREETING}.` }), []],
    ['two greetings beside an event', `${GREETING}${GREETING}.${json(EVENT)}`, [EVENT]],
    ['a topic that asks whether it may send', json({ Type: 'SubscriptionConfirmation', Message: 'You have' }), []],
    ['a topic that asks whether it may end', json({ Type: 'UnsubscribeConfirmation', Message: 'You have' }), []],
    ['a topic that asks nothing', json({ Type: 'Other', Message: 'You have' }), [undefined]],
    ['text before', `x${json(EVENT)}`, [EVENT, undefined]],
    ['text behind', `${json(EVENT)} x`, [EVENT, undefined]],
    ['a bracket too many', `${json(EVENT)}}`, [EVENT, undefined]],
    ['one that breaks off', `${json(EVENT)}{"eventType":`, [EVENT, undefined]],
    ['one that is no JSON', `{eventType}${json(EVENT)}`, [undefined, EVENT]],
    ['one of another kind beside', `{"a":[1,{}]}${json(EVENT)}`, [undefined, EVENT]],
  ])('may be beside anything: %s', (_name, text, found) => {
    expect(eventsIn(text)).toEqual(found);
  });

  it.each(['}', '{', '][', '"', '\\', '\\"', '\\\\"}{', 'a"}b{"c'])('may hold %j in a text of theirs', (odd) => {
    const event = { ...EVENT, note: odd, [odd]: [odd, { odd }] };
    expect(eventsIn(`${json(event)}${json(event)} ${json([event])}`)).toEqual([event, event, event]);
  });

  it('are known by either name of their type', () => {
    const other = { notificationType: 'Bounce' };
    expect(eventsIn(json([other, { eventType: 7 }]))).toEqual([other, undefined]);
  });
});
