import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codingFor, matches, takesBrotli } from './negotiation.ts';

it.each([
  [null, 'identity'],
  ['', 'identity'],
  ['identity', 'identity'],
  ['br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['BR', 'br'],
  ['gzip', 'gzip'],
  ['brotli, x-br', 'identity'],
  // Weights, from 0, which forbids, to 1.
  ['gzip;q=1.0, br;q=1.0', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0, GZIP;q=0.5', 'gzip'],
  ['br;q=0.000, gzip;q=0.001', 'gzip'],
  ['br ; q = 0', 'identity'],
  ['br;q=0', 'identity'],
  ['identity, gzip;q=0.5', 'identity'],
  ['gzip;q=0.5, br;q=0.5, identity;q=0.5', 'br'],
  // Any, and any but those that are named.
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['gzip, *;q=0', 'gzip'],
  ['*;q=0', 'identity'],
  ['identity;q=0, *;q=0', 'identity'],
  [',, br ,', 'br'],
] as const)('sends a file that is stored as Brotli to "%s" as %s, and another one as it is', (accept, coding) => {
  expect(codingFor(accept, 'br')).toBe(coding);
  expect(codingFor(accept, undefined)).toBe('identity');
});

it.each([
  [null, false],
  ['gzip', false],
  ['gzip, br', true],
  ['gzip, br;q=0.1', true],
  ['*', true],
  ['br;q=0', false],
  ['br;q=0.5, identity', false],
] as const)('where there is Brotli or plain bytes, sends Brotli to "%s": %s', (accept, br) => {
  expect(takesBrotli(accept)).toBe(br);
});

it('sends one of the three codings, whatever it is asked for', () => {
  const parts = [
    'br',
    'gzip',
    'identity',
    '*',
    ';',
    'q',
    '=',
    '0',
    '1',
    '.5',
    ',',
    ' ',
    '\t',
    '"',
    '\\',
    'x',
    '/',
    'é',
  ];
  const accept = fc.array(fc.constantFrom(...parts), { maxLength: 16 }).map((each) => each.join(''));
  fc.assert(
    fc.property(accept, (header) => {
      expect(['br', 'gzip', 'identity']).toContain(codingFor(header, 'br'));
      if (/^[^*]*$/.test(header) && !/br/i.test(header)) expect(takesBrotli(header)).toBe(false);
    }),
  );
});

it.each([
  [null, false],
  ['', false],
  ['*', true],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b" ,W/"a" , "c"', true],
  ['"b"', false],
  ['a', false],
  ['"A"', false],
  ['"aa"', false],
  ['"b", *', false],
] as const)('takes If-None-Match %s for the same file: %s', (header, same) => {
  expect(matches(header, '"a"')).toBe(same);
});
