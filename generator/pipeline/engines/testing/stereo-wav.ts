import { writeWav } from '../../audio/wav.ts';

const RATE = 16_000;
const SECONDS = 0.5;

/** Half a second of two tones, one a channel. @param left and right: loudness, 0 to 1 */
export function stereoWav(left: number, right: number): Uint8Array {
  const frames = RATE * SECONDS;
  const samples = new Int16Array(frames * 2);
  for (let frame = 0; frame < frames; frame++) {
    samples[2 * frame] = Math.round(32_767 * left * Math.sin((2 * Math.PI * 440 * frame) / RATE));
    samples[2 * frame + 1] = Math.round(32_767 * right * Math.sin((2 * Math.PI * 660 * frame) / RATE));
  }
  const wav = writeWav(samples, RATE);
  const view = new DataView(wav.buffer);
  view.setUint16(22, 2, true);
  view.setUint32(28, RATE * 4, true);
  view.setUint16(32, 4, true);
  return wav;
}
