import type { Json, JsonObject, TranscribeDocument } from '../ports.ts';

/** Something that was heard: a word, or some words that have one time. Times in seconds. */
export interface Heard {
  text: string;
  start?: number;
  end?: number;
  /** 0 to 1. */
  confidence?: number;
  /** As its source names it; `ch_0` and `ch_1` are the left and the right channel. */
  voice?: string;
}

/** What stands for a channel of stereo sound as a voice. */
export const CHANNEL = /^ch_\d$/;

/**
 * A document in Amazon Transcribe's shape of what any engine heard, so that one parser reads them all.
 * @param heard in the order in which it was said
 * @param language as BCP 47, where the engine has recognised it
 */
export function toDocument(heard: readonly Heard[], language?: string): TranscribeDocument {
  const said = heard
    .map((each) => ({ ...each, text: each.text.replaceAll(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text);
  const voices = [...new Set(said.map(({ voice }) => voice))].sort();
  const isStereo = voices.length > 0 && voices.every((voice) => voice !== undefined && CHANNEL.test(voice));
  const channels = isStereo
    ? voices.map((voice) => ({
        channel_label: voice ?? '',
        items: said.filter((each) => each.voice === voice).map((each) => itemOf(each)),
      }))
    : undefined;
  return {
    status: 'COMPLETED',
    results: {
      ...(language ? { language_code: language } : {}),
      transcripts: [{ transcript: said.map(({ text }) => text).join(' ') }],
      items: said.map((each) => itemOf(each, isStereo ? 'channel_label' : 'speaker_label')),
      ...(channels ? { channel_labels: { channels, number_of_channels: channels.length } } : {}),
    },
  };
}

function itemOf({ text, start, end, confidence, voice }: Heard, label?: string): JsonObject {
  const alternative: JsonObject = { content: text };
  if (confidence !== undefined) alternative.confidence = confidence.toFixed(3);
  const times: Record<string, Json> =
    start === undefined ? {} : { start_time: timeOf(start), end_time: timeOf(end ?? start) };
  return {
    type: 'pronunciation',
    ...times,
    alternatives: [alternative],
    ...(label && voice !== undefined ? { [label]: voice } : {}),
  };
}

/** As Transcribe writes seconds. */
const timeOf = (seconds: number): string => String(Math.round(seconds * 1000) / 1000);
