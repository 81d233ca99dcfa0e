import type { Utterance } from '#model';

/** A stretch of a call; turns count from 1. */
export interface Stretch {
  /** The first turn of a monologue; the turn before a silence, 0 where nobody has spoken. */
  turn: number;
  /** The last turn of a monologue; the turn after a silence. */
  to: number;
  seconds: number;
}

/** Who spoke how long. All of it in seconds of the recording. */
export interface Talk {
  agentSeconds: number;
  otherSeconds: number;
  /** One voice without another between, and without a pause. */
  monologue: Stretch;
  /** Absent where nobody was ever silent. */
  silence?: Stretch;
}

/** A pause that ends a monologue: longer than a breath. */
const PAUSE = 3;
/** How far a transcript may run over the call's own length: clocks of provider and recording differ. */
const OVERRUN = { factor: 1.1, seconds: 5 };

/**
 * Who spoke how long, told only where the times can be believed: every turn has them, none ends before it begins, they go
 * forwards, somebody speaks for more than no time, and they fit the call's own length. Turns may overlap.
 */
export function talkOf(turns: readonly Utterance[], durationSeconds?: number): Talk | undefined {
  const timed = turns.flatMap(({ start, end, speaker }) =>
    isTime(start) && isTime(end) ? [{ start, end, speaker }] : [],
  );
  const [first] = timed;
  if (!first || timed.length < 2 || timed.length < turns.length) return undefined;
  const forwards = timed.every(({ start, end }, i) => end >= start && start >= (timed[i - 1]?.start ?? 0));
  const last = Math.max(...timed.map(({ end }) => end));
  const fits = durationSeconds === undefined || last <= durationSeconds * OVERRUN.factor + OVERRUN.seconds;
  const spoken = (isAgent: boolean) =>
    timed.reduce((sum, { start, end, speaker }) => sum + ((speaker === 'agent') === isAgent ? end - start : 0), 0);
  const [agentSeconds, otherSeconds] = [spoken(true), spoken(false)];
  if (!forwards || !fits || agentSeconds + otherSeconds <= 0) return undefined;

  let monologue: Stretch = { turn: 1, to: 1, seconds: 0 };
  let silence: Stretch = { turn: 0, to: 1, seconds: first.start };
  let run = { turn: 1, start: first.start, speaker: first.speaker };
  let heard = first.start;
  for (const [i, { start, end, speaker }] of timed.entries()) {
    if (start - heard > silence.seconds) silence = { turn: i, to: i + 1, seconds: start - heard };
    if (speaker !== run.speaker || start - heard > PAUSE) run = { turn: i + 1, start, speaker };
    if (end - run.start > monologue.seconds) monologue = { turn: run.turn, to: i + 1, seconds: end - run.start };
    heard = Math.max(heard, end);
  }
  return { agentSeconds, otherSeconds, monologue, ...(silence.seconds > 0 && { silence }) };
}

const isTime = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value >= 0;
