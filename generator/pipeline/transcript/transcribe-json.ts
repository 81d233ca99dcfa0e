import { z } from 'zod';
import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { TranscribeDocument } from '../ports.ts';
import { turnsOf, type VoiceTurn, type Word } from './turns.ts';

/** Seconds, as a text or a number; what is neither is no time. */
const Time = z
  .union([z.string(), z.number()])
  .transform((time) => (time === '' ? Number.NaN : Number(time)))
  .transform((time) => (Number.isFinite(time) && time >= 0 ? time : undefined))
  .optional()
  .catch(undefined);
const Label = z.string().optional().catch(undefined);

const Item = z.object({
  type: Label,
  start_time: Time,
  end_time: Time,
  speaker_label: Label,
  channel_label: Label,
  alternatives: z.array(z.object({ content: z.coerce.string() })).default([]),
});
const Items = z.array(Item);
const Segment = z.object({
  speaker_label: Label,
  items: z.array(z.object({ speaker_label: Label, start_time: Time, end_time: Time })).default([]),
});
const Document = z.object({
  results: z.object({
    language_code: Label,
    transcripts: z.array(z.object({ transcript: z.string() })).optional(),
    items: Items.optional(),
    speaker_labels: z
      .object({ segments: z.array(Segment).default([]) })
      .nullish()
      .catch(undefined),
    channel_labels: z
      .object({ channels: z.array(z.object({ channel_label: Label, items: Items.optional() })).default([]) })
      .nullish(),
  }),
});

/**
 * What was said, from a document in the shape of Amazon Transcribe: with labels of speakers, with channels, or with neither. A word belongs
 * to whom its label says, never to whom its time would fit; punctuation stands with the word before it.
 * @returns turns in the order in which they were said; none where nothing was said
 * @throws {PipelineError} poison, where it is of no such shape
 */
export function parseTranscribe(document: TranscribeDocument): VoiceTurn[] {
  const { transcripts, items, speaker_labels, channel_labels } = read(document);
  const channels = channel_labels?.channels.filter((channel) => channel.items) ?? [];
  if (channels.length > 0)
    return turnsOf(
      inOrder(channels.map((channel, i) => wordsOf(channel.items ?? [], () => channel.channel_label ?? `ch_${i}`))),
    );
  if (items) {
    const labelOf = labelsOf(speaker_labels?.segments ?? []);
    return turnsOf(wordsOf(items, (item) => item.channel_label ?? item.speaker_label ?? labelOf(item)));
  }
  if (transcripts)
    return transcripts.flatMap(({ transcript }) =>
      transcript.trim() ? [{ voice: '', start: 0, end: 0, text: transcript.trim() }] : [],
    );
  throw unreadable();
}

/** The language that was recognised, as BCP 47; absent: that which was asked for. */
export function languageOf(document: TranscribeDocument): string | undefined {
  return read(document).language_code;
}

function read(document: TranscribeDocument) {
  const { success, data } = Document.safeParse(document);
  if (!success) throw unreadable();
  return data.results;
}

const unreadable = (): PipelineError =>
  new PipelineError('poison', [
    say`The transcript is not of Amazon Transcribe's shape: it has neither results.items nor results.channel_labels. Put a whole one in its place, and replay the call.`,
  ]);

type ItemOf = z.infer<typeof Item>;

/** Words of one stream, each with the punctuation that follows it. */
function wordsOf(items: readonly ItemOf[], voiceOf: (item: ItemOf) => string | undefined): Word[] {
  const words: Word[] = [];
  const lastOf = new Map<string, Word>();
  for (const item of items) {
    const text = item.alternatives[0]?.content.trim() ?? '';
    if (!text) continue;
    const voice = voiceOf(item);
    const before =
      item.type === 'punctuation' ? (lastOf.get(voice ?? words.at(-1)?.voice ?? '') ?? words.at(-1)) : undefined;
    if (before) before.text += text;
    else {
      const word: Word = { voice: voice ?? '', text, start: item.start_time, end: item.end_time };
      words.push(word);
      lastOf.set(word.voice, word);
    }
  }
  return words;
}

/** Older documents name the speaker in the segments only: there the same word stands with the very same times. */
function labelsOf(segments: z.infer<typeof Segment>[]): (item: ItemOf) => string | undefined {
  const labels = new Map<string, (string | undefined)[]>();
  const key = (item: { start_time?: number; end_time?: number }): string => `${item.start_time} ${item.end_time}`;
  for (const segment of segments)
    for (const item of segment.items) {
      const label = item.speaker_label ?? segment.speaker_label;
      const same = labels.get(key(item));
      if (same) same.push(label);
      else labels.set(key(item), [label]);
    }
  for (const same of labels.values()) same.reverse();
  return (item) => (item.start_time === undefined ? undefined : labels.get(key(item))?.pop());
}

/** Words of several streams by their times; one without a time follows the word before it. */
function inOrder(streams: readonly Word[][]): Word[] {
  const timed = streams.flatMap((words) => {
    let time = 0;
    return words.map((word) => {
      // Never before what the same voice said earlier.
      time = Math.max(time, word.start ?? time);
      return { word, time };
    });
  });
  return timed.sort((a, b) => a.time - b.time).map(({ word }) => word);
}
