import type { RunOutcome, StageOutcome } from './world.ts';

type Calls = RunOutcome['calls'];

/** No recording yet. */
export const noRecordings = (): RunOutcome['ingest'] => ({
  listed: 0,
  taken: 0,
  known: 0,
  changed: 0,
  legs: 0,
  meetings: 0,
  refused: 0,
  growing: 0,
  failed: 0,
});

/** No call yet. */
export const noCalls = (): Calls => ({ seen: 0, done: 0, waiting: 0, dead: 0 });

/** Count a call by what became of it. One that was erased meanwhile is no call any more. */
export function tally(calls: Calls, { state }: StageOutcome): void {
  if (state === 'absent') return;
  calls.seen++;
  calls[state === 'next' ? 'waiting' : state]++;
}
