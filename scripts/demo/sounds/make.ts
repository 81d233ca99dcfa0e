// Speaks the calls of the demo that can be heard, and writes down when each turn was said. Needs Debian's flite and ffmpeg:
//     apt-get install flite ffmpeg && node scripts/demo/sounds/make.ts
// The sounds are kept with the sources, as these programs are not on every machine; run it again when their words have changed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spokenTurns } from '../data/records.ts';
import { RECORDED, recordedPlan, type Sound } from './recorded.ts';

/** Of flite's voices, in Hz. */
const RATE = 16_000;
/** A little quicker than flite speaks by itself. */
const STRETCH = '0.92';
/** Seconds before the first turn and after the last, and between two; of a longer silence so much is left. */
const [EDGE, PAUSE, LONGEST] = [0.6, 0.35, 1.8];
/** Of a telephone. */
const MP3 = ['-ar', '8000', '-c:a', 'libmp3lame', '-b:a', '16k', '-map_metadata', '-1', '-fflags', '+bitexact'];

const folder = mkdtempSync(join(tmpdir(), 'cci-sounds-'));
try {
  for (const recorded of RECORDED) {
    const { turns } = spokenTurns(recordedPlan(recorded));
    const first = turns[0]?.who;
    const pieces: { samples: Buffer; at: number; left: boolean }[] = [];
    const transcript: Sound['transcript'] = [];
    let clock = EDGE;
    for (const { who, text, pause } of turns) {
      const samples = speak(text, who === first ? 'slt' : 'rms');
      const end = clock + samples.length / 2 / RATE;
      pieces.push({ samples, at: clock, left: who === first });
      const speaker = who === first ? 'agent' : 'customer';
      transcript.push({ speaker, start_time: cents(clock), end_time: cents(end), text });
      clock = end + PAUSE + Math.min(pause, LONGEST);
    }
    const seconds = Math.ceil((transcript.at(-1)?.end_time ?? 0) + EDGE);
    const stereo = Buffer.alloc(Math.ceil(seconds * RATE) * 4);
    for (const { samples, at, left } of pieces)
      for (let i = 0; i < samples.length / 2; i++)
        stereo.writeInt16LE(samples.readInt16LE(i * 2), (Math.round(at * RATE) + i) * 4 + (left ? 0 : 2));
    const own = (ending: string) => new URL(`${recorded.name}.${ending}`, import.meta.url);
    const raw = ['-f', 's16le', '-ar', String(RATE), '-ac', '2', '-i', '-'];
    const mp3 = execFileSync('ffmpeg', ['-v', 'error', ...raw, ...MP3, '-f', 'mp3', '-'], {
      input: stereo,
      maxBuffer: 2 ** 24,
    });
    writeFileSync(own('mp3'), mp3);
    writeFileSync(own('json'), `${JSON.stringify({ seconds, transcript } satisfies Sound, null, 2)}\n`);
    console.log(`${recorded.name}: ${seconds} s, ${mp3.length} bytes`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** @returns samples of 16 bits, one channel */
function speak(text: string, voice: string): Buffer {
  const wav = join(folder, 'turn.wav');
  execFileSync('flite', ['-voice', voice, '--setf', `duration_stretch=${STRETCH}`, '-t', text, '-o', wav]);
  const bytes = readFileSync(wav);
  return bytes.subarray(bytes.indexOf('data') + 8);
}

function cents(n: number): number {
  return Math.round(n * 100) / 100;
}
