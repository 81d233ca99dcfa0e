/** A turn with when it was said, in seconds of the recording. */
export interface Timed<Place> {
  place: Place;
  start: number;
  end: number;
}

/** How far the two lengths may be apart before neither is believed. */
const FAR_APART = 0.05;
/** Between turns, in seconds: what is longer is silence, and so much of it is left. */
const SILENCE = 1;
const LEFT = 0.2;

/** The turn that is heard at a time: the last that has begun. @param turns by their start */
export function turnAt<Place>(turns: readonly Timed<Place>[], seconds: number): Timed<Place> | undefined {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle] as Timed<Place>).start <= seconds) low = middle + 1;
    else high = middle;
  }
  return turns[low - 1];
}

/** Where a silence at a time ends; undefined where somebody speaks, or says nothing more. @param turns by their start */
export function afterSilence(turns: readonly Timed<unknown>[], seconds: number): number | undefined {
  let heard = 0;
  for (const { start, end } of turns) {
    if (start > seconds)
      return heard <= seconds && start - heard > SILENCE && start - LEFT > seconds ? start - LEFT : undefined;
    heard = Math.max(heard, end);
  }
  return undefined;
}

/**
 * Whether a recording is not as long as its call, so that times of the one may not be those of the other.
 * @param told of the call; undefined where nobody knows
 */
export const areFarApart = (seconds: number, told: number | undefined): boolean =>
  told !== undefined && Number.isFinite(seconds) && Math.abs(seconds - told) > FAR_APART * told;
