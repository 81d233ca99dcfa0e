import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PipelineConfig } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { Evaluator, Json } from '../ports.ts';
import { bedrockEvaluator } from './bedrock.ts';
import { type BedrockDouble, bedrockDouble, type ModelReply } from './testing/doubles/bedrock.ts';
import { wellAnswered } from './testing/doubles/model.ts';
import { doubleEnv, type Fault } from './testing/doubles/server.ts';
import { evaluated, evaluatorConformance, expectSound } from './testing/evaluator.ts';
import { failureOf } from './testing/failure.ts';
import { running, SAMPLE_TASK, SAMPLE_TURNS } from './testing/sample.ts';

const MODEL = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const FORMS = ['schema', 'strict-tool', 'tool'] as const;
type Form = (typeof FORMS)[number];

let double: BedrockDouble;
beforeAll(async () => {
  double = await bedrockDouble();
});
afterAll(() => double[Symbol.asyncDispose]());

function open(json: Form = 'tool'): Evaluator {
  double.faults.length = 0;
  double.asked.length = 0;
  double.reply = (request) => ({ answer: wellAnswered(request) });
  const config = PipelineConfig.parse({ engines: { bedrock: { model: MODEL, json } } });
  return bedrockEvaluator(doubleEnv('BEDROCK_RUNTIME', double.url), config);
}
const judge = (evaluator: Evaluator) => evaluator.evaluate(SAMPLE_TURNS, SAMPLE_TASK, running());
/** Answers in turn; the last one again. */
const replies = (...all: ModelReply[]): void => {
  double.reply = () => (all.length > 1 ? all.shift() : all[0]) as ModelReply;
};

evaluatorConformance('bedrock', async () => ({ evaluator: open(), paid: () => double.asked.length }));

describe('a model on Bedrock', () => {
  it.each(FORMS)('is asked in the form of the configuration, with one schema: %s', async (form) => {
    const evaluation = await evaluated(open(form), SAMPLE_TURNS, SAMPLE_TASK);
    expect(evaluation.usage?.output).toBe(100);
    expect(evaluation.insights).toEqual({ summary: 'the summary', topic: 'the topic' });
    expect(double.asked).toMatchObject([{ model: MODEL, form, temperature: 0, maxTokens: 4_096 }]);
    expect(double.asked[0]?.schema).toMatchObject({ additionalProperties: false });
  });

  const stops: [string, RegExp, number][] = [
    ['max_tokens', /stopped at its length limit/, 1],
    ['stop_sequence', /stop sequence/, 1],
    ['guardrail_intervened', /guardrail/, 1],
    ['content_filtered', /content filter/, 1],
    ['model_context_window_exceeded', /longer than the model can read/, 1],
    ['malformed_model_output', /damaged/, 2],
    ['malformed_tool_use', /form of the answer/, 2],
    ['something_new', /not known here: something_new/, 1],
  ];
  it.each(stops)(
    'has judged nothing where it stops by %s, though its answer looks whole',
    async (stopReason, reason, asked) => {
      const evaluator = open();
      double.reply = (request) => ({ stopReason, answer: wellAnswered(request), usage: { input: 10, output: 5 } });
      expect(await judge(evaluator)).toEqual({
        failed: expect.stringMatching(reason),
        retry: false,
        usage: { input: 10 * asked, output: 5 * asked },
      });
      expect(double.asked).toHaveLength(asked);
    },
  );

  const unusable: [string, ModelReply][] = [
    ['nothing', {}],
    ['prose', { answer: 'The agent did well.', stopReason: 'end_turn' }],
    ['a tool’s input that is a list', { answer: [1, 2] }],
    ['a tool’s input that is null', { content: [{ toolUse: { toolUseId: 't', name: 'give_answer', input: null } }] }],
    ['a tool’s input that is text', { content: [{ toolUse: { toolUseId: 't', name: 'give_answer', input: 'x' } }] }],
    ['an empty object', { answer: {} }],
    ['empty text', { content: [{ text: ' ' }], stopReason: 'end_turn' }],
    ['thoughts alone', { content: [{ reasoningContent: { reasoningText: { text: 'hm' } } }], stopReason: 'end_turn' }],
    ['a cut answer', { answer: '{"rule_results": [{"rule": "rule_1", "verd', stopReason: 'end_turn' }],
  ];
  it.each(unusable)('is asked once more where its answer cannot be used: %s', async (_, reply) => {
    for (const form of ['schema', 'tool'] as const) {
      const evaluator = open(form);
      let asked = 0;
      double.reply = (request) => (asked++ === 0 ? reply : { answer: wellAnswered(request) });
      const evaluation = await evaluated(evaluator, SAMPLE_TURNS, SAMPLE_TASK);
      expectSound(evaluation, SAMPLE_TURNS, SAMPLE_TASK);
      expect(evaluation.usage?.output).toBe(200);
      expect(double.asked[1]?.messages.at(-1)).toContain('cannot be used');
    }
  });

  it('has judged nothing where its second answer cannot be used either', async () => {
    const evaluator = open();
    replies({ answer: 'sorry', usage: { input: 7, output: 3 } });
    expect(await judge(evaluator)).toEqual({
      failed: 'The model’s answer is no JSON object.',
      retry: false,
      usage: { input: 14, output: 6 },
    });
  });

  it('gives no verdict on a rule that the tool’s input leaves out', async () => {
    const evaluator = open();
    const only: Json = { rule_results: [{ rule: 'rule_1', verdict: 'passed', score: '85', quote: '', note: '' }] };
    replies({ answer: only });
    const { verdicts } = await evaluated(evaluator, SAMPLE_TURNS, SAMPLE_TASK);
    expect(verdicts.map(({ pass, score }) => [pass, score])).toEqual([
      [true, 85],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  const faults: [string, Fault, 'retry' | 'configuration', RegExp][] = [
    ['throttled', { status: 429, code: 'ThrottlingException' }, 'retry', /ThrottlingException, HTTP 429/],
    ['unavailable', { status: 503, code: 'ServiceUnavailableException' }, 'retry', /tried again later/],
    ['broken', { status: 500, code: 'InternalServerException' }, 'retry', /InternalServerException/],
    ['not ready', { status: 429, code: 'ModelNotReadyException' }, 'retry', /ModelNotReadyException/],
    ['too slow', { status: 408, code: 'ModelTimeoutException' }, 'retry', /ModelTimeoutException/],
    ['a 502 of a proxy', { status: 502, code: 'Bad Gateway' }, 'retry', /HTTP 502/],
    ['cut off', { kind: 'reset' }, 'retry', /ECONNRESET/],
    ['answered and lost', { kind: 'lost' }, 'retry', /ECONNRESET/],
    ['cut in the answer', { kind: 'cut' }, 'retry', /tried again later/],
    ['no service', { kind: 'garbage' }, 'retry', /something else than the service answered/],
    ['not allowed', { status: 403, code: 'AccessDeniedException' }, 'configuration', /Grant the right/],
    [
      'no such model',
      { status: 404, code: 'ResourceNotFoundException' },
      'configuration',
      /Check the name of the model/,
    ],
    [
      'a wrong request',
      { status: 400, code: 'ValidationException', message: 'bad field' },
      'configuration',
      /bad field/,
    ],
    [
      'a form that the model does not know',
      { status: 400, code: 'ValidationException', message: 'JSON schema is not supported.' },
      'configuration',
      /JSON schema is not supported/,
    ],
    ['a key that is over', { status: 403, code: 'ExpiredTokenException' }, 'configuration', /Sign in again/],
  ];
  it.each(faults)('fails once, and says what to do: %s', async (_, fault, kind, words) => {
    const evaluator = open();
    double.faults.push(fault);
    const before = double.requests.length;
    const error = await failureOf(judge(evaluator));
    expect(error).toMatchObject({ kind, message: expect.stringMatching(words) });
    expect(double.requests.length - before).toBe(1);
    // Nothing of the call, and no key.
    expect(error.message).not.toMatch(/parcel|secret-of-the-example|AKID/);
  });

  it('comes back when the service says so', async () => {
    const evaluator = open();
    double.faults.push({ status: 429, code: 'ThrottlingException', headers: { 'retry-after': '7' } });
    expect(await failureOf(judge(evaluator))).toMatchObject({ waitMs: 7_000 });
  });

  it('stops no organization for one call that is too long', async () => {
    const evaluator = open();
    double.faults.push({ status: 400, code: 'ValidationException', message: 'Input is too long for requested model.' });
    expect(await judge(evaluator)).toEqual({ failed: expect.stringContaining('longer than the model'), retry: false });
  });

  it('needs a model in the configuration', () => {
    expect(() => bedrockEvaluator({}, PipelineConfig.parse({}))).toThrow(PipelineError);
  });

  it('stops while it is asked', async () => {
    const evaluator = open();
    const control = new AbortController();
    double.faults.push({ kind: 'hang', met: () => control.abort(new Error('stopped by somebody')) });
    await expect(evaluator.evaluate(SAMPLE_TURNS, SAMPLE_TASK, control.signal)).rejects.toThrow('stopped by somebody');
  });
});
