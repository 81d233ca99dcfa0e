import { spawn } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../../lib/printable.ts';
import { splitChannels } from '../audio/split.ts';
import { PipelineError } from '../errors.ts';
import type { Job, Progress, Transcriber } from '../ports.ts';
import { type Heard, toDocument } from '../transcript/to-document.ts';

/** Of its model, in hertz. */
const RATE = 16_000;
const [PROGRAM, MODEL] = ['pocketsphinx_continuous', '/usr/share/pocketsphinx/model/en-us'];
const INSTALL = 'apt-get install pocketsphinx pocketsphinx-en-us ffmpeg';
/** Milliseconds: to begin, and for each second of sound. It needs an eighth of a second for one, on a machine that is free. */
const [START, PER_SECOND] = [60_000, 5_000];

/** Where it is, so that a test may put something else in its place. */
interface Place {
  program: string;
  model: string;
}

/**
 * Debian's pocketsphinx with its model of American English: each channel alone, on this machine. Sound below 16 kHz is refused unless
 * `allowTelephone` is set: of that every second word or so is wrong, so the engine has another name then.
 */
export function pocketsphinxTranscriber(
  { allowTelephone }: { allowTelephone: boolean },
  place: Place = { program: PROGRAM, model: MODEL },
): Transcriber {
  const transcribe = async ({ audio, language }: Job, signal: AbortSignal): Promise<Progress> => {
    signal.throwIfAborted();
    const { facts } = audio;
    if (!/^en(?:-|$)/i.test(language))
      throw new PipelineError('configuration', [
        say`pocketsphinx knows English only, and pipeline-config.json has ${language} as language. Name another engine in engines.transcribe, or the language "en-US".`,
      ]);
    if (facts.sampleRate < RATE && !allowTelephone)
      throw new PipelineError('poison', [
        say`The recording has ${facts.sampleRate} Hz, as a telephone has it: of that pocketsphinx gets every second word or so wrong. Use another engine, or set engines.pocketsphinx.allowTelephone, and replay the call.`,
      ]);
    const files = await splitChannels(await audio.read(), facts.extension, RATE);
    if (!files) throw missing(`ffmpeg, which decodes ${facts.extension} and brings sound to 16 kHz, is not installed`);
    const isStereo = files.length > 1 && !facts.sameChannels;
    const heard: Heard[] = [];
    for (const [channel, file] of files.slice(0, isStereo ? 2 : 1).entries())
      for (const word of await recognize(file, Math.ceil(START + facts.seconds * PER_SECOND), place, signal))
        heard.push(isStereo ? { ...word, voice: `ch_${channel}` } : word);
    return { state: 'done', document: toDocument(heard.sort((a, b) => (a.start ?? 0) - (b.start ?? 0))), seconds: 0 };
  };
  return {
    name: allowTelephone ? 'pocketsphinx-telephone' : 'pocketsphinx',
    settings: { version: 1, allowTelephone },
    free: true,
    begin: transcribe,
    check: transcribe,
  };
}

/** @param wav of one channel and 16 kHz @param limit milliseconds */
async function recognize(
  wav: Uint8Array,
  limit: number,
  { program, model }: Place,
  signal: AbortSignal,
): Promise<Heard[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cci-speech-'));
  try {
    const file = join(folder, 'channel.wav');
    await writeFile(file, wav, { mode: 0o600 });
    const output = await run(
      program,
      ['-infile', file, '-time', 'yes', '-logfn', '/dev/null', ...modelOf(model)],
      limit,
      signal,
    );
    if (output === 'missing') throw missing(`it is not installed`);
    if (output !== undefined) return output.split('\n').flatMap(wordOf);
    signal.throwIfAborted();
    if (!(await isThere(model))) throw missing('its model is not installed');
    throw new PipelineError('retry', [
      say`pocketsphinx ended without a transcript, or took longer than ${Math.round(limit / 60_000)} minutes. The call waits for the next run.`,
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const modelOf = (model: string): string[] => [
  ...['-hmm', join(model, 'en-us'), '-lm', join(model, 'en-us.lm.bin'), '-dict', join(model, 'cmudict-en-us.dict')],
];

/** @returns what it printed; undefined where it failed or was ended */
function run(
  program: string,
  args: string[],
  timeout: number,
  signal: AbortSignal,
): Promise<string | 'missing' | undefined> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout, signal, killSignal: 'SIGKILL' });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error: NodeJS.ErrnoException) => done(error.code === 'ENOENT' ? 'missing' : undefined));
    child.once('close', (code) => done(code === 0 ? Buffer.concat(chunks).toString('utf8') : undefined));
  });
}

/** A line such as `good(2) 0.210 0.340 0.252774`; silence and noise are no words, and a line without times is a sentence again. */
function wordOf(line: string): Heard[] {
  const [, text = '', start, end, confidence] = /^(\S+) (\d+\.\d+) (\d+\.\d+) ([\d.]+)\s*$/.exec(line) ?? [];
  const word = text.replace(/\(\d+\)$/, '');
  if (!/^[a-z']/i.test(word)) return [];
  return [{ text: word, start: Number(start), end: Number(end), confidence: Math.min(1, Number(confidence)) }];
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const missing = (what: string): PipelineError =>
  new PipelineError('configuration', [
    say`Sound cannot be transcribed by pocketsphinx here: ${what}. On Debian or Ubuntu, as root: ${INSTALL}. Or name another engine in engines.transcribe of pipeline-config.json.`,
  ]);
