import { expect, test } from 'vitest';
import { type Known, nameSpeakers } from './speakers.ts';

const turns = (...said: [string, string][]) => said.map(([voice, text], i) => ({ voice, text, start: i, end: i + 1 }));
const named = (said: [string, string][], known: Partial<Known> = {}) => {
  const { turns: own, source } = nameSpeakers(turns(...said), { greetings: [], ownNames: [], ...known });
  return [source, ...own.map(({ speaker }) => speaker)];
};

test('channels are who the map says; the agent on the left without one', () => {
  const said: [string, string][] = [
    ['ch_1', 'Thank you for calling Acme.'],
    ['ch_0', 'Hello.'],
  ];
  expect(named(said)).toEqual(['channel', 'customer', 'agent']);
  expect(named(said, { channels: { left: 'customer', right: 'agent' } })).toEqual(['channel', 'agent', 'customer']);
  expect(named([['ch_1', 'Hello?']])).toEqual(['channel', 'customer']);
});

test('of one channel, who says a greeting or an own name is the agent, also on a call that the customer begins', () => {
  const said: [string, string][] = [
    ['spk_0', 'Hello?'],
    ['spk_1', 'Good morning, thank you for calling at me'],
    ['spk_2', 'mm'],
    ['spk_0', 'I have a question about my bill.'],
  ];
  expect(named(said, { greetings: ['thank you for calling Acme'] })).toEqual([
    'phrase',
    'customer',
    'agent',
    'unknown',
    'customer',
  ]);
  expect(named(said, { ownNames: ['Acme'] })[0]).toBe('first voice');
  expect(named([...said.slice(0, 1), ['spk_1', 'This is ACME, yes.']], { ownNames: ['Acme'] })).toEqual([
    'phrase',
    'customer',
    'agent',
  ]);
});

test('a phrase that all say decides nothing; two agents of a call that was passed on are both agents', () => {
  const own = { greetings: ['welcome to acme'] };
  expect(
    named(
      [
        ['a', 'Welcome to Acme'],
        ['b', 'welcome to Acme, you say'],
      ],
      own,
    ),
  ).toEqual(['first voice', 'agent', 'customer']);
  expect(
    named(
      [
        ['a', 'Welcome to Acme'],
        ['b', 'Hi'],
        ['c', 'Welcome to Acme'],
      ],
      own,
    ),
  ).toEqual(['phrase', 'agent', 'customer', 'agent']);
});

test('a transcript that names its voices is believed', () => {
  expect(
    named([
      ['Customer', 'Hi'],
      ['Agent', 'Yes'],
    ]),
  ).toEqual(['channel', 'customer', 'agent']);
  expect(
    named([
      ['Caller', 'Hi'],
      ['x', 'Yes'],
    ]),
  ).toEqual(['channel', 'customer', 'agent']);
  expect(
    named(
      [
        ['Sam', 'Hi'],
        ['Jane Doe', 'Yes'],
      ],
      { ownNames: ['jane doe'] },
    ),
  ).toEqual(['channel', 'customer', 'agent']);
});

test('without voices all is unknown', () => {
  expect(named([['', 'Welcome to Acme. Hi.']], { greetings: ['welcome to acme'] })).toEqual(['first voice', 'unknown']);
  expect(named([])).toEqual(['first voice']);
});
