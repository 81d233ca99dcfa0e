import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../generator/lib/console.ts';
import { probe } from '../../generator/pipeline/audio/probe.ts';
import { splitChannels } from '../../generator/pipeline/audio/split.ts';
import { pocketsphinxTranscriber } from '../../generator/pipeline/engines/pocketsphinx.ts';
import type { Turn } from '../../generator/pipeline/ports.ts';
import { judgePhrases } from '../../generator/pipeline/rules/phrases.ts';
import { nameSpeakers } from '../../generator/pipeline/transcript/speakers.ts';
import { parseTranscribe } from '../../generator/pipeline/transcript/transcribe-json.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import { runSpeech } from '../demo/speech/run.ts';
import { type Line, SPOKEN } from '../demo/speech/script.ts';
import { requireSpeech, speakCall } from '../demo/speech/speak.ts';
import { wordErrors } from '../demo/speech/word-errors.ts';
import { type Check, must, SkippedError } from './lib/check.ts';

/** Share of words that may be wrong at 16 kHz, and of phrases that must be found all the same. The recognizer is of 2012. */
const [MOST, FOUND] = [0.15, 0.5];

const call = (...said: string[]): Line[] => said.map((text, i) => ({ who: i % 2 === 0 ? 'agent' : 'customer', text }));

/** Texts that nothing was tuned on, with phrases that the agent says in them, and one that nobody says. */
const HELD_OUT: { lines: Line[]; said: string[]; unsaid: string }[] = [
  {
    lines: call(
      'Good evening, this is the county library. How may I help you tonight?',
      'I borrowed three books in the summer, and I cannot find one of them.',
      'Do not worry. Could you tell me the title of the book, please?',
      'It is called the history of the railway.',
      'You can keep it for another month. If you have not found it by then, please come and see us.',
      'That is very kind of you. Thank you.',
    ),
    said: ['how may I help you', 'tell me the title of the book', 'keep it for another month'],
    unsaid: 'you have to pay a fine',
  },
  {
    lines: call(
      'Thank you for waiting. You are speaking to the travel desk.',
      'Our train was two hours late, and we missed the ship.',
      'I am very sorry to hear that. Where are you now?',
      'We are at the station with our children and five bags.',
      'I will book a room for you near the station, and another ship tomorrow morning.',
      'Thank you. Who is going to pay for the room?',
      'We will pay for the room and for your dinner.',
      'Good. Please send the address to my phone.',
    ),
    said: ['sorry to hear that', 'book a room for you', 'we will pay for the room'],
    unsaid: 'please call us again tomorrow',
  },
];

const FORMATS: [string, string[]][] = [
  ['mp3', ['-c:a', 'libmp3lame', '-b:a', '64k']],
  ['ogg', ['-c:a', 'libopus', '-b:a', '48k']],
  ['flac', ['-c:a', 'flac']],
  ['m4a', ['-c:a', 'aac']],
  ['webm', ['-c:a', 'libopus']],
];

export const check: Check = {
  does: 'sound that is made, transcribed and judged on this machine, by flite, pocketsphinx and ffmpeg (skipped without them)',
  async run({ say }) {
    try {
      requireSpeech();
    } catch (error) {
      throw new SkippedError((error as Error).message);
    }
    let [errors, words, found] = [0, 0, 0];
    for (const { lines, said, unsaid } of HELD_OUT) {
      const wav = speakCall({ lines });
      const turns = await hear(wav, 'wav');
      must(
        turns
          .map(({ speaker }) => speaker)
          .filter((each, i, all) => each !== all[i - 1])
          .join(' ') === lines.map(({ who }) => who).join(' '),
        'every turn is whose it is',
      );
      const counted = wordErrors(lines.map(({ text }) => text).join(' '), turns.map(({ text }) => text).join(' '));
      errors += counted.errors;
      words += counted.words;
      found += said.filter((phrase) => judgePhrases({ any: [phrase] }, turns).pass).length;
      must(judgePhrases({ any: [unsaid] }, turns).pass === false, `“${unsaid}” is not heard`);
    }
    const phrases = HELD_OUT.flatMap(({ said }) => said).length;
    say(
      `held-out texts: ${errors} of ${words} words wrong; ${found} of ${phrases} phrases found, and none that was not said`,
    );
    must(found / phrases >= FOUND, `at least ${FOUND * 100} % of phrases found`);
    must(errors / words <= MOST, `at most ${MOST * 100} % of words wrong`);

    const wav = speakCall({ lines: HELD_OUT[0]?.lines ?? [] });
    const { seconds } = await probe(wav, 'wav');
    for (const [extension, args] of FORMATS) {
      const body = encode(wav, extension, args);
      const facts = await probe(body, extension);
      say(`${extension}: ${facts.seconds.toFixed(2)} s, ${facts.channels} channels, ${facts.sampleRate} Hz`);
      must(Math.abs(facts.seconds - seconds) < 0.2 && facts.channels === 2, `${extension}: length and channels`);
      must(facts.sameChannels === false && facts.silent === false, `${extension}: two voices are heard`);
      must((await splitChannels(body, extension, 16_000))?.length === 2, `${extension}: two channels`);
    }
    const started = performance.now();
    const stores = { results: memoryStore(), input: memoryStore(), config: memoryStore() };
    const outcome = await runSpeech(stores, { now: new Date(), isSpoken: true, log: silentLog });
    say(
      `${outcome?.calls.done} of ${SPOKEN.length} calls of the demo in ${Math.round((performance.now() - started) / 1000)} s`,
    );
    must(outcome?.calls.done === SPOKEN.length, 'every call of the demo is done');
  },
};

async function hear(wav: Uint8Array, extension: string): Promise<Turn[]> {
  const facts = await probe(wav, extension);
  const audio = { key: 'soak/audio/call.wav', etag: '1', facts, read: async () => wav };
  const job = { name: 'soak', org: 'soak', call: 'call', language: 'en-US', audio };
  const progress = await pocketsphinxTranscriber({ allowTelephone: false }).begin(job, new AbortController().signal);
  if (progress.state !== 'done') throw new Error(`pocketsphinx: ${progress.state}`);
  return nameSpeakers(parseTranscribe(progress.document), { greetings: [], ownNames: [] }).turns;
}

function encode(wav: Uint8Array, extension: string, args: string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'cci-formats-'));
  try {
    const file = join(folder, `sound.${extension}`);
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'wav', '-i', 'pipe:0', ...args, file], { input: wav });
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
