import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import { type Compared, comparison } from './channels.ts';

/** The format is never guessed: a play list among recordings could name other files of this machine. */
const FORMATS: Record<string, string[]> = {
  ...{ wav: ['-f', 'wav'], mp3: ['-f', 'mp3'], ogg: ['-f', 'ogg'] },
  ...{ flac: ['-f', 'flac'], m4a: ['-f', 'mov'], webm: ['-f', 'matroska'] },
};

/** Of telephone sound, in hertz: enough to compare channels. */
const RATE = 8000;
/** Milliseconds after which it is stuck. Four hours of sound take half a minute. */
const LIMIT = 15 * 60_000;

/**
 * Compare the channels of sound in any format by Debian's ffmpeg.
 * @param extension by its first bytes, such as "mp3"
 * @param channels 1 or 2
 * @returns undefined where it is not installed
 * @throws {PipelineError} poison, where it is no sound
 */
export async function compareByFfmpeg(
  body: Uint8Array,
  extension: string,
  channels: number,
): Promise<Compared | undefined> {
  const compared = comparison(RATE);
  const width = channels > 1 ? 4 : 2;
  let rest: Buffer = Buffer.alloc(0);
  const take = async (output: Readable): Promise<void> => {
    for await (const chunk of output) {
      const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let at = 0;
      for (; at + width <= bytes.length; at += width)
        compared.add(bytes.readInt16LE(at) / 32_768, channels > 1 ? bytes.readInt16LE(at + 2) / 32_768 : undefined);
      rest = bytes.subarray(at);
    }
  };
  const raw = ['-ar', String(RATE), '-ac', channels > 1 ? '2' : '1', '-f', 's16le', 'pipe:1'];
  return (await run(body, extension, raw, take)) ? compared.result() : undefined;
}

/**
 * Sound of any format as WAV with samples of 16 bits, by Debian's ffmpeg.
 * @param extension by its first bytes, such as "mp3"
 * @param sampleRate in hertz
 * @returns undefined where it is not installed
 * @throws {PipelineError} poison, where it is no sound
 */
export async function decodeByFfmpeg(
  body: Uint8Array,
  extension: string,
  sampleRate: number,
): Promise<Uint8Array | undefined> {
  let wav: Uint8Array | undefined;
  const out = (folder: string): string => join(folder, 'sound.wav');
  const args = ['-ar', String(sampleRate), '-c:a', 'pcm_s16le', '-f', 'wav'];
  const isThere = await run(
    body,
    extension,
    (folder) => [...args, out(folder)],
    undefined,
    async (folder) => {
      wav = await readFile(out(folder));
    },
  );
  return isThere ? wav : undefined;
}

/** @returns whether ffmpeg is installed */
async function run(
  body: Uint8Array,
  extension: string,
  output: string[] | ((folder: string) => string[]),
  take?: (output: Readable) => Promise<void>,
  after?: (folder: string) => Promise<void>,
): Promise<boolean> {
  if (!(await isInstalled())) return false;
  const folder = await mkdtemp(join(tmpdir(), 'cci-sound-'));
  try {
    // A file, since some formats have their table of contents at the end.
    const file = join(folder, 'sound');
    await writeFile(file, body, { mode: 0o600 });
    const args = ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file,pipe'];
    const input = [...(FORMATS[extension] ?? ['-f', 'wav']), '-i', file, '-vn', '-map', 'a:0'];
    const child = spawn('ffmpeg', [...args, ...input, ...(typeof output === 'function' ? output(folder) : output)], {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LIMIT,
    });
    const ended = new Promise<number | null>((done) => {
      child.once('error', () => done(null));
      child.once('close', done);
    });
    await take?.(child.stdout).catch(() => undefined);
    child.stdout.resume();
    if ((await ended) !== 0)
      throw new PipelineError('poison', [
        say`The recording is no sound that ffmpeg can read, or it is damaged. Replace it, and replay the call.`,
      ]);
    await after?.(folder);
    return true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let installed: Promise<boolean> | undefined;

/** Looked up once, before anything is written to a disk that may be small. */
function isInstalled(): Promise<boolean> {
  installed ??= new Promise((done) => {
    const child = spawn('ffmpeg', ['-version'], { stdio: 'ignore' });
    child.once('error', () => done(false));
    child.once('close', (code) => done(code === 0));
  });
  return installed;
}
