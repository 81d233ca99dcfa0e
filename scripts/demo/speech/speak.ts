import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../generator/lib/errors.ts';
import { say } from '../../../generator/lib/printable.ts';
import { channelsOf, type SpokenCall } from './script.ts';

/** Of flite's voices, in Hz. */
const RATE = 16_000;
/** Seconds before the first line and after the last, and between two. */
const [EDGE, PAUSE] = [0.6, 0.5];
const VOICES = { left: 'slt', right: 'rms' };
/** What the kept sounds were spoken with: a little quicker than flite speaks by itself. */
const KEPT = ['--setf', 'duration_stretch=0.92'];

/**
 * Speak a call by Debian's flite, each party on its channel; where its sound is kept, at the very times of that.
 * @returns a WAV file
 */
export function speakCall(call: Pick<SpokenCall, 'lines' | 'recorded'>): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'cci-voices-'));
  const { left } = channelsOf(call);
  try {
    let clock = EDGE;
    const pieces = call.lines.map(({ who, text, at = clock }) => {
      const side = who === left ? ('left' as const) : ('right' as const);
      const samples = speak(text, VOICES[side], join(folder, 'line.wav'), call.recorded ? KEPT : []);
      clock = at + samples.length / 2 / RATE + PAUSE;
      return { side, samples, from: Math.round(at * RATE) };
    });
    const data = Buffer.alloc(Math.ceil((clock - PAUSE + EDGE) * RATE) * 4);
    for (const { side, samples, from } of pieces)
      for (let i = 0; i * 2 < samples.length; i++)
        data.writeInt16LE(samples.readInt16LE(i * 2), (from + i) * 4 + (side === 'left' ? 0 : 2));
    return Buffer.concat([header(data.length), data]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What speech needs beside this repository's packages. */
const INSTALL = 'apt-get install flite pocketsphinx pocketsphinx-en-us ffmpeg';

/**
 * Look whether sound can be made and transcribed here.
 * @throws {UserError} that names what is missing, and how to install it
 */
export function requireSpeech(): void {
  const missing = [
    ['flite', ['--version']],
    ['pocketsphinx_continuous', []],
    ['ffmpeg', ['-version']],
  ].filter(([program, args]) => !starts(program as string, args as string[]));
  if (missing.length > 0)
    throw new UserError([
      say`This machine cannot speak and transcribe calls: ${missing.map(([program]) => program as string)} cannot be started. On Debian or Ubuntu, as root: ${INSTALL}. Without --speech the demo needs none of them.`,
    ]);
}

function starts(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** @returns samples of 16 bits, one channel */
function speak(text: string, voice: string, file: string, more: readonly string[]): Buffer {
  execFileSync('flite', ['-voice', voice, ...more, '-t', text, '-o', file]);
  const bytes = readFileSync(file);
  return bytes.subarray(bytes.indexOf('data') + 8);
}

/** Of two channels with samples of 16 bits. */
function header(length: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(length, 40);
  return head;
}
