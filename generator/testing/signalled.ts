import { setImmediate } from 'node:timers/promises';
import type { StopSignal } from '../lib/command-line/stop.ts';

/** What is running, told to stop as soon as it listens for that: before it has done anything. One that ends before is told nothing. */
export async function signalled<T>(run: () => Promise<T>, signal: StopSignal): Promise<T> {
  const before = process.listenerCount(signal);
  let isOver = false;
  const running = run().finally(() => {
    isOver = true;
  });
  while (!isOver && process.listenerCount(signal) === before) await setImmediate();
  if (!isOver) process.emit(signal, signal);
  return running;
}
