import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { Heard } from './to-document.ts';

/** The line with a cue's times; hours may be left out, and of subtitles a comma stands for the point. */
const TIMES = /^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s+-->\s+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})/;
const VOICE = /<v(?:\.[^\s<>]*)?\s([^<>]*)>/;
const NAME = /^([^:<>]{1,40}):\s+(?=\S)/;
/** Of names before a colon: of a meeting with more, they are no voices. */
const MOST_NAMES = 10;
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '',
  rlm: '',
  quot: '"',
  apos: "'",
};

/**
 * What a WebVTT file says: one entry for each cue, or for each voice in it. Voices are those of `<v NAME>`; where there are none and every
 * cue begins with a name and a colon, as conference systems write, those names.
 * @throws {PipelineError} poison, where it has text but no cue
 */
export function parseVtt(text: string): Heard[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\0', '\ufffd');
  const blocks = lines.split(/\n[ \t]*\n+/);
  const cues = blocks.flatMap(cueOf);
  if (cues.length === 0 && blocks.some((block) => block.trim() && !/^(?:WEBVTT|NOTE|STYLE|REGION)/.test(block.trim())))
    throw new PipelineError('poison', [
      say`The transcript beside the recording is no WebVTT: it has text, but no cue with its times. Put a whole one in its place, and replay the call.`,
    ]);
  return namesBeforeColons(cues.flatMap(piecesOf));
}

interface Cue {
  start: number;
  end: number;
  payload: string;
}

function cueOf(block: string): Cue[] {
  const lines = block.split('\n');
  const at = lines.findIndex((line) => TIMES.test(line));
  // A cue may have one line before its times: its name.
  if (at < 0 || /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(lines[0] ?? '')) return [];
  const [, start = '', end = ''] = TIMES.exec(lines[at] ?? '') ?? [];
  return [{ start: secondsOf(start), end: secondsOf(end), payload: lines.slice(at + 1).join('\n') }];
}

/** A cue by its voices. Where several speak, nobody knows when each began. */
function piecesOf({ start, end, payload }: Cue): Heard[] {
  const parts = payload.split(/(?=<v[.\s])/);
  return parts.flatMap((part) => {
    const voice = VOICE.exec(part)?.[1];
    const text = plain(part);
    return text ? [{ text, start, end, ...(voice?.trim() ? { voice: plain(voice) } : {}) }] : [];
  });
}

function namesBeforeColons(heard: Heard[]): Heard[] {
  const names = heard.map(({ text, voice }) => (voice === undefined ? NAME.exec(text)?.[1]?.trim() : undefined));
  if (heard.length < 2 || names.includes(undefined) || new Set(names).size > MOST_NAMES) return heard;
  return heard.map((each, i) => ({ ...each, voice: names[i], text: each.text.replace(NAME, '') }));
}

const plain = (text: string): string =>
  text
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll(/\s+/g, ' ')
    .trim();

function secondsOf(time: string): number {
  const [seconds = 0, minutes = 0, hours = 0] = time.replace(',', '.').split(':').map(Number).reverse();
  return hours * 3600 + minutes * 60 + seconds;
}
