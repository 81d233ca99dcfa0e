import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

test('it believes what the proxies have added, and nothing before it', () => {
  const forged = '10.0.0.1, 203.0.113.7';
  expect(clientAddress('127.0.0.1', forged, 1)).toBe('203.0.113.7');
  expect(clientAddress('127.0.0.1', `${forged}, 198.51.100.2`, 2)).toBe('203.0.113.7');
  expect(clientAddress('198.51.100.9', forged, 0)).toBe('198.51.100.9');
  for (const nothing of [undefined, '', ' ', ',']) expect(clientAddress('127.0.0.1', nothing, 1)).toBe('127.0.0.1');
  // Fewer than there should be: nobody but the last proxy can have said so.
  expect(clientAddress('127.0.0.1', '203.0.113.7', 3)).toBe('127.0.0.1');
});

test('it takes the network of an IPv6 address for one', () => {
  const same = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::9', '2001:0db8:0001:0002:0:0:0:1'];
  for (const address of same) expect(clientAddress(address, undefined, 1)).toBe('2001:db8:1:2::/64');
  expect(clientAddress('::1', undefined, 1)).toBe('0:0:0:0::/64');
  expect(clientAddress('::ffff:192.0.2.1', undefined, 1)).toBe('192.0.2.1');
  expect(clientAddress('fe80::1%eth0', undefined, 1)).toBe('fe80:0:0:0::/64');
});

test('what is no address is one nevertheless, and not a long one', () => {
  expect(clientAddress(undefined, undefined, 1)).toBe('unknown');
  expect(clientAddress('127.0.0.1', 'x'.repeat(5000), 1)).toHaveLength(45);
});
