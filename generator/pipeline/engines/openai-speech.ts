import { say } from '../../lib/printable.ts';
import { compareWav } from '../audio/channels.ts';
import { splitChannels } from '../audio/split.ts';
import { readWav } from '../audio/wav.ts';
import type { Config } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { Job, OpenContext, Progress, Transcriber } from '../ports.ts';
import { type Heard, toDocument } from '../transcript/to-document.ts';
import { parseWhisper } from '../transcript/whisper-json.ts';
import { type ModelServer, modelServer, post, refused } from './http.ts';
import { hasTwoVoices } from './transcribe-request.ts';

/** A machine without a graphics card may take as long as the call was. */
const LONGEST_MS = 4 * 60 * 60_000;
const SETTING = 'engines.openaiSpeech';

/**
 * Transcribes by a server with `/v1/audio/transcriptions`, such as one of whisper.cpp. It keeps nothing, so each channel is one request, and whoever
 * asks again is answered anew.
 * @throws {PipelineError} configuration, where none is named
 */
export async function speechTranscriber(context: Pick<OpenContext, 'secret'>, config: Config): Promise<Transcriber> {
  const { openaiSpeech } = config.engines;
  if (!openaiSpeech)
    throw new PipelineError('configuration', [
      say`The engine openai needs "engines.openaiSpeech" in pipeline-config.json: the url of a server with /v1/audio/transcriptions.`,
    ]);
  const { url, model } = openaiSpeech;
  const server = await modelServer(openaiSpeech, SETTING, context);
  return {
    name: 'openai-speech',
    settings: { url, model },
    async begin(job, signal) {
      signal.throwIfAborted();
      const { facts } = job.audio;
      const heard: Heard[] = [];
      let language: string | undefined;
      for (const { voice, ...sound } of await soundsOf(job)) {
        const part = await transcribed(server, model, { ...sound, language: job.language }, signal);
        if ('state' in part) return part;
        heard.push(...part.heard.map((each) => (voice === undefined ? each : { ...each, voice })));
        language ??= part.language;
      }
      return { state: 'done', document: toDocument(heard, language), seconds: facts.seconds };
    },
    async check() {
      return { state: 'failed', reason: say`The server keeps nothing of what it was asked.`, retry: true };
    },
  };
}

interface Sound {
  sound: Uint8Array;
  extension: string;
  /** Of a channel that is one party's. */
  voice?: string;
}

/**
 * What is to be sent, one request each: a channel for each party where they have one. One in which nothing is heard is left out, as models make
 * up words for silence.
 */
async function soundsOf({ audio: { facts, read } }: Job): Promise<Sound[]> {
  const body = await read();
  if (!hasTwoVoices(facts)) return [{ sound: body, extension: facts.extension }];
  const channels = await splitChannels(body, facts.extension);
  if (!channels)
    throw new PipelineError('configuration', [
      say`The two channels of a recording cannot be taken apart without ffmpeg. Install it (apt-get install ffmpeg), or give WAV files.`,
    ]);
  const isSilent = (sound: Uint8Array): boolean => {
    const wav = readWav(sound);
    return wav !== undefined && compareWav(wav).silent;
  };
  return channels.flatMap((sound, at) => (isSilent(sound) ? [] : [{ sound, extension: 'wav', voice: `ch_${at}` }]));
}

/** @throws {PipelineError} where the server refuses, or answers something else */
async function transcribed(
  server: ModelServer,
  model: string,
  { sound, extension, language }: Sound & { language: string },
  signal: AbortSignal,
): Promise<{ heard: Heard[]; language?: string } | Extract<Progress, { state: 'failed' }>> {
  const form = new FormData();
  // No name of a call leaves the house.
  form.set('file', new Blob([sound as Uint8Array<ArrayBuffer>]), `sound.${extension}`);
  form.set('model', model);
  form.set('response_format', 'verbose_json');
  form.set('temperature', '0');
  if (language !== 'auto') form.set('language', language.split('-')[0] ?? language);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  const body = new Uint8Array(await encoded.arrayBuffer());
  const answer = await post(server, '/audio/transcriptions', { body, type }, signal, LONGEST_MS);
  if (answer.status === 413)
    return { state: 'failed', reason: say`${server.host} takes no sound of ${megabytes(sound)} MB.`, retry: false };
  if (answer.status === 415 || answer.status === 422)
    return {
      state: 'failed',
      reason: say`${server.host} does not take this sound (HTTP ${answer.status}).`,
      retry: false,
    };
  if (answer.status !== 200) throw refused(server, answer, 'transcribe a call', SETTING);
  const read = parseWhisper(jsonOf(answer.text));
  if (read) return read;
  throw new PipelineError('retry', [
    say`${server.host} answers with something else than a transcript. Check "${SETTING}.url" in pipeline-config.json.`,
  ]);
}

const megabytes = ({ byteLength }: Uint8Array): number => Math.ceil(byteLength / 1024 / 1024);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
