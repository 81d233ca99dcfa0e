import type { Wav } from './wav.ts';

/** What two channels, or one, have in common with silence and with each other. */
export interface Compared {
  /** Both hold the same sound; absent: there is one channel only. */
  sameChannels?: boolean;
  silent: boolean;
}

/** Takes samples in their order. */
export interface Comparison {
  /** @param right absent: there is one channel */
  add(left: number, right?: number): void;
  result(): Compared;
}

/** Seconds over which loudness is measured. */
const WINDOW = 0.1;
/** Of a full wave, as a root mean square: 60 dB below it nobody hears speech. */
const AUDIBLE = 0.001;
/** How alike two channels are that hold one sound, be they of different loudness or coded with loss. A voice that is faintly heard on the other side stays far below. */
const ALIKE = 0.98;

/** Compare the channels of sound while it is read. @param sampleRate in hertz */
export function comparison(sampleRate: number): Comparison {
  const size = Math.max(1, Math.round(sampleRate * WINDOW));
  let [leftLeft, rightRight, leftRight] = [0, 0, 0];
  let [inWindow, loudness, loudest] = [0, 0, 0];
  let isStereo = false;
  const close = (): void => {
    if (inWindow > 0) loudest = Math.max(loudest, loudness / inWindow);
    inWindow = loudness = 0;
  };
  return {
    add(left, right) {
      leftLeft += left * left;
      loudness += right === undefined ? left * left : Math.max(left * left, right * right);
      if (right !== undefined) {
        isStereo = true;
        rightRight += right * right;
        leftRight += left * right;
      }
      if (++inWindow === size) close();
    },
    result() {
      close();
      const silent = Math.sqrt(loudest) < AUDIBLE;
      if (!isStereo) return { silent };
      const scale = Math.sqrt(leftLeft * rightRight);
      return { silent, sameChannels: scale === 0 ? leftLeft === rightRight : Math.abs(leftRight) / scale >= ALIKE };
    },
  };
}

/** The first two channels of a WAV. */
export function compareWav({ sampleRate, channels, frames, at }: Wav): Compared {
  const compared = comparison(sampleRate);
  for (let frame = 0; frame < frames; frame++) compared.add(at(frame, 0), channels > 1 ? at(frame, 1) : undefined);
  return compared.result();
}
