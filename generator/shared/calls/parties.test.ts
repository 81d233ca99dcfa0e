import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOf } from './parties.ts';

/** The same as patterns, which are quick to read and slow to run: on long texts they take the square of the length. */
const byPatterns = (party: string): string =>
  (/<([^<>]+)>/.exec(party)?.[1] ?? party)
    .trim()
    .toLowerCase()
    .replace(/^(sips?|mailto|tel):/, '')
    .replace(/[;?].*$/, '')
    .replace(/(@[^:]+):\d+$/, '$1');

it('takes scheme, port and parameters off an address', () => {
  expect(addressOf('Ann <sip:Ann@Host.example:5060;transport=udp?x=1>')).toBe('ann@host.example');
  expect(addressOf('tel:+441632960001')).toBe('+441632960001');
  expect(addressOf('ann@host:five')).toBe('ann@host:five');
  const piece = fc.constantFrom('@', ':', '5060', 'a', ';', '?', '<', '>', 'sip:', ' ', 'x.example');
  fc.assert(
    fc.property(fc.string({ unit: piece, maxLength: 12 }), (party) => {
      expect(addressOf(party)).toBe(byPatterns(party));
    }),
    { numRuns: Number(process.env.CCI_RUNS ?? 300) },
  );
});
