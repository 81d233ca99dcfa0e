import type { Log } from '../lib/console.ts';
import { type Printable, say } from '../lib/printable.ts';
import { type ConditionalWrites, probeConditionalWrites } from '../store/probe.ts';
import type { Store } from '../store/store.ts';

/**
 * What the reports store keeps of conditional writes: asked once a run, and only where a write is about to rely on it.
 * The answer is not remembered for the next run: a server can lose the ability, and a race that was won once by luck would
 * hide for good that it is missing.
 * @param prefix where the object of the probe may lie for the moment; see `probePrefix`
 */
export type WriteGuard = (prefix: string, log: Log) => Promise<ConditionalWrites>;

/** One guard a run and store. It warns once, and a probe that failed is tried again by whoever asks next. */
export function openGuard(store: Store): WriteGuard {
  let asked: Promise<ConditionalWrites> | undefined;
  return (prefix, log) => {
    asked ??= probeConditionalWrites(store, prefix).then(
      (keeps) => {
        if (!keeps.createOnly || !keeps.compareAndSwap) log.say(warningOf(store.url), 'problem');
        return keeps;
      },
      (error) => {
        asked = undefined;
        throw error;
      },
    );
    return asked;
  };
}

/** Below the builds, with a generation in its name: what a killed run leaves there, the next clean-up removes. */
export const probePrefix = (org: string, generation: number): string => `${org}/builds/${generation}-`;

const warningOf = (url: string): Printable =>
  say`warning: ${url} does not support conditional writes (If-Match, If-None-Match), so two runs at once could overwrite each other. Run one at a time, or use a store that supports them.`;
