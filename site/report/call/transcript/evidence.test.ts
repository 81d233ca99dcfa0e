import { describe, expect, it } from 'vitest';
import { NOT_SOUGHT, quoteFinder } from './evidence.ts';

const turns = [
  'Thank you for calling, Contoso Inc.',
  'It’s <b>BROKEN</b>  again… and I have been waiting since the fourteenth of March',
  'Straße 🚒 gelöscht, ja',
  'um I will I will make sure to note the urgency of this matter and then',
  'okay',
  'escalate it to the second line before noon. Thank you for calling.',
  'お電話ありがとうございます。山田と申します。',
  'ขอบคุณที่โทรมา ยินดีให้บริการ',
  'شُكراً لاتصالك، كيف أساعدك اليوم؟',
  'धन्यवाद, मैं आपकी क्या सहायता कर सकता हूँ',
];
/** The place of a quote in a transcript that is short enough to look for it. */
const finderIn = (said: string[]) => {
  const finder = quoteFinder(said);
  return (quote: string) => {
    const place = finder(quote);
    return place === NOT_SOUGHT ? undefined : place;
  };
};
const find = finderIn(turns);
/** Turns, counted from 1, with what is marked there. */
const said = (quote: string): [turn: number, text: string][] | undefined =>
  find(quote)?.spans.map(({ turn, from, to }) => [turn + 1, turns[turn]?.slice(from, to) ?? '']);

describe('a quote', () => {
  it.each([
    ['case, spacing, punctuation', 'thank you  for CALLING contoso', 1, 'Thank you for calling, Contoso'],
    ['apostrophes and markup', '"Its <b>broken"', 2, 'It’s <b>BROKEN'],
    ['accents and sharp s', 'STRASSE geloscht', 3, 'Straße 🚒 gelöscht'],
    ['a speaker before it', 'Customer: I have been waiting', 2, 'I have been waiting'],
    ['Japanese, by characters', '山田と申します', 7, '山田と申します'],
    ['Thai, by characters', 'ยินดีให้บริการ', 8, 'ยินดีให้บริการ'],
    ['Arabic without its points', 'شكرا لاتصالك', 9, 'شُكراً لاتصالك'],
    ['Hindi', 'मैं आपकी क्या सहायता', 10, 'मैं आपकी क्या सहायता'],
  ])('is found regardless of %s', (_, quote, turn, text) => {
    expect(said(quote)).toEqual([[turn, text]]);
  });

  it.each([
    ['a word misheard', 'I have been waitin since the forteenth of March', 2],
    ['a word changed', 'I have been waiting since the last of March', 2],
    ['words left out', 'I will make sure to note urgency of this matter', 4],
    ['a stutter tidied up', 'um I will make sure to note the urgency', 4],
  ])('is found with %s', (_, quote, turn) => {
    expect(said(quote)?.map(([at]) => at)).toEqual([turn]);
  });

  it('is marked in each turn that it was said in', () => {
    expect(said('the urgency of this matter and then escalate it to the second line')).toEqual([
      [4, 'the urgency of this matter and then'],
      [5, 'okay'],
      [6, 'escalate it to the second line'],
    ]);
  });

  it('is found by its pieces, in their order, where it was shortened', () => {
    expect(said('It’s … since the fourteenth of March')).toEqual([[2, 'since the fourteenth of March']]);
    expect(said('note the urgency ... escalate it to the second line')).toEqual([
      [4, 'note the urgency'],
      [6, 'escalate it to the second line'],
    ]);
    expect(said('"Thank you for calling" and "before noon"')).toEqual([
      [1, 'Thank you for calling'],
      [6, 'before noon'],
    ]);
    expect(said('before noon ... okay so ... no such thing here at all')).toBeUndefined();
  });

  it('tells whether it was said word for word', () => {
    expect(find('Thank you for calling Contoso')?.nearly).toBeUndefined();
    expect(find('I have been waitin since the forteenth')?.nearly).toBe(true);
  });

  it('is taken where it was first said, and tells how often', () => {
    expect(find('thank you for calling')).toMatchObject({ spans: [{ turn: 0 }], places: 2 });
    expect(find('escalate it')).toMatchObject({ places: 1 });
    expect(finderIn(['no no', 'no'])('no')?.places).toBe(3);
  });

  it.each([
    ['nothing', ''],
    ['dots', '...'],
    ['part of a word', 'hank you'],
    ['two words that were said apart', 'calling broken'],
    ['a short one with another word', 'thank you for waiting'],
    ['one that means nearly the same', 'I will be certain to write down how urgent the matter is'],
    ['one of the same common words', 'I have to make it and then you will be the second'],
    ['another language', 'Vielen Dank für Ihren Anruf bei Contoso'],
    ['other characters', '田中と申しました'],
  ])('is not found: %s', (_, quote) => {
    expect(find(quote)).toBeUndefined();
  });

  it('is not found where nothing was said', () => {
    expect(quoteFinder([])('thank you')).toBeUndefined();
    expect(quoteFinder(['', '…'])('thank you')).toBeUndefined();
  });
});

describe('a long transcript', () => {
  it('is searched with bounded work', () => {
    const long = Array.from({ length: 200 }, (_, i) => `${i} ${'lorem ipsum dolor sit amet '.repeat(50)}`);
    const finder = quoteFinder([...long, 'we will call you back tomorrow morning']);
    const places = Array.from({ length: 500 }, (_, i) => finder(`never was said ${i} ${'or this '.repeat(40)}`));
    expect(places.at(0)).toBeUndefined();
    // What was not looked for any more is not called "not found".
    expect(places.at(-1)).toBe(NOT_SOUGHT);
    expect(finder('We will call you back')).toMatchObject({ spans: [{ turn: 200, from: 0, to: 21 }] });
  });

  it('is searched with bounded work for quotes that are nearly everywhere', () => {
    const finder = quoteFinder(Array.from({ length: 20_000 }, () => 'a b c '.repeat(30)));
    const quote = `${'a b c '.repeat(1000)}c`;
    const places = Array.from({ length: 50 }, () => finder(quote));
    expect(places.at(-1)).toBe(NOT_SOUGHT);
    expect(finder('b c a')).toMatchObject({ places: 99 });
  });
});
