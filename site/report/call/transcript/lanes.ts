import type { Utterance } from '#shared/model.ts';
import type { QuotedRule, Verdict } from './transcript.ts';
import { verdictOf } from './transcript.ts';
import type { Voice, Voices } from './voices.ts';

/** One voice's turns on a scale of seconds. */
export interface Lane {
  name: string;
  side: Voice['side'];
  seconds: number;
  bars: { x: number; width: number }[];
}

/** Who spoke when: a lane for each voice, and the places of the rules' quotes. */
export interface Lanes {
  seconds: number;
  lanes: Lane[];
  ticks: { x: number; verdict: Verdict }[];
}

/** Lanes of voices other than the first; more of them share the last. */
const MOST_OTHERS = 2;

/** Works out the lanes. Undefined where fewer than two turns have times. */
export function lanesOf(
  turns: readonly Utterance[],
  voices: Voices,
  rules: readonly QuotedRule[],
  durationSeconds?: number,
): Lanes | undefined {
  const timed = turns.flatMap(({ start, end, speaker }) =>
    start === undefined || end === undefined || end < start ? [] : [{ start, end, voice: voices.of(speaker) }],
  );
  if (timed.length < 2) return undefined;
  const seconds = Math.max(...timed.map((turn) => turn.end), durationSeconds ?? 0);
  if (seconds <= 0) return undefined;
  const lanes = rowsOf(voices).map(({ name, side, voices: own }): Lane => {
    const spoken = timed.filter(({ voice }) => own.has(voice));
    return {
      name,
      side,
      seconds: spoken.reduce((sum, { start, end }) => sum + end - start, 0),
      bars: spoken.map(({ start, end }) => ({
        x: tenth(start),
        width: Math.max(tenth(end - start), tenth(seconds / 900)),
      })),
    };
  });
  return {
    seconds,
    lanes: lanes.filter(({ bars }) => bars.length > 0),
    ticks: rules.flatMap((rule) => {
      const start = rule.turn === undefined ? undefined : turns[rule.turn - 1]?.start;
      return start === undefined ? [] : [{ x: tenth(start), verdict: verdictOf(rule) }];
    }),
  };
}

function rowsOf({ all }: Voices): { name: string; side: Voice['side']; voices: ReadonlySet<Voice> }[] {
  const row = (voice: Voice) => ({ ...voice, voices: new Set([voice]) });
  const others = all.filter(({ side }) => side === 'other');
  const shared = new Set(others.length > MOST_OTHERS ? others.slice(MOST_OTHERS - 1) : []);
  return [
    ...all.filter(({ side }) => side === 'first').map(row),
    ...others.filter((voice) => !shared.has(voice)).map(row),
    ...(shared.size > 0 ? [{ name: 'Others', side: 'other' as const, voices: shared }] : []),
    ...all.filter(({ side }) => side === 'nobody').map(row),
  ];
}

/** A number of at most one decimal as JavaScript writes it, from whole ones: others take many times as long. */
export function tenths(n: number): string {
  const whole = Math.round(n * 10);
  if (!(whole >= 0 && whole <= 1e9)) return String(n);
  const rest = whole % 10;
  return rest === 0 ? String(whole / 10) : `${(whole - rest) / 10}.${rest}`;
}

function tenth(n: number): number {
  return Math.round(n * 10) / 10;
}
