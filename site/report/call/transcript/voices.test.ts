import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasAgent, type VoiceHints, voicesInWords, voicesOf } from './voices.ts';

const [A, C, U] = ['agent', 'customer', 'unknown'];

/** Of each turn its number, counted from 0, once for each quote. */
const quotes = (...turns: (number | number[])[]) => turns.map((turn) => [turn].flat());

type Case = [what: string, speakers: string[], hints: Partial<VoiceHints>, by: string, names: string[]];

const cases: Case[] = [
  [
    'the record tells by channel',
    [C, A],
    { source: 'channel', direction: 'outbound' },
    'channel',
    ['Customer', 'Agent'],
  ],
  [
    'the record tells, whatever is quoted',
    [A, C],
    { source: 'phrase', quotes: quotes(1, 1, 1) },
    'phrase',
    ['Agent', 'Customer'],
  ],
  ['three quotes are in one voice', [A, C], { quotes: quotes(1, 1, 1) }, 'quotes', ['Customer', 'Agent']],
  ['they say what is written', [A, C, A], { quotes: quotes(0, 0, 2) }, 'quotes', ['Agent', 'Customer', 'Agent']],
  ['four of five are in one voice', [A, C], { quotes: quotes(1, 1, 1, 1, 0) }, 'quotes', ['Customer', 'Agent']],
  ['three of four are too few', [A, C], { quotes: quotes(1, 1, 1, 0) }, 'first voice', ['Agent', 'Customer']],
  [
    'two quotes are too few',
    [A, C],
    { quotes: quotes(1, 1), direction: 'outbound' },
    'unsettled',
    ['First voice', 'Second voice'],
  ],
  [
    'a quote is in two voices',
    [A, C],
    { quotes: quotes(1, 1, [0, 1]), direction: 'outbound' },
    'unsettled',
    ['First voice', 'Second voice'],
  ],
  [
    'a quote is in two turns of one voice',
    [A, C, C],
    { quotes: quotes(1, 1, [1, 2]) },
    'quotes',
    ['Customer', 'Agent', 'Agent'],
  ],
  ['an outbound call tells nothing', [A, C], { direction: 'outbound' }, 'unsettled', ['First voice', 'Second voice']],
  [
    'voices are counted as they are heard',
    [C, A],
    { direction: 'outbound' },
    'unsettled',
    ['First voice', 'Second voice'],
  ],
  ['an inbound call tells nothing', [A, C], { direction: 'inbound' }, 'first voice', ['Agent', 'Customer']],
  ['an internal call tells nothing', [A, C], { direction: 'internal' }, 'first voice', ['Agent', 'Customer']],
  ['the direction is unknown', [A, C], { direction: 'unknown' }, 'first voice', ['Agent', 'Customer']],
  ['spelling differs', [' Agent', 'CUSTOMER', 'agent'], {}, 'first voice', ['Agent', 'Customer', 'Agent']],
  ['nobody can be told', [U], { direction: 'outbound' }, 'nobody', ['Unknown']],
  ['nobody can be told, and is quoted', [U, U], { quotes: quotes(0, 1, 1) }, 'nobody', ['Unknown', 'Unknown']],
  ['there is no turn', [], {}, 'nobody', []],
  ['some turns are nobody’s', [U, A, C], { quotes: quotes(0, 0, 2, 2, 2) }, 'quotes', ['Unknown', 'Customer', 'Agent']],
  [
    'nobody’s turns are not counted',
    [U, A, C],
    { direction: 'outbound' },
    'unsettled',
    ['Unknown', 'First voice', 'Second voice'],
  ],
  ['one voice alone', [A, A], { direction: 'outbound' }, 'unsettled', ['First voice', 'First voice']],
  ['one voice alone that is quoted', [C], { quotes: quotes(0, 0, 0) }, 'quotes', ['Agent']],
  ['the customer’s voice alone', [C], {}, 'as written', ['Customer']],
  [
    'three voices, quoted as written',
    [A, C, 'Maria'],
    { quotes: quotes(0, 0, 0) },
    'quotes',
    ['Agent', 'Customer', 'Maria'],
  ],
  [
    'three voices, the second quoted',
    [A, C, 'Maria'],
    { quotes: quotes(1, 1, 1) },
    'quotes',
    ['First voice', 'Agent', 'Maria'],
  ],
  [
    'three voices, the third quoted',
    [A, C, 'spk_2'],
    { quotes: quotes(2, 2, 2) },
    'quotes',
    ['First voice', 'Second voice', 'Agent'],
  ],
  [
    'three voices on an outbound call',
    ['Maria', A, C],
    { direction: 'outbound' },
    'unsettled',
    ['Maria', 'Second voice', 'Third voice'],
  ],
  ['the transcript has names', ['Maria', 'Ivan'], { direction: 'outbound' }, 'as written', ['Maria', 'Ivan']],
  ['a name is quoted', ['Maria', 'Ivan'], { quotes: quotes(1, 1, 1) }, 'quotes', ['Maria', 'Agent']],
];

describe('who speaks', () => {
  it.each(cases)('is told where %s', (_, speakers, hints, by, names) => {
    const voices = voicesOf(speakers, { direction: 'inbound', ...hints });
    expect(voices.by).toBe(by);
    expect(speakers.map((speaker) => voices.of(speaker).name)).toEqual(names);
  });

  const speaker = fc.constantFrom('agent', 'customer', 'unknown', 'Maria', 'spk_3');
  const call = fc.array(speaker, { minLength: 1, maxLength: 12 }).chain((speakers) =>
    fc.record({
      speakers: fc.constant(speakers),
      direction: fc.constantFrom('inbound', 'outbound', 'internal', 'unknown'),
      source: fc.constantFrom(undefined, undefined, 'channel', 'phrase'),
      quotes: fc.array(fc.array(fc.nat({ max: speakers.length - 1 }), { minLength: 1, maxLength: 3 }), {
        maxLength: 8,
      }),
    }),
  );

  it('has at most one agent, who is never nobody, and one name for one voice', () => {
    fc.assert(
      fc.property(call, ({ speakers, ...hints }) => {
        const voices = voicesOf(speakers, hints);
        expect(new Set(voices.all).size).toBe(new Set(speakers).size);
        expect(voices.all.filter(({ side }) => side === 'first').length).toBeLessThanOrEqual(1);
        expect(voices.all.filter(({ name }) => name === 'Agent').length).toBeLessThanOrEqual(1);
        expect(new Set(voices.all.map(({ name }) => name)).size).toBe(voices.all.length);
        expect(speakers.includes('unknown')).toBe(voices.all.some(({ side }) => side === 'nobody'));
        expect(voices.all.every(({ name, side }) => name !== 'Agent' || side === 'first')).toBe(true);
        if (voices.by === 'unsettled') expect(voices.all.some(({ name }) => name === 'Agent')).toBe(false);
        expect(hasAgent(voices)).toBe(voices.all.some(({ name }) => name === 'Agent'));
      }),
    );
  });

  it('does not depend on what two voices are called where quotes decide, nor on the order of the quotes', () => {
    const swapped: { [speaker: string]: string } = { agent: 'customer', customer: 'agent' };
    fc.assert(
      fc.property(call, ({ speakers, ...hints }) => {
        const two = speakers.map((each) => (each === 'agent' ? each : 'customer'));
        const voices = voicesOf(two, { ...hints, source: undefined });
        fc.pre(voices.by === 'quotes');
        const other = two.map((each) => swapped[each] as string);
        const again = voicesOf(other, { ...hints, source: undefined, quotes: hints.quotes.toReversed() });
        const names = two.map((each) => voices.of(each).name);
        if (new Set(two).size === 2) expect(other.map((each) => again.of(each).name)).toEqual(names);
        expect(again.quotes).toEqual(voices.quotes);
      }),
    );
  });

  it('is said with what it rests on', () => {
    const words = (hints: Partial<VoiceHints>) => voicesInWords(voicesOf([A, C], { direction: 'outbound', ...hints }));
    expect(words({ quotes: quotes(1, 1, 1, 1, 0) })).toMatch(/by quotes: 4 of 5/);
    expect(words({})).toMatch(/^It is not known which voice is the agent’s/);
    expect(words({ direction: 'unknown' })).toBe('The first voice is assumed to be the agent.');
    expect(words({ source: 'channel' })).toMatch(/channels/);
  });
});
