import { decodeByFfmpeg } from './ffmpeg.ts';
import { readWav, samplesOf, type Wav, writeWav } from './wav.ts';

/**
 * The channels of sound as WAV files of one channel each, with samples of 16 bits: for engines that hear one voice at a time.
 * @param extension by its first bytes, such as "mp3"
 * @param sampleRate in hertz that is wanted; absent: as it is, of what must be decoded by ffmpeg 16,000
 * @returns left and right, or one; undefined where ffmpeg would be needed and is not installed
 * @throws {PipelineError} poison, where it is no sound
 */
export async function splitChannels(
  body: Uint8Array,
  extension: string,
  sampleRate?: number,
): Promise<Uint8Array[] | undefined> {
  const own = extension === 'wav' ? readWav(body) : undefined;
  const wav =
    own && (!sampleRate || own.sampleRate === sampleRate) ? own : await decoded(body, extension, sampleRate ?? 16_000);
  return wav && Array.from({ length: wav.channels }, (_, channel) => writeWav(samplesOf(wav, channel), wav.sampleRate));
}

async function decoded(body: Uint8Array, extension: string, sampleRate: number): Promise<Wav | undefined> {
  const wav = await decodeByFfmpeg(body, extension, sampleRate);
  return wav && readWav(wav);
}
