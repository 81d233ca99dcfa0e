import { expect, test } from 'vitest';
import { quoteFinder } from './evidence.ts';

const turns = ['Thank you for calling, Contoso Inc.', 'It’s <b>BROKEN</b>  again…', 'Straße 🚒 gelöscht, ja'];
const find = quoteFinder(turns);
const said = (quote: string): string | undefined => {
  const place = find(quote);
  return place && turns[place.turn]?.slice(place.from, place.to);
};

test('it finds a quote whatever its case, spacing and punctuation', () => {
  expect(said('thank you  for calling contoso')).toBe('Thank you for calling, Contoso');
  expect(said('“Its broken”')).toBeUndefined();
  expect(said("it's <b>broken")).toBe('It’s <b>BROKEN');
  expect(said('STRASSE')).toBeUndefined();
  expect(said('straße gelöscht')).toBe('Straße 🚒 gelöscht');
});

test('it looks for the longest piece of a shortened quote', () => {
  expect(said('Thank you for calling... have a nice day')).toBe('Thank you for calling');
  expect(said('calling … no')).toBeUndefined();
});

test('it finds whole words only, and nothing for nothing', () => {
  expect([find('hank you'), find('...'), find(''), quoteFinder([])('thank you')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
