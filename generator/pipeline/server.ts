/** What engines and providers ask alike of servers. */

/** Whether an address is of this machine, to which http will do. */
export const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/**
 * How long a server asks to be left alone.
 * @param header its `Retry-After`
 * @returns milliseconds; undefined where it is neither a number of seconds nor a date
 */
export function retryAfter(header: string | null | undefined): number | undefined {
  if (header == null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
