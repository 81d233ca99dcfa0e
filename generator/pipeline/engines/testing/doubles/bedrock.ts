import type { Json, JsonObject } from '../../../ports.ts';
import { type ModelRequest, wellAnswered } from './model.ts';
import { type Double, type DoubleAnswer, type DoubleRequest, double, jsonOf } from './server.ts';

/** What a model is to answer. */
export interface ModelReply {
  /** Absent: as the request was forced. */
  stopReason?: string;
  /** Absent: nothing. An object is given as the tool's input where a tool was asked for, else as text. */
  answer?: Json;
  /** Of content as it is, in place of the answer. */
  content?: Json[];
  usage?: { input: number; output: number };
}

export interface BedrockDouble extends Double {
  reply: (request: ModelRequest) => ModelReply;
  /** What models were asked, in order. */
  asked: ModelRequest[];
}

/** Our reading of Amazon Bedrock's Converse, for tests. What the service would refuse, it refuses. */
export async function bedrockDouble(): Promise<BedrockDouble> {
  const asked: ModelRequest[] = [];
  const it = await double({
    actionOf: ({ path, headers }) => {
      if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256')) throw new Error('the request is not signed');
      return /^\/model\/[^/]+\/converse$/.test(path) ? 'Converse' : path;
    },
    writeError: ({ code, message }) => ({ headers: { 'x-amzn-errortype': code }, body: JSON.stringify({ message }) }),
    answer(request) {
      const read = requestOf(request);
      if ('wrong' in read) return bad(read.wrong);
      asked.push(read);
      return { json: answered(self.reply(read), read) };
    },
  });
  const self: BedrockDouble = { ...it, asked, reply: (request) => ({ answer: wellAnswered(request) }) };
  return self;
}

const bad = (message: string): DoubleAnswer => ({ error: { status: 400, code: 'ValidationException', message } });

interface Body {
  system?: { text: string }[];
  messages: { role: string; content: JsonObject[] }[];
  inferenceConfig?: { maxTokens?: number; temperature?: number };
  toolConfig?: { tools: { toolSpec: { name: string; strict?: boolean; inputSchema: { json: JsonObject } } }[] };
  outputConfig?: { textFormat: { type: string; structure: { jsonSchema: { schema: string } } } };
}

function requestOf(request: DoubleRequest): ModelRequest | { wrong: string } {
  const body = jsonOf(request) as unknown as Body;
  const wrong = problemOf(body.messages);
  if (wrong) return { wrong };
  const tool = body.toolConfig?.tools[0]?.toolSpec;
  const text = body.outputConfig?.textFormat.structure.jsonSchema.schema;
  const texts = body.messages.map(({ content }) => content.map((block) => wordsOf(block)).join(''));
  return {
    model: decodeURIComponent(request.path.split('/')[2] ?? ''),
    instructions: (body.system ?? []).map((each) => each.text).join('\n'),
    messages: texts,
    schema: tool ? tool.inputSchema.json : text === undefined ? undefined : (JSON.parse(text) as JsonObject),
    form: tool ? (tool.strict ? 'strict-tool' : 'tool') : text === undefined ? 'none' : 'schema',
    maxTokens: body.inferenceConfig?.maxTokens,
    temperature: body.inferenceConfig?.temperature,
  };
}

const wordsOf = (block: JsonObject): string =>
  typeof block.text === 'string' ? block.text : JSON.stringify(block.toolUse ?? block.toolResult);

/** What Converse does not take: turns that do not alternate, nothing said, a tool's input that is no object, a tool's use without its result. */
function problemOf(messages: Body['messages']): string | undefined {
  for (const [at, { role, content }] of messages.entries()) {
    if (role !== (at % 2 === 0 ? 'user' : 'assistant'))
      return 'A conversation must alternate between user and assistant roles.';
    if (content.length === 0 || content.some(({ text }) => typeof text === 'string' && text.trim() === ''))
      return 'The text field in the ContentBlock object is blank.';
    for (const { toolUse } of content) {
      if (!toolUse) continue;
      const { toolUseId, input } = toolUse as JsonObject;
      if (typeof input !== 'object' || input === null || Array.isArray(input))
        return 'toolUse.input must be an object.';
      const next = messages[at + 1]?.content ?? [];
      if (!next.some(({ toolResult }) => (toolResult as JsonObject | undefined)?.toolUseId === toolUseId))
        return 'tool_use ids were found without tool_result blocks immediately after.';
    }
  }
  return undefined;
}

function answered({ stopReason, answer, content, usage }: ModelReply, { form, schema }: ModelRequest): JsonObject {
  const isTool = form === 'tool' || form === 'strict-tool';
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const blocks: Json[] =
    content ??
    (answer === undefined
      ? []
      : isTool && typeof answer !== 'string'
        ? [{ toolUse: { toolUseId: 'tooluse_1', name: 'give_answer', input: answer } }]
        : [{ text }]);
  const tokens = usage ?? { input: 1_000 + JSON.stringify(schema ?? {}).length, output: 100 };
  return {
    output: { message: { role: 'assistant', content: blocks } },
    stopReason: stopReason ?? (isTool ? 'tool_use' : 'end_turn'),
    usage: { inputTokens: tokens.input, outputTokens: tokens.output, totalTokens: tokens.input + tokens.output },
    metrics: { latencyMs: 1 },
  };
}
