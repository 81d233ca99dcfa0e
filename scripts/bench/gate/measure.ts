import { load } from './load.ts';
import type { Contender } from './servers.ts';
import { cpuSeconds } from './usage.ts';

export interface Measured {
  rate: number;
  p50: number;
  p99: number;
  /** ms per request. */
  cpu: number;
  errors: number;
}

/** Some load, and what the server's process took for it. */
export async function measure(
  { port, pid }: Pick<Contender, 'port' | 'pid'>,
  options: Omit<Parameters<typeof load>[1], 'status'> & { status?: number },
): Promise<Measured> {
  const before = cpuSeconds(pid);
  const { requests, seconds, p50, p99, errors } = await load(port, { status: 200, ...options });
  return { rate: requests / seconds, p50, p99, cpu: ((cpuSeconds(pid) - before) / requests) * 1000, errors };
}

export const thousands = (count: number): string => Math.round(count).toLocaleString('en-GB');

export const cellsOf = ({ rate, p99, cpu }: Measured): string[] => [thousands(rate), p99.toFixed(1), cpu.toFixed(3)];
