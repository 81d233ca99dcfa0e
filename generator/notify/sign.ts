import { createHmac } from 'node:crypto';

/** Header that says who sent a notice. */
export const SIGNATURE = 'CCI-Signature';

/**
 * `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`. The receiver compares it with its own, and refuses what is older than five minutes.
 * @param at milliseconds since the epoch
 */
export function signatureOf(body: string, key: string, at: number): string {
  const seconds = Math.floor(at / 1000);
  return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
}
