import { expect, test } from 'vitest';
import type { Job, Turn } from '../ports.ts';
import { lexiconScorer } from './lexicon.ts';
import { phraseEvaluator } from './phrases.ts';
import { sidecarTranscriber } from './sidecar.ts';
import { evaluatorConformance } from './testing/evaluator.ts';
import { sampleJob } from './testing/sample.ts';
import { sentimentConformance } from './testing/sentiment.ts';
import { transcriberConformance } from './testing/transcriber.ts';

const signal = new AbortController().signal;
const turn = (speaker: Turn['speaker'], text: string): Turn => ({ speaker, start: 0, end: 1, text });

test('phrases: what has none is not evaluated, with its reason', async () => {
  const rules = [
    { name: 'Greeting', category: 'Opening', weight: 1, match: { any: ['good morning'] } },
    { name: 'Empathy', category: 'Care', weight: 2 },
    { name: 'Recording', category: 'Law', weight: 2, match: { any: ['may be recorded'] } },
  ];
  expect(await phraseEvaluator().evaluate([turn('agent', 'Good morning.')], { rules, insights: {} }, signal)).toEqual({
    insights: {},
    verdicts: [
      { rule: 'Greeting', pass: true, score: 100, quote: 'Good morning.' },
      { rule: 'Empathy', reason: 'It has no phrases, and no model is named that would check it.' },
      { rule: 'Recording', pass: false, score: 0, note: 'Not heard from the agent: "may be recorded".' },
    ],
  });
});

const CLEARLY = ['This is terrible, I am very angry.', 'Your service is awful and I hate it.'];

test.each([
  ['neutral', 'en-GB', ['Hello.', 'Yes, thank you.', 'My meter shows four two seven one.']],
  ['neutral', 'en', ['Great, thank you so much, that is wonderful!', 'No, this is terrible and I am angry.']],
  ['negative', 'en-US', CLEARLY],
  ['positive', 'en', ['That is great, thank you so much!', 'Wonderful, you are very kind and helpful.']],
])('lexicon: %s', async (overall, language, said) => {
  const result = await lexiconScorer().score(
    [turn('agent', CLEARLY.join(' ')), ...said.map((text) => turn('customer', text))],
    language,
    signal,
  );
  expect(result).toMatchObject({ units: 0, sentiment: { overall } });
});

test('lexicon: another language, or no customer, is not analysed', async () => {
  const [first] = CLEARLY;
  expect(await lexiconScorer().score([turn('customer', first ?? '')], 'de-DE', signal)).toHaveProperty('notAnalysed');
  expect(await lexiconScorer().score([turn('unknown', first ?? '')], 'en', signal)).toHaveProperty('notAnalysed');
});

test('sidecar: a call without a transcript waits, and costs nothing with one', async () => {
  const sidecar = { name: 'a.vtt', body: new TextEncoder().encode('WEBVTT\n\n00:00.000 --> 00:01.000\nHello.') };
  const job = { language: 'en-US' } as Job;
  await expect(sidecarTranscriber().begin(job, signal)).rejects.toMatchObject({ kind: 'retry' });
  expect(await sidecarTranscriber().begin({ ...job, sidecar }, signal)).toMatchObject({ state: 'done', seconds: 0 });
});

const file = (text: string) => ({ name: 'call.vtt', body: new TextEncoder().encode(text) });
transcriberConformance('sidecar', async () => ({
  transcriber: sidecarTranscriber(),
  job: sampleJob({ sidecar: file('WEBVTT\n\n00:00.000 --> 00:01.000\n<v Agent>Hello.') }),
  empty: sampleJob({ sidecar: file('WEBVTT\n') }),
}));
sentimentConformance('lexicon', async () => ({ scorer: lexiconScorer(), unknown: 'gd-GB' }));
evaluatorConformance('phrases', async () => ({ evaluator: phraseEvaluator() }));
