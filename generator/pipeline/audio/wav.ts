/** Sound whose samples can be read: PCM, floating point, µ-law or A-law. */
export interface Wav {
  /** Hertz. */
  sampleRate: number;
  channels: number;
  /** Samples of each channel. */
  frames: number;
  /** One sample, -1 to 1. */
  at(frame: number, channel: number): number;
}

const [PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE] = [1, 3, 6, 7, 0xfffe];

/**
 * Read a WAV file. What is behind its last whole frame is left out; one whose length was not written, as of a stream, goes to the file's end.
 * @returns undefined where it is none, or of a coding that is not read here
 */
export function readWav(body: Uint8Array): Wav | undefined {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (textAt(view, 0) !== 'RIFF' || textAt(view, 8) !== 'WAVE') return undefined;
  let format: Format | undefined;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const [name, from] = [textAt(view, at), at + 8];
    const length = Math.min(view.getUint32(at + 4, true), view.byteLength - from);
    if (name === 'fmt ' && length >= 16) format = formatAt(view, from, length);
    if (name === 'data') return format && wavOf(view, from, length, format);
    at = from + length + (length % 2);
  }
  return undefined;
}

interface Format {
  code: number;
  channels: number;
  sampleRate: number;
  /** Bytes of one sample. */
  width: number;
}

function formatAt(view: DataView, from: number, length: number): Format {
  const code = view.getUint16(from, true);
  return {
    // The true one stands in the first bytes of a longer name.
    code: code === EXTENSIBLE && length >= 26 ? view.getUint16(from + 24, true) : code,
    channels: view.getUint16(from + 2, true),
    sampleRate: view.getUint32(from + 4, true),
    width: view.getUint16(from + 14, true) / 8,
  };
}

function wavOf(
  view: DataView,
  from: number,
  length: number,
  { code, channels, sampleRate, width }: Format,
): Wav | undefined {
  const read = readerOf(view, code, width);
  if (!read || channels < 1 || sampleRate < 1) return undefined;
  const size = width * channels;
  return {
    sampleRate,
    channels,
    frames: Math.floor(length / size),
    at: (frame, channel) => read(from + frame * size + channel * width),
  };
}

function readerOf(view: DataView, code: number, width: number): ((at: number) => number) | undefined {
  if (code === PCM && width === 1) return (at) => (view.getUint8(at) - 128) / 128;
  if (code === PCM && width === 2) return (at) => view.getInt16(at, true) / 32_768;
  if (code === PCM && width === 3) return (at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8_388_608;
  if (code === PCM && width === 4) return (at) => view.getInt32(at, true) / 2_147_483_648;
  if (code === FLOAT && width === 4) return (at) => finite(view.getFloat32(at, true));
  if (code === FLOAT && width === 8) return (at) => finite(view.getFloat64(at, true));
  if (code === MU_LAW && width === 1) return (at) => MU[view.getUint8(at)] ?? 0;
  if (code === A_LAW && width === 1) return (at) => A[view.getUint8(at)] ?? 0;
  return undefined;
}

const finite = (sample: number): number => (Number.isFinite(sample) ? Math.max(-1, Math.min(1, sample)) : 0);

/** ITU-T G.711: sign, three bits of exponent, four of mantissa, all inverted. */
const MU = Float32Array.from({ length: 256 }, (_, byte) => {
  const bits = ~byte & 0xff;
  const size = (((bits & 15) << 3) + 132) << ((bits >> 4) & 7);
  return ((bits & 128 ? -1 : 1) * (size - 132)) / 32_768;
});

/** The same of A-law, where every other bit is inverted, and the sign says the opposite. */
const A = Float32Array.from({ length: 256 }, (_, byte) => {
  const bits = byte ^ 0x55;
  const [exponent, mantissa] = [(bits >> 4) & 7, bits & 15];
  const size = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 264) << (exponent - 1);
  return ((bits & 128 ? 1 : -1) * size) / 32_768;
});

/** A WAV file of one channel with samples of 16 bits. @param sampleRate in hertz */
export function writeWav(samples: Int16Array, sampleRate: number): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, name: string): void => {
    for (const [i, letter] of [...name].entries()) view.setUint8(at + i, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (const [i, sample] of samples.entries()) view.setInt16(44 + i * 2, sample, true);
  return bytes;
}

/** One channel's samples, of 16 bits. */
export function samplesOf({ frames, at }: Wav, channel: number): Int16Array {
  const samples = new Int16Array(frames);
  for (let frame = 0; frame < frames; frame++)
    samples[frame] = Math.max(-32_768, Math.min(32_767, Math.round(at(frame, channel) * 32_768)));
  return samples;
}

const textAt = (view: DataView, at: number): string =>
  at + 4 <= view.byteLength ? String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i))) : '';
