import { z } from 'zod';
import type { Heard } from './to-document.ts';

const Seconds = z.number().nonnegative().optional().catch(undefined);
const Voice = z
  .union([z.string(), z.number()])
  .transform((voice) => String(voice).trim())
  .optional()
  .catch(undefined);
const Word = z.object({ word: z.string(), start: Seconds, end: Seconds, speaker: Voice });

/** Of whisper itself, faster-whisper, WhisperX, and of servers that answer as OpenAI's (`verbose_json`, `diarized_json`). */
const Whisper = z.object({
  language: z.string().optional().catch(undefined),
  text: z.string().optional(),
  segments: z
    .array(
      z.object({
        text: z.string(),
        start: Seconds,
        end: Seconds,
        speaker: Voice,
        words: z.array(Word).optional().catch(undefined),
      }),
    )
    .optional(),
  words: z.array(Word).optional(),
});

/** Of whisper.cpp (`-oj`); times in milliseconds, and with `-di` the channel as speaker. */
const WhisperCpp = z.object({
  result: z.object({ language: z.string().optional() }).optional(),
  transcription: z.array(
    z.object({ text: z.string(), speaker: Voice, offsets: z.object({ from: Seconds, to: Seconds }).optional() }),
  ),
});

/** What whisper writes where nobody speaks. */
const BLANK = /^\[(?:BLANK_AUDIO|SILENCE|MUSIC)\]$/i;

/**
 * What a JSON file of whisper says, by its segments, which have punctuation; by its words where these have voices, or where there are no segments.
 * @returns undefined where it is of no such shape
 */
export function parseWhisper(document: unknown): { heard: Heard[]; language?: string } | undefined {
  const cpp = WhisperCpp.safeParse(document).data;
  if (cpp) {
    const heard = cpp.transcription.map(({ text, speaker, offsets }) => ({
      text,
      ...(offsets?.from === undefined ? {} : { start: offsets.from / 1000, end: (offsets.to ?? offsets.from) / 1000 }),
      ...(speaker && /^\d$/.test(speaker) ? { voice: `ch_${speaker}` } : {}),
    }));
    return { heard: heard.filter(isSpeech), language: tagOf(cpp.result?.language) };
  }
  const whisper = Whisper.safeParse(document).data;
  if (!whisper) return undefined;
  const { text, segments, words, language } = whisper;
  const heard = segments?.length
    ? segments.flatMap(heardOf)
    : words?.length
      ? words.map(heardWord)
      : text === undefined && !segments && !words
        ? undefined
        : [{ text: text ?? '' }];
  return heard && { heard: heard.filter(isSpeech), language: tagOf(language) };
}

type Segment = NonNullable<z.infer<typeof Whisper>['segments']>[number];

function heardOf({ text, start, end, speaker, words }: Segment): Heard[] {
  const voices = new Set(words?.map((word) => word.speaker ?? speaker));
  if (words && voices.size > 1) return words.map((word) => heardWord({ ...word, speaker: word.speaker ?? speaker }));
  const voice = speaker ?? words?.[0]?.speaker;
  return [{ text, start, end, ...(voice ? { voice } : {}) }];
}

const heardWord = ({ word, start, end, speaker }: z.infer<typeof Word>): Heard => ({
  ...{ text: word, start, end },
  ...(speaker ? { voice: speaker } : {}),
});

const isSpeech = ({ text }: Heard): boolean => text.trim() !== '' && !BLANK.test(text.trim());

/** As BCP 47; servers that answer as OpenAI's write "english". */
function tagOf(language = ''): string | undefined {
  return NAMES[language.toLowerCase()] ?? (/^[a-z]{2,3}(?:-\w{2,8})*$/i.test(language) ? language : undefined);
}

const NAMES: Record<string, string> = {
  ...{ english: 'en', german: 'de', french: 'fr', spanish: 'es', italian: 'it', portuguese: 'pt', dutch: 'nl' },
  ...{ polish: 'pl', czech: 'cs', danish: 'da', swedish: 'sv', norwegian: 'no', finnish: 'fi', greek: 'el' },
  ...{ turkish: 'tr', russian: 'ru', ukrainian: 'uk', arabic: 'ar', hebrew: 'he', hindi: 'hi', japanese: 'ja' },
  ...{ chinese: 'zh', korean: 'ko', romanian: 'ro', hungarian: 'hu', bulgarian: 'bg', vietnamese: 'vi', thai: 'th' },
};
