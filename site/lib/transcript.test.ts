import { expect, test } from 'vitest';
import { transcriptOf } from './transcript.ts';

const turns = [
  { speaker: 'agent', start: 0, end: 3, text: 'Thank you for calling. My name is Ann.' },
  { speaker: 'customer', start: 3, end: 5, text: 'Hello <i>there</i>' },
  { speaker: 'constructor', text: 'hm' },
];

test('it marks quotes in their turns, failed rules first', () => {
  const { rules, turns: out } = transcriptOf(
    [
      { name: 'Greeting', critical: false, pass: true, evidence: 'thank you for calling' },
      { name: 'Name', critical: false, pass: false, evidence: 'My name is Ann' },
      { name: 'Closing', critical: true, pass: false, evidence: 'goodbye then' },
      { name: 'Unclear', critical: false },
    ],
    turns,
  );
  expect(rules.map((rule) => [rule.name, rule.turn])).toEqual([
    ['Closing', undefined],
    ['Name', 1],
    ['Greeting', 1],
    ['Unclear', undefined],
  ]);
  expect(out[0]?.parts).toEqual([
    { text: 'Thank you for calling', mark: 'passed' },
    { text: '. ' },
    { text: 'My name is Ann', mark: 'failed' },
    { text: '.' },
  ]);
  expect(out.map((turn) => [turn.who, turn.other, turn.rules.length])).toEqual([
    ['Agent', false, 2],
    ['Customer', true, 0],
    ['constructor', true, 0],
  ]);
});

test('it keeps the whole text where two quotes overlap', () => {
  const rules = ['you for calling. My name', 'My name is Ann', 'Thank you'].map((evidence) => ({
    name: evidence,
    critical: false,
    pass: true,
    evidence,
  }));
  const [turn] = transcriptOf(rules, turns).turns;
  expect(turn?.parts.map((part) => part.text).join('')).toBe(turns[0]?.text);
  expect(turn?.parts.filter((part) => part.mark)).toEqual([{ text: 'you for calling. My name', mark: 'passed' }]);
});

test('it marks a quote in each turn that it was said in, and names its rule there', () => {
  const { rules, turns: out } = transcriptOf(
    [{ name: 'Handover', critical: false, pass: false, evidence: 'my name is Ann … hello there' }],
    [
      { speaker: 'agent', text: 'Thank you for calling. My name is Ann.' },
      { speaker: 'customer', text: 'Hello there' },
    ],
  );
  expect(rules[0]).toMatchObject({ turn: 1, onTo: 2 });
  expect(out.map((turn) => turn.rules.map((rule) => rule.name))).toEqual([['Handover'], ['Handover']]);
  expect(out[1]?.parts).toEqual([{ text: 'Hello there', mark: 'failed' }]);
});
