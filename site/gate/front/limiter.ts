import { LRUCache } from 'lru-cache';

/** How often one address may ask for something. */
export interface Rate {
  /** Requests at once. */
  burst: number;
  perMinute: number;
}

interface Bucket {
  left: number;
  /** ms. */
  at: number;
}

/** Addresses remembered; one that is forgotten begins with a whole burst. */
const REMEMBERED = 50_000;

/**
 * @param now ms
 * @returns seconds to wait, or 0 where the request may go on, which then counts
 */
export function limiter({ burst, perMinute }: Rate, now: () => number = Date.now): (address: string) => number {
  const buckets = new LRUCache<string, Bucket>({ max: REMEMBERED });
  const perMs = perMinute / 60_000;
  return (address) => {
    const before = buckets.get(address);
    const at = now();
    const left = before ? Math.min(burst, before.left + Math.max(0, at - before.at) * perMs) : burst;
    const wait = left >= 1 ? 0 : Math.ceil((1 - left) / perMs / 1000);
    buckets.set(address, { left: wait === 0 ? left - 1 : left, at });
    return wait;
  };
}
