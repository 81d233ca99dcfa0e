import { link, lstat, mkdir, open, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import type { FileCalls } from '../file-changes.ts';

const CALLS: FileCalls = { link, lstat, mkdir, open, readdir, rename, rm, rmdir, unlink };

/** The calls of the file system, before each of which something is waited for. */
export function stepped(before: (name: keyof FileCalls) => Promise<void>): FileCalls {
  const wrapped = Object.entries(CALLS).map(([name, call]) => [
    name,
    (...given: unknown[]) =>
      before(name as keyof FileCalls).then(() => (call as (...given: unknown[]) => unknown)(...given)),
  ]);
  return Object.fromEntries(wrapped) as FileCalls;
}

/** Work that stands still before each call, and at its end, until it is told to go on. */
export interface Stepper {
  /** Go on to the next call. @returns its name, or "end" */
  step(): Promise<keyof FileCalls | 'end'>;
}

/**
 * @param prepare done without a stop, as is what a store does before its first change
 * @param work begins with the first step; what it throws is its own to keep
 */
export function stepper<T>(
  prepare: (calls: FileCalls) => Promise<T>,
  work: (prepared: T) => Promise<unknown>,
): Stepper {
  let [goOn, stopped]: [() => void, (at: keyof FileCalls | 'end') => void] = [() => {}, () => {}];
  let isPrepared = false;
  const calls = stepped(async (name) => {
    if (!isPrepared) return;
    await new Promise<void>((resolve) => {
      goOn = resolve;
      stopped(name);
    });
  });
  let begun = false;
  let ended = false;
  return {
    step: () =>
      new Promise((resolve) => {
        stopped = resolve;
        if (ended) return resolve('end');
        if (begun) return goOn();
        begun = true;
        void prepare(calls)
          .then((prepared) => {
            isPrepared = true;
            return work(prepared);
          })
          .finally(() => {
            ended = true;
            stopped('end');
          });
      }),
  };
}
