import { expect, test } from 'vitest';
import { transcriptOf as transcriptBy } from './transcript.ts';

type Rules = Parameters<typeof transcriptBy>[0];
const transcriptOf = (rules: Rules, said: { speaker: string; text: string }[]) =>
  transcriptBy(rules, said, { direction: 'inbound' });

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

test('it marks the quote of a rule without a verdict as neither passed nor failed', () => {
  const { rules, turns: out } = transcriptOf(
    [
      { name: 'Unclear', critical: true, evidence: 'thank you for calling' },
      { name: 'Name', critical: false, pass: true, evidence: 'My name is Ann' },
    ],
    turns,
  );
  expect(rules.map(({ name }) => name)).toEqual(['Name', 'Unclear']);
  expect(out[0]?.parts.filter(({ mark }) => mark)).toEqual([
    { text: 'Thank you for calling', mark: 'none' },
    { text: 'My name is Ann', mark: 'passed' },
  ]);
});

test('it names the voices by quotes of passed rules that say enough, each once', () => {
  const said = [
    { speaker: 'agent', text: 'Hello. Yes, this is me speaking. I would like to know' },
    {
      speaker: 'customer',
      text: 'Good morning, I am calling from Parcels. Are you at home today? Thank you very much indeed.',
    },
    { speaker: 'agent', text: 'Thank you very much indeed.' },
    { speaker: 'customer', text: 'May I have your postcode please? Goodbye for now then' },
  ];
  const rule = (evidence: string, more: object = {}) => ({
    name: evidence,
    critical: false,
    pass: true,
    evidence,
    ...more,
  });
  const telling = ['I am calling from Parcels', 'Are you at home today', 'May I have your postcode'].map((quote) =>
    rule(quote),
  );
  const whoIs = (rules: Rules) => {
    const { turns: out, voices } = transcriptBy(rules, said, { direction: 'outbound' });
    return [voices.by, ...out.slice(0, 2).map(({ who }) => who)];
  };
  const settled = ['quotes', 'Customer', 'Agent'];
  const unsettled = ['unsettled', 'First voice', 'Second voice'];
  expect(whoIs(telling)).toEqual(settled);
  expect(whoIs(telling.slice(1))).toEqual(unsettled);
  const third = (more: Rules) => whoIs([...telling.slice(1), ...more]);
  expect(third([rule('I am calling from Parcels', { pass: false })])).toEqual(unsettled);
  expect(third([rule('I am calling from Parcels', { pass: undefined })])).toEqual(unsettled);
  expect(third([rule('I am calling from Parcels', { ofCustomer: true })])).toEqual(unsettled);
  expect(third([rule('I am calling')])).toEqual(unsettled);
  expect(third([rule('Agent: I am calling')])).toEqual(unsettled);
  expect(third([rule('ARE YOU at home today?')])).toEqual(unsettled);
  // Said by both.
  expect(third([rule('Thank you very much indeed')])).toEqual(unsettled);
  expect(third([rule('goodbye for now then')])).toEqual(settled);
});
