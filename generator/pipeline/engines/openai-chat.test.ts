import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PipelineConfig } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { Evaluator, JsonObject } from '../ports.ts';
import { chatEvaluator } from './openai-chat.ts';
import { wellAnswered } from './testing/doubles/model.ts';
import { type ChatReply, type OpenAiDouble, openAiDouble } from './testing/doubles/openai.ts';
import type { Fault } from './testing/doubles/server.ts';
import { evaluated, evaluatorConformance } from './testing/evaluator.ts';
import { failureOf } from './testing/failure.ts';
import { running, SAMPLE_TASK, SAMPLE_TURNS } from './testing/sample.ts';

const KEY = 'sk-of-the-example';

let double: OpenAiDouble;
beforeAll(async () => {
  double = await openAiDouble();
});
afterAll(() => double[Symbol.asyncDispose]());

const secrets = (secret: JsonObject) => ({ secret: async () => secret });

async function open(url = double.url, key?: string): Promise<Evaluator> {
  double.faults.length = 0;
  double.asked.length = 0;
  double.key = key;
  double.chat = (request) => ({ content: JSON.stringify(wellAnswered(request)) });
  const openaiChat = { url, model: 'qwen3:8b', ...(key && { secret: 'cci-lite/models/acme' }) };
  return chatEvaluator(secrets({ key: key ?? '' }), PipelineConfig.parse({ engines: { openaiChat } }));
}
const judge = (evaluator: Evaluator) => evaluator.evaluate(SAMPLE_TURNS, SAMPLE_TASK, running());

evaluatorConformance('openai-chat', async () => ({
  evaluator: await open(undefined, KEY),
  paid: () => double.asked.length,
}));

describe('a server with chat completions', () => {
  it('is asked for the schema, at temperature 0', async () => {
    await evaluated(await open(), SAMPLE_TURNS, SAMPLE_TASK);
    expect(double.asked).toMatchObject([{ model: 'qwen3:8b', form: 'schema', temperature: 0, maxTokens: 4_096 }]);
    expect(double.requests.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('is found below /v1 however its address ends', async () => {
    for (const end of ['', '/', '/v1', '/v1/'])
      await evaluated(await open(`${double.url}${end}`), SAMPLE_TURNS, SAMPLE_TASK);
  });

  const stops: [string, ChatReply, RegExp][] = [
    ['length', { finish_reason: 'length' }, /length limit/],
    ['filter', { finish_reason: 'content_filter' }, /content filter/],
    ['refusal', { refusal: 'I cannot help with that.' }, /refused/],
  ];
  it.each(stops)('has judged nothing where it stops: %s', async (_, reply, reason) => {
    const evaluator = await open();
    double.chat = (request) => ({
      content: JSON.stringify(wellAnswered(request)),
      usage: { input: 5, output: 2 },
      ...reply,
    });
    const usage = { input: 5, output: 2 };
    expect(await judge(evaluator)).toEqual({ failed: expect.stringMatching(reason), retry: false, usage });
  });

  it('is asked once more where its answer cannot be used', async () => {
    const evaluator = await open();
    let asked = 0;
    double.chat = (request) => ({
      content: asked++ === 0 ? '<think>hm' : [{ type: 'text', text: JSON.stringify(wellAnswered(request)) }],
    });
    await evaluated(evaluator, SAMPLE_TURNS, SAMPLE_TASK);
    expect(double.asked[1]?.messages).toHaveLength(3);
  });

  const faults: [string, Fault, 'retry' | 'configuration', RegExp][] = [
    ['busy', { status: 429, code: 'rate_limit_exceeded' }, 'retry', /asked again later/],
    ['loading its model', { status: 503, code: 'unavailable_error' }, 'retry', /HTTP 503/],
    ['cut off', { kind: 'reset' }, 'retry', /ECONNRESET/],
    ['cut in the answer', { kind: 'cut' }, 'retry', /could not be asked/],
    ['a page', { kind: 'garbage' }, 'retry', /something else than a completion/],
    ['without money', { status: 429, code: 'insufficient_quota' }, 'configuration', /no money or quota/],
    ['a wrong key', { status: 401, code: 'invalid_api_key' }, 'configuration', /openaiChat\.secret/],
    ['no such model', { status: 404, code: 'model_not_found' }, 'configuration', /openaiChat\.model/],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      'configuration',
      /sends requests elsewhere/,
    ],
    [
      'what it does not know',
      { status: 400, code: 'bad', message: 'json_schema is not supported' },
      'configuration',
      /json_schema is not supported/,
    ],
  ];
  it.each(faults)('fails, and says what to do: %s', async (_, fault, kind, words) => {
    const evaluator = await open();
    double.faults.push(fault);
    const error = await failureOf(judge(evaluator));
    expect(error).toMatchObject({ kind, message: expect.stringMatching(words) });
  });

  it('says nothing that was said on the call, also where the server repeats it', async () => {
    const evaluator = await open();
    const message = 'Cannot parse: My parcel never came and nobody has told me why.';
    double.faults.push({ status: 400, code: 'bad_request', message });
    expect((await failureOf(judge(evaluator))).message).not.toMatch(/parcel/);
  });

  it('stops no organization for one call that is too long', async () => {
    const evaluator = await open();
    const message = 'the request exceeds the available context size';
    double.faults.push({ status: 400, code: 'exceed_context_size_error', message });
    expect(await judge(evaluator)).toMatchObject({
      failed: expect.stringContaining('longer than the model'),
      retry: false,
    });
  });

  it('gets its key, and no other machine gets it in the clear', async () => {
    await evaluated(await open(undefined, KEY), SAMPLE_TURNS, SAMPLE_TASK);
    expect(double.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    await expect(open('http://models.example.com', KEY)).rejects.toThrow(/must begin with https/);
    const error = await failureOf(
      chatEvaluator(
        secrets({}),
        PipelineConfig.parse({ engines: { openaiChat: { url: double.url, model: 'm', secret: 'x' } } }),
      ),
    );
    expect(error.message).toContain('has no "key"');
    const openaiChat = { url: double.url, model: 'm', secret: 'cci-lite/oak/other' };
    await expect(
      chatEvaluator(secrets({ key: KEY }), PipelineConfig.parse({ engines: { openaiChat } })),
    ).rejects.toThrow(/secret of a provider/);
  });

  it('needs an address in the configuration', async () => {
    await expect(chatEvaluator(secrets({}), PipelineConfig.parse({}))).rejects.toThrow(PipelineError);
  });

  it('waits where nobody listens', async () => {
    const evaluator = await open('http://127.0.0.1:9');
    expect(await failureOf(judge(evaluator))).toMatchObject({
      kind: 'retry',
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});
