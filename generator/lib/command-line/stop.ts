import type { Printable } from '../printable.ts';
import { say } from '../printable.ts';

/** What asks a run to stop, and the exit status of one that did. */
export const STOP_SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
export type StopSignal = keyof typeof STOP_SIGNALS;

/** Whether somebody has asked a run to stop. */
export interface Stop extends Disposable {
  signal(): StopSignal | undefined;
  /** Aborted once somebody has. */
  abort: AbortSignal;
}

/** npm passes on what the terminal has sent already, so that Ctrl+C comes twice. */
const TWICE_MS = 500;

/**
 * Hear Ctrl+C and SIGTERM from here on, until it is disposed. The first is to be asked for; another one ends the process at once.
 * @param tell takes a sentence about the first
 */
export function openStop(tell: (text: Printable) => void, now = () => performance.now()): Stop {
  const asked = new AbortController();
  let first: { signal: StopSignal; at: number } | undefined;
  const hear = (signal: StopSignal) => {
    if (first && now() - first.at < TWICE_MS) return;
    if (first) return process.exit(STOP_SIGNALS[signal]);
    first = { signal, at: now() };
    tell(
      say`${signal}: stopping. What is under way ends at its next step, and nothing is published by halves. Ctrl+C once more ends it at once.`,
    );
    asked.abort();
  };
  process.on('SIGINT', hear).on('SIGTERM', hear);
  return {
    signal: () => first?.signal,
    abort: asked.signal,
    [Symbol.dispose]: () => void process.off('SIGINT', hear).off('SIGTERM', hear),
  };
}
