import type { Json, JsonObject } from '../../../ports.ts';
import { type ModelRequest, wellAnswered } from './model.ts';
import { type Double, type DoubleRequest, double, jsonOf } from './server.ts';

export interface ChatReply {
  finish_reason?: string;
  content?: Json;
  refusal?: string;
  usage?: { input: number; output: number };
  /** In place of the whole answer. */
  whole?: JsonObject;
}

/** What was sent with a sound. */
interface SpeechRequest {
  file: Uint8Array;
  name: string;
  fields: Record<string, string>;
}

export interface OpenAiDouble extends Double {
  /** Absent: none is wanted. */
  key?: string;
  chat: (request: ModelRequest) => ChatReply;
  speech: (request: SpeechRequest) => JsonObject;
  asked: ModelRequest[];
  heard: SpeechRequest[];
}

/** Our reading of a server that speaks as OpenAI's does, for tests: `/v1/chat/completions` and `/v1/audio/transcriptions`. */
export async function openAiDouble(): Promise<OpenAiDouble> {
  const [asked, heard]: [ModelRequest[], SpeechRequest[]] = [[], []];
  const it = await double({
    actionOf: ({ path }) => path,
    writeError: ({ code, message }) => ({ body: JSON.stringify({ error: { message, code, type: 'error' } }) }),
    async answer(request) {
      if (self.key !== undefined && request.headers.authorization !== `Bearer ${self.key}`)
        return { error: { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided.' } };
      if (request.path === '/v1/chat/completions') {
        const read = chatRequest(request);
        asked.push(read);
        return { json: completion(self.chat(read)) };
      }
      if (request.path !== '/v1/audio/transcriptions')
        return { error: { status: 404, code: 'not_found', message: `No route for ${request.path}.` } };
      const read = await speechRequest(request);
      heard.push(read);
      return { json: self.speech(read) };
    },
  });
  const self: OpenAiDouble = {
    ...it,
    asked,
    heard,
    chat: (request) => ({ content: JSON.stringify(wellAnswered(request)) }),
    speech: () => ({
      task: 'transcribe',
      language: 'english',
      duration: 10,
      text: ' Hello there.',
      segments: [{ id: 0, start: 0.5, end: 1.2, text: ' Hello there.' }],
    }),
  };
  return self;
}

interface Body {
  model: string;
  messages: { role: string; content: string }[];
  temperature?: number;
  max_tokens?: number;
  response_format?: { json_schema?: { schema: JsonObject } };
}

function chatRequest(request: DoubleRequest): ModelRequest {
  const body = jsonOf(request) as unknown as Body;
  const schema = body.response_format?.json_schema?.schema;
  return {
    model: body.model,
    instructions: body.messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => content)
      .join('\n'),
    messages: body.messages.filter(({ role }) => role !== 'system').map(({ content }) => content),
    schema,
    form: schema ? 'schema' : 'none',
    maxTokens: body.max_tokens,
    temperature: body.temperature,
  };
}

function completion({ finish_reason = 'stop', content, refusal, usage, whole }: ChatReply): JsonObject {
  if (whole) return whole;
  const tokens = usage ?? { input: 1_000, output: 100 };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason,
        message: { role: 'assistant', content: content ?? null, ...(refusal && { refusal }) },
      },
    ],
    usage: { prompt_tokens: tokens.input, completion_tokens: tokens.output },
  };
}

async function speechRequest({ body, headers }: DoubleRequest): Promise<SpeechRequest> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': String(headers['content-type']) },
  }).formData();
  const file = form.get('file') as File;
  const fields = [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { file: await file.bytes(), name: file.name, fields: Object.fromEntries(fields) };
}
