import { createHmac } from 'node:crypto';

/**
 * What stands for an outside party: its last two digits, and a hash under the key.
 * @param named its number, else its address; what is hashed
 */
export function pseudonymOf(key: string, org: string, named: string, digits = named): string {
  const hash = createHmac('sha256', key).update(`${org}\n${named}`);
  return `••${digits.slice(-2)}-${hash.digest('hex').slice(0, 10)}`;
}
