interface Shape {
  /** Hertz. */
  rate: number;
  coding?: 'pcm' | 'float' | 'mu-law' | 'a-law';
  bits?: 8 | 16 | 24 | 32 | 64;
  /** With the longer header. */
  isExtensible?: boolean;
}

const CODES = { pcm: 1, float: 3, 'a-law': 6, 'mu-law': 7 };

/** A WAV file of samples from -1 to 1, channel by channel. */
export function wavFile(
  channels: readonly (readonly number[])[],
  { rate, coding = 'pcm', bits = 16, isExtensible }: Shape,
): Uint8Array<ArrayBuffer> {
  const width = bits / 8;
  const frames = channels[0]?.length ?? 0;
  const length = frames * channels.length * width;
  const header = isExtensible ? 40 : 16;
  const bytes = new Uint8Array(28 + header + length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, name: string) => bytes.set(new TextEncoder().encode(name), at);
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, header, true);
  view.setUint16(20, isExtensible ? 0xfffe : CODES[coding], true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels.length * width, true);
  view.setUint16(32, channels.length * width, true);
  view.setUint16(34, bits, true);
  if (isExtensible) view.setUint16(44, CODES[coding], true);
  text(20 + header, 'data');
  view.setUint32(24 + header, length, true);
  let at = 28 + header;
  for (let frame = 0; frame < frames; frame++)
    for (const samples of channels) {
      put(view, at, samples[frame] ?? 0, coding, width);
      at += width;
    }
  return bytes;
}

function put(view: DataView, at: number, sample: number, coding: NonNullable<Shape['coding']>, width: number): void {
  if (coding === 'mu-law') view.setUint8(at, muLaw(sample));
  else if (coding === 'a-law') view.setUint8(at, aLaw(sample));
  else if (coding === 'float' && width === 4) view.setFloat32(at, sample, true);
  else if (coding === 'float') view.setFloat64(at, sample, true);
  else if (width === 1) view.setUint8(at, Math.round(sample * 127) + 128);
  else {
    let whole = Math.round(sample * (2 ** (8 * width - 1) - 1));
    for (let i = 0; i < width; i++) {
      view.setUint8(at + i, ((whole % 256) + 256) % 256);
      whole = Math.floor(whole / 256);
    }
  }
}

/** ITU-T G.711, by its formula and not by the table of what reads it. */
function muLaw(sample: number): number {
  const size = Math.min(32_635, Math.round(Math.abs(sample) * 32_768)) + 132;
  const exponent = Math.max(0, Math.floor(Math.log2(size)) - 7);
  return ~((sample < 0 ? 128 : 0) | (exponent << 4) | ((size >> (exponent + 3)) & 15)) & 0xff;
}

function aLaw(sample: number): number {
  const size = Math.min(32_767, Math.round(Math.abs(sample) * 32_768));
  const exponent = size < 256 ? 0 : Math.floor(Math.log2(size)) - 7;
  const mantissa = (size >> (exponent === 0 ? 4 : exponent + 3)) & 15;
  return ((sample < 0 ? 0 : 128) | (exponent << 4) | mantissa) ^ 0x55;
}
