import {
  BatchDetectSentimentCommand,
  type BatchDetectSentimentCommandOutput,
  ComprehendClient,
  type LanguageCode,
} from '@aws-sdk/client-comprehend';
import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { Sentiment, SentimentScorer } from '../ports.ts';
import { awsClient } from './aws-client.ts';
import { awsFailure, nameOf } from './aws-errors.ts';
import { chunksOf } from './chunks.ts';

const LONGEST_MS = 30_000;
/** What the service takes in one request. */
const BATCH = 25;
const LANGUAGES = new Set(['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'pt', 'zh', 'zh-TW']);
/** What is charged: units of so many characters, and at least so many units a text. */
const UNIT = 100;
const LEAST_UNITS = 3;

type Shares = Omit<Sentiment, 'overall'>;

/** Scores sentiment by Amazon Comprehend: that of a call is the mean of its texts', by their length. */
export function comprehendScorer(env: NodeJS.ProcessEnv): SentimentScorer {
  const client = new ComprehendClient(awsClient(env, 'COMPREHEND', LONGEST_MS));
  return {
    name: 'comprehend',
    settings: { chunks: 1 },
    async score(turns, language, signal) {
      signal.throwIfAborted();
      const code = languageOf(language);
      if (!code) return { notAnalysed: say`Amazon Comprehend does not know the language ${language}.` };
      const texts = chunksOf(turns).filter((text) => /[\p{L}\p{N}]/u.test(text));
      if (texts.length === 0) return { notAnalysed: say`Nothing was said.` };
      try {
        const scores: Shares[] = [];
        for (let at = 0; at < texts.length; at += BATCH) {
          const batch = texts.slice(at, at + BATCH);
          const command = new BatchDetectSentimentCommand({ TextList: batch, LanguageCode: code as LanguageCode });
          scores.push(...scoresOf(await client.send(command, { abortSignal: signal }), batch.length));
        }
        return { sentiment: meanOf(texts, scores), units: unitsOf(texts) };
      } catch (error) {
        signal.throwIfAborted();
        if (nameOf(error) === 'UnsupportedLanguageException')
          return { notAnalysed: say`Amazon Comprehend does not know the language ${language}.` };
        throw awsFailure(error, say`Amazon Comprehend could not score a call`, signal);
      }
    },
  };
}

/** @param language as BCP 47 */
function languageOf(language: string): string | undefined {
  if (/^zh-(?:Hant|TW|HK|MO)\b/i.test(language)) return 'zh-TW';
  const [base = ''] = language.toLowerCase().split('-');
  return LANGUAGES.has(base) ? base : undefined;
}

/**
 * A score a text, in their order. The answer names those that failed beside those that did not.
 * @throws {PipelineError} retry, where a text has none: a mean over the others would be that of another call
 */
function scoresOf({ ResultList = [], ErrorList = [] }: BatchDetectSentimentCommandOutput, length: number): Shares[] {
  const scores: (Shares | undefined)[] = Array.from({ length });
  for (const { Index = -1, SentimentScore: score } of ResultList) {
    const shares = [score?.Positive, score?.Neutral, score?.Negative, score?.Mixed].map((share) => share ?? Number.NaN);
    const [positive = 0, neutral = 0, negative = 0, mixed = 0] = shares;
    if (Index >= 0 && Index < length && shares.every((share) => share >= 0 && share <= 1))
      scores[Index] = { positive, neutral, negative, mixed };
  }
  const all = scores.filter((each) => each !== undefined);
  if (all.length === length) return all;
  const codes = [...new Set(ErrorList.map(({ ErrorCode }) => ErrorCode ?? 'no reason'))];
  const missing = length - all.length;
  throw new PipelineError('retry', [
    say`Amazon Comprehend scored all but ${missing} of ${length} texts of a call (${codes.length > 0 ? codes : ['no reason']}). The call is tried again later.`,
  ]);
}

function meanOf(texts: readonly string[], scores: readonly Shares[]): Sentiment {
  const sum: Shares = { positive: 0, neutral: 0, negative: 0, mixed: 0 };
  let length = 0;
  for (const [at, score] of scores.entries()) {
    const weight = texts[at]?.length ?? 0;
    length += weight;
    for (const name of NAMES) sum[name] += weight * score[name];
  }
  for (const name of NAMES) sum[name] = Math.min(1, sum[name] / length);
  // Of two that are equal the milder one.
  const overall = NAMES.reduce((best, name) => (sum[name] > sum[best] ? name : best));
  return { overall, ...sum };
}

const NAMES = ['neutral', 'mixed', 'positive', 'negative'] as const;

const unitsOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Math.max(LEAST_UNITS, Math.ceil(text.length / UNIT)), 0);
