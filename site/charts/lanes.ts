import type { QuotedRule } from '#lib/transcript.ts';
import type { Utterance } from '#model';

/** Who spoke when: two lanes on a scale of seconds, and the places of the rules' quotes. */
export interface Lanes {
  seconds: number;
  bars: { x: number; width: number; other: boolean }[];
  ticks: { x: number; failed: boolean }[];
}

/** Works out the lanes. Undefined where fewer than two turns have times. */
export function lanes(turns: Utterance[], rules: QuotedRule[], durationSeconds?: number): Lanes | undefined {
  const timed = turns.flatMap(({ start, end, speaker }) =>
    start === undefined || end === undefined || end < start ? [] : [{ start, end, other: speaker !== 'agent' }],
  );
  if (timed.length < 2) return undefined;
  const seconds = Math.max(...timed.map((turn) => turn.end), durationSeconds ?? 0);
  if (seconds <= 0) return undefined;
  return {
    seconds,
    bars: timed.map(({ start, end, other }) => ({
      x: tenth(start),
      width: Math.max(tenth(end - start), tenth(seconds / 900)),
      other,
    })),
    ticks: rules.flatMap(({ turn, pass }) => {
      const start = turn === undefined ? undefined : turns[turn - 1]?.start;
      return start === undefined ? [] : [{ x: tenth(start), failed: pass === false }];
    }),
  };
}

function tenth(n: number): number {
  return Math.round(n * 10) / 10;
}
