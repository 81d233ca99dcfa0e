import fc from 'fast-check';
import { expect, it } from 'vitest';
import { phraseFinder } from './phrases.ts';

const said = (any: string[], ...turns: string[]) =>
  phraseFinder([{ name: 'P', any }])(turns.map((text) => ({ text })))?.length === 1;

it.each<[string, string[], string[], boolean]>([
  ['without case, accents and signs', ['Café, OLÉ!'], ['so: CAFE ole.'], true],
  ['in full width and ligatures', ['office 24'], ['the ｏﬃce ２４ is'], true],
  ['without the apostrophe of English', ["don't cancel"], ['please dont cancel it'], true],
  ['any of several', ['close it', 'cancel it'], ['I will cancel it'], true],
  ['only its words in a row', ['cancel my contract'], ['cancel all of my contract'], false],
  ['whole words alone', ['cancel'], ['a cancellation'], false],
  ['within one turn', ['cancel it'], ['I want to cancel', 'it is dear'], false],
  ['again after a beginning of it', ['no no yes'], ['no no no yes'], true],
  ['at the very end', ['thank you'], ['well thank'], false],
  ['where no spaces are written', ['解約'], ['契約を解約したいです'], true],
  ['as text and not as a pattern', ['a.*b'], ['a xx b'], false],
  ['called as an object’s own', ['constructor __proto__'], ['constructor __proto__'], true],
])('a phrase is found %s', (_name, any, turns, is) => {
  expect(said(any, ...turns)).toBe(is);
});

it('names each phrase once, with its first turn, in the order of the configuration; nothing where nothing was said, or none is configured', () => {
  const find = phraseFinder([
    { name: 'b', any: ['two', 'too'] },
    { name: 'a', any: ['one'] },
  ]);
  expect(find([{ text: 'one' }, { text: 'two too' }, { text: 'too' }])).toEqual([
    { name: 'b', turn: 2 },
    { name: 'a', turn: 1 },
  ]);
  expect(find([{ text: 'three' }])).toEqual([]);
  expect(find([])).toBeUndefined();
  expect(phraseFinder([])([{ text: 'one' }])).toBeUndefined();
});

it('finds the words of any turn in it, whatever is around them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 8 }),
      fc.nat(),
      fc.nat(),
      (words, from, length) => {
        const part = words.slice(from % (words.length + 1)).slice(0, 1 + (length % 3));
        if (part.length > 0) expect(said([part.join(' ')], words.join(', '))).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
