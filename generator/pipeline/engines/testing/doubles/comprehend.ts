import type { JsonObject } from '../../../ports.ts';
import { awsJson, type Double, type DoubleError, double, jsonOf } from './server.ts';

export interface ComprehendDouble extends Double {
  /** Places of texts, in their request, that fail with a code. */
  failing: Map<number, string>;
  /** All texts that were scored. */
  texts: string[];
}

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'pt', 'zh', 'zh-TW'];
const MOST_BYTES = 5_000;

/** Our reading of Amazon Comprehend, for tests: it judges by two words, and no more than the first 500 characters of a text. */
export async function comprehendDouble(): Promise<ComprehendDouble> {
  const failing = new Map<number, string>();
  const texts: string[] = [];
  const it = await double({
    ...awsJson('Comprehend_20171127'),
    answer(request) {
      if (request.action !== 'BatchDetectSentiment') throw new Error(`no such action: ${request.action}`);
      const { TextList, LanguageCode } = jsonOf(request) as { TextList: string[]; LanguageCode: string };
      const error = refusal(TextList, LanguageCode);
      if (error) return { error };
      texts.push(...TextList);
      const all = TextList.map((text, Index) => ({ Index, ...scored(text) }));
      const isFailing = (Index: number): boolean =>
        failing.has(Index) || Buffer.byteLength(TextList[Index] ?? '') > MOST_BYTES;
      return {
        json: {
          ResultList: all.filter(({ Index }) => !isFailing(Index)),
          ErrorList: all
            .filter(({ Index }) => isFailing(Index))
            .map(({ Index }) => ({
              Index,
              ErrorCode: failing.get(Index) ?? 'TEXT_SIZE_LIMIT_EXCEEDED',
              ErrorMessage: 'Input text size exceeds limit.',
            })),
        },
      };
    },
  });
  return { ...it, failing, texts };
}

function refusal(list: string[], language: string): DoubleError | undefined {
  const bad = (code: string): DoubleError => ({ status: 400, code, message: `${code}.` });
  if (list.length === 0 || list.some((text) => text.trim() === '' || !text.isWellFormed()))
    return bad('InvalidRequestException');
  if (list.length > 25) return bad('BatchSizeLimitExceededException');
  return LANGUAGES.includes(language) ? undefined : bad('UnsupportedLanguageException');
}

function scored(text: string): JsonObject {
  const seen = text.slice(0, 500).toLowerCase();
  const [good, bad] = [/great|thank/.test(seen), /never|broken/.test(seen)];
  const [Positive, Negative, Mixed] = [good && !bad ? 0.9 : 0, bad && !good ? 0.9 : 0, good && bad ? 0.9 : 0];
  const Neutral = 1 - Positive - Negative - Mixed;
  return {
    Sentiment: Mixed ? 'MIXED' : Positive ? 'POSITIVE' : Negative ? 'NEGATIVE' : 'NEUTRAL',
    SentimentScore: { Positive, Negative, Neutral, Mixed },
  };
}
