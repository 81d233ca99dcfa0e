import { readFileSync } from 'node:fs';
import { probe } from '../../../generator/pipeline/audio/probe.ts';
import { pocketsphinxTranscriber } from '../../../generator/pipeline/engines/pocketsphinx.ts';
import type { Recording } from '../../../generator/pipeline/ports.ts';
import { nameSpeakers } from '../../../generator/pipeline/transcript/speakers.ts';
import { parseTranscribe } from '../../../generator/pipeline/transcript/transcribe-json.ts';

/** Where the transcript of a call lies that was spoken and heard once. */
export const sidecarOf = (name: string): URL => new URL(`transcripts/${name}.vtt`, import.meta.url);

/** A kept transcript, and how long its call was in seconds. */
export function readTranscript(name: string): { body: Uint8Array; seconds: number } {
  const body = readFileSync(sidecarOf(name));
  const [, seconds] = /^NOTE seconds: (\d+)$/m.exec(body.toString('utf8')) ?? [];
  return { body, seconds: Number(seconds) };
}

/**
 * What pocketsphinx hears of a WAV file.
 * @returns WebVTT with a cue for each turn
 */
export async function transcribeHere(
  wav: Uint8Array,
  channels: NonNullable<Recording['channels']>,
): Promise<{ text: string; seconds: number; turns: number }> {
  const facts = await probe(wav, 'wav');
  const audio = { key: 'demo/audio/call.wav', etag: '1', facts, read: async () => wav };
  const job = { name: 'demo', org: 'demo', call: 'call', language: 'en-US', audio };
  const progress = await pocketsphinxTranscriber({ allowTelephone: false }).begin(job, new AbortController().signal);
  if (progress.state !== 'done') throw new Error(`pocketsphinx: ${progress.state}`);
  const { turns } = nameSpeakers(parseTranscribe(progress.document), { channels, greetings: [], ownNames: [] });
  const cues = turns.map(
    ({ speaker, start, end, text }) =>
      `${timeOf(start)} --> ${timeOf(end)}\n<v ${speaker === 'agent' ? 'Agent' : 'Customer'}>${text}\n`,
  );
  const seconds = Math.round(facts.seconds);
  return { text: ['WEBVTT\n', `NOTE seconds: ${seconds}\n`, ...cues].join('\n'), seconds, turns: turns.length };
}

/** As WebVTT writes seconds. */
const timeOf = (seconds: number): string => {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return `${String(minutes).padStart(2, '0')}:${rest.toFixed(3).padStart(6, '0')}`;
};
