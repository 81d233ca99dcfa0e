import { setImmediate } from 'node:timers/promises';
import type { StopSignal } from '../lib/stop.ts';

/** What is running, told to stop as soon as it listens for that: before it has done anything. */
export async function signalled<T>(run: () => Promise<T>, signal: StopSignal): Promise<T> {
  const before = process.listenerCount(signal);
  const running = run();
  while (process.listenerCount(signal) === before) await setImmediate();
  process.emit(signal, signal);
  return running;
}
