import { parseBuffer } from 'music-metadata';
import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { AudioFacts } from '../ports.ts';
import { compareWav } from './channels.ts';
import { compareByFfmpeg } from './ffmpeg.ts';
import { readWav } from './wav.ts';

const TYPES: Record<string, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  webm: 'audio/webm',
};

/**
 * Measure sound: its length, channels and rate; and, where it can be decoded (WAV here, else by ffmpeg where that is installed), whether both channels
 * hold the same and whether anything is heard.
 * @param extension by its first bytes, such as "mp3"
 * @throws {PipelineError} poison, where it is no sound
 */
export async function probe(body: Uint8Array, extension: string): Promise<AudioFacts> {
  const wav = extension === 'wav' ? readWav(body) : undefined;
  const facts = wav
    ? { seconds: wav.frames / wav.sampleRate, channels: wav.channels, sampleRate: wav.sampleRate }
    : await measure(body, extension);
  if (!(facts.seconds > 0) || !(facts.channels > 0) || !(facts.sampleRate > 0)) throw noSound();
  return { extension, ...facts, ...(wav ? compareWav(wav) : await compareByFfmpeg(body, extension, facts.channels)) };
}

async function measure(
  body: Uint8Array,
  extension: string,
): Promise<Pick<AudioFacts, 'seconds' | 'channels' | 'sampleRate'>> {
  try {
    const { format } = await parseBuffer(
      body,
      { mimeType: TYPES[extension], size: body.byteLength },
      { duration: true, skipCovers: true },
    );
    return {
      seconds: format.duration ?? 0,
      channels: format.numberOfChannels ?? 0,
      sampleRate: format.sampleRate ?? 0,
    };
  } catch (error) {
    throw noSound(error);
  }
}

const noSound = (cause?: unknown): PipelineError =>
  new PipelineError('poison', [say`The recording is empty, damaged, or no sound. Replace it, and replay the call.`], {
    cause,
  });
