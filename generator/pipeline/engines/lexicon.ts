import vader from 'vader-sentiment';
import { wordsOf } from '#shared/search/terms.ts';
import { say } from '../../lib/printable.ts';
import type { Sentiment, SentimentScorer, Turn } from '../ports.ts';

/** A turn counts for or against where its score is beyond this, and a call needs so many of them. */
const [CLEAR, TURNS] = [0.3, 2];
/** The mean of a call, weighted by words, must be beyond these. Callers are polite: for "positive" more is asked. */
const [POSITIVE, NEGATIVE] = [0.5, -0.3];
/** Bytes of a turn that are read. */
const LONGEST = 20_000;

/**
 * Sentiment of what the customer says, by a word list for English. It claims little: a call is neutral unless the customer's turns are clearly
 * apart and none says the opposite; then positive - negative is their mean.
 */
export function lexiconScorer(): SentimentScorer {
  return {
    name: 'lexicon',
    settings: { version: 1 },
    free: true,
    async score(turns, language, signal) {
      signal.throwIfAborted();
      if (!/^en(?:-|$)/i.test(language))
        return { notAnalysed: say`The word list is of English, and the call is in ${language}.` };
      const said = turns.filter(({ speaker, text }) => speaker === 'customer' && text.trim() !== '');
      if (said.length === 0) return { notAnalysed: say`It is not known which words are the customer's.` };
      return { sentiment: sentimentOf(said), units: 0 };
    },
  };
}

function sentimentOf(turns: readonly Turn[]): Sentiment {
  const scores = turns.map(({ text }) => ({
    score: vader.SentimentIntensityAnalyzer.polarity_scores(text.slice(0, LONGEST)).compound,
    words: wordsOf(text).length,
  }));
  const words = scores.reduce((sum, each) => sum + each.words, 0);
  const mean = words === 0 ? 0 : scores.reduce((sum, each) => sum + each.score * each.words, 0) / words;
  const [up, down] = [
    scores.filter(({ score }) => score >= CLEAR).length,
    scores.filter(({ score }) => score <= -CLEAR).length,
  ];
  const none = { positive: 0, neutral: 1, negative: 0, mixed: 0 };
  if (mean >= POSITIVE && up >= TURNS && down === 0)
    return { ...none, overall: 'positive', positive: cents(mean), neutral: cents(1 - mean) };
  if (mean <= NEGATIVE && down >= TURNS && up === 0)
    return { ...none, overall: 'negative', negative: cents(-mean), neutral: cents(1 + mean) };
  return { ...none, overall: 'neutral' };
}

const cents = (n: number): number => Math.round(n * 100) / 100;
