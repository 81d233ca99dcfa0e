import { isIPv6 } from 'node:net';

/**
 * Whose request it is, as far as rates go. Each proxy adds the address that it was asked from to the end of X-Forwarded-For, so
 * what stands before the last `proxies` of them is only what somebody claims.
 * @param peer the other end of the connection
 * @param proxies in front of the gate; 0: the header is not believed at all
 * @returns an IPv4 address, or the network of an IPv6 one, since one household has all of it; e.g., "2001:db8:1:2::/64"
 */
export function clientAddress(peer: string | undefined, forwarded: string | undefined, proxies: number): string {
  const claimed = proxies > 0 ? (forwarded ?? '').split(',').at(-proxies)?.trim() : undefined;
  return networkOf(claimed || peer || 'unknown');
}

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(\d+\.)/i, '$1');
  if (!isIPv6(plain)) return plain.slice(0, 45);
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
