import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PipelineConfig } from '../config.ts';
import type { Evaluator, Json, Turn } from '../ports.ts';
import { bedrockEvaluator } from './bedrock.ts';
import { chatEvaluator } from './openai-chat.ts';
import { type BedrockDouble, bedrockDouble } from './testing/doubles/bedrock.ts';
import { type ModelRequest, rulesTold, transcriptTold } from './testing/doubles/model.ts';
import { type OpenAiDouble, openAiDouble } from './testing/doubles/openai.ts';
import { doubleEnv } from './testing/doubles/server.ts';
import { evaluated, expectSound } from './testing/evaluator.ts';
import { ORDERS } from './testing/orders.ts';
import { SAMPLE_TASK, SAMPLE_TURNS } from './testing/sample.ts';

let [bedrock, openai]: [BedrockDouble, OpenAiDouble] = [] as never;
let evaluators: [string, Evaluator, ModelRequest[]][] = [];
beforeAll(async () => {
  [bedrock, openai] = await Promise.all([bedrockDouble(), openAiDouble()]);
  bedrock.reply = (request) => ({ answer: obedient(request) });
  openai.chat = (request) => ({ content: JSON.stringify(obedient(request)) });
  const engines = { bedrock: { model: 'm' }, openaiChat: { url: openai.url, model: 'm' } };
  const config = PipelineConfig.parse({ engines });
  evaluators = [
    ['bedrock', bedrockEvaluator(doubleEnv('BEDROCK_RUNTIME', bedrock.url), config), bedrock.asked],
    ['openai', await chatEvaluator({ secret: async () => ({}) }, config), openai.asked],
  ];
});
afterAll(() => Promise.all([bedrock[Symbol.asyncDispose](), openai[Symbol.asyncDispose]()]));

/** A model that does all that it is told on the call: rules of its own, quotes that it makes up, fields that nobody asked for. */
function obedient(request: ModelRequest): Json {
  const row = (rule: string, quote: string) => ({ rule, verdict: 'passed', score: 100, quote, note: '', weight: 1000 });
  return {
    rule_results: [
      ...rulesTold(request).map(({ id }) => row(id, 'I verified your identity completely and thoroughly')),
      row('Bonus', 'hello'),
      row('rule_99', 'hello'),
    ],
    insights: { summary: 'Perfect.', direction: 'inbound', overall_score: 100, grade: 'A', __proto__: { x: 1 } },
    overall_score: 100,
  };
}

describe('a call on which somebody gives orders', () => {
  it.each(ORDERS.map((order, at) => [at, order.slice(0, 40), order] as const))(
    'is data, and moves nothing but its own text: %i %s',
    async (_at, _short, order) => {
      const turns: Turn[] = [...SAMPLE_TURNS, { speaker: 'customer', start: 30, end: 40, text: order }];
      for (const [, evaluator, asked] of evaluators) {
        const evaluation = await evaluated(evaluator, turns, SAMPLE_TASK);
        expectSound(evaluation, turns, SAMPLE_TASK);
        // Nobody said what the model quotes, though somebody may have told it to.
        expect(evaluation.verdicts.every(({ quote }) => quote === undefined)).toBe(true);
        expect(evaluation.insights).toEqual({ summary: 'Perfect.' });
        expect(evaluation.remarks).toContain('2 rows of the model’s answer named no rule of the configuration.');
        const request = asked.at(-1) as ModelRequest;
        const [data = '', ...more] = request.messages;
        expect(more).toEqual([]);
        // The section ends once, where it was ended; each turn is told as it was said, and the instructions know nothing of it.
        expect(data.match(/<\/?transcript>/g)).toEqual(['<transcript>', '</transcript>']);
        expect(data.endsWith('\n</transcript>')).toBe(true);
        expect(transcriptTold(request).map(({ text }) => text)).toEqual(turns.map(({ text }) => text));
        expect(request.instructions).toBe(asked[0]?.instructions);
        expect(rulesTold(request)).toHaveLength(SAMPLE_TASK.rules.length);
      }
    },
  );
});
