import { say } from '../../../lib/printable.ts';
import type { Evaluator, SentimentScorer, Transcriber } from '../../ports.ts';
import { evaluatorConformance } from './evaluator.ts';
import { sampleJob } from './sample.ts';
import { sentimentConformance } from './sentiment.ts';
import { transcriberConformance } from './transcriber.ts';

/** The suites themselves: the least engine that keeps to each passes it. */

transcriberConformance('that knows one word', async () => {
  const items = [{ type: 'pronunciation', start_time: '0.1', end_time: '0.5', alternatives: [{ content: 'hello' }] }];
  const transcriber: Transcriber = {
    name: 'one-word',
    settings: {},
    async begin(_job, signal) {
      signal.throwIfAborted();
      return { state: 'done', document: { results: { items } }, seconds: 0 };
    },
    check: async () => ({ state: 'failed', reason: say`Nothing is kept.`, retry: true }),
  };
  return { transcriber, job: sampleJob() };
});

sentimentConformance('that is never moved', async () => {
  const scorer: SentimentScorer = {
    name: 'calm',
    settings: {},
    async score(turns, language, signal) {
      signal.throwIfAborted();
      if (!language.startsWith('en')) return { notAnalysed: say`${language} is not known.` };
      if (!turns.some(({ text }) => text.trim() !== '')) return { notAnalysed: say`Nothing is said.` };
      return { sentiment: { overall: 'neutral', positive: 0, neutral: 1, negative: 0, mixed: 0 }, units: 0 };
    },
  };
  return { scorer, unknown: 'gd-GB' };
});

evaluatorConformance('that hears a greeting', async () => {
  const evaluator: Evaluator = {
    name: 'greeting',
    settings: {},
    async evaluate(turns, { rules }, signal) {
      signal.throwIfAborted();
      if (!turns.some(({ text }) => text.trim() !== '')) return { failed: say`Nothing is said.`, retry: false };
      const judge = (rule: string) => {
        if (rule === 'Greeting') return { rule, pass: true, score: 100, quote: 'Thank you for calling' };
        if (rule === 'Identity check') return { rule, pass: false, score: 0, note: 'Not heard.' };
        return { rule, reason: say`It has no phrases.` };
      };
      return { verdicts: rules.map(({ name }) => judge(name)), insights: {} };
    },
  };
  return { evaluator };
});
