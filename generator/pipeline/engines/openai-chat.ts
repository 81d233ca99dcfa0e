import { z } from 'zod';
import { type Printable, say } from '../../lib/printable.ts';
import type { Config } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { Evaluator, OpenContext, Task, Turn } from '../ports.ts';
import { PROMPT_VERSION, promptOf } from '../rules/prompt.ts';
import { answerSchema } from '../rules/schema.ts';
import { type Answer, type ModelServer, modelServer, post, refusalOf, refused } from './http.ts';
import { askTwice, longestAnswer, repairText, type Said, withoutModel } from './model-turns.ts';

/** A model without a graphics card reads a long call in several minutes. */
const LONGEST_MS = 30 * 60_000;
const SETTING = 'engines.openaiChat';
/** How long prompts may be is told by no code that all servers know. */
const TOO_LONG =
  /context[ _](?:length|window|size)|exceeds? the (?:available )?context|maximum context|too long|too many tokens/i;

const Tokens = z.number().nonnegative().catch(0);
const Completion = z.looseObject({
  choices: z.array(
    z.looseObject({
      finish_reason: z.string().nullish(),
      message: z.looseObject({
        content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]).nullish(),
        refusal: z.string().nullish(),
      }),
    }),
  ),
  usage: z.looseObject({ prompt_tokens: Tokens, completion_tokens: Tokens }).nullish(),
});

interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/**
 * Judges calls by a server with `/v1/chat/completions`, such as Ollama, llama.cpp or vLLM.
 * @throws {PipelineError} configuration, where none is named
 */
export async function chatEvaluator(context: Pick<OpenContext, 'secret'>, config: Config): Promise<Evaluator> {
  const { openaiChat } = config.engines;
  if (!openaiChat)
    throw new PipelineError('configuration', [
      say`The engine openai needs "engines.openaiChat" in pipeline-config.json: the url and the model of a server with /v1/chat/completions.`,
    ]);
  const { url, model } = openaiChat;
  const server = await modelServer(openaiChat, SETTING, context);
  return {
    name: 'openai-chat',
    settings: { url, model, prompt: PROMPT_VERSION },
    async evaluate(turns, task, signal) {
      signal.throwIfAborted();
      return withoutModel(turns, task) ?? askTwice(chat(server, model, turns, task, signal), turns, task);
    },
  };
}

/** One conversation about one call. */
function chat(
  server: ModelServer,
  model: string,
  turns: readonly Turn[],
  task: Task,
  signal: AbortSignal,
): (wrong?: Printable) => Promise<Said> {
  const { instructions, data } = promptOf(turns, task);
  const messages: ChatMessage[] = [
    { role: 'system', content: instructions },
    { role: 'user', content: data },
  ];
  return async (wrong) => {
    if (wrong) messages.push({ role: 'user', content: repairText(wrong) });
    const body = JSON.stringify({
      model,
      messages,
      temperature: task.temperature ?? 0,
      max_tokens: longestAnswer(task),
      stream: false,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, schema: answerSchema(task) },
      },
    });
    const answer = await post(server, '/chat/completions', { body, type: 'application/json' }, signal, LONGEST_MS);
    const said = saidIn(server, answer, data);
    messages.push({ role: 'assistant', content: 'answer' in said ? String(said.answer) : '' });
    return said;
  };
}

/** @throws {PipelineError} where the server refuses, or answers something else */
function saidIn(server: ModelServer, answer: Answer, data: string): Said {
  const nothing = { input: 0, output: 0 };
  if (answer.status !== 200) {
    const { code, message } = refusalOf(answer);
    if (answer.status === 413 || (answer.status === 400 && TOO_LONG.test(`${code} ${message}`)))
      return { stopped: say`the call is longer than the model can read at once`, again: false, usage: nothing };
    throw refused(server, answer, 'judge a call', SETTING, data);
  }
  const completion = Completion.safeParse(jsonOf(answer.text)).data;
  const choice = completion?.choices[0];
  if (!choice)
    throw new PipelineError('retry', [
      say`${server.host} answers with something else than a completion. Check "${SETTING}.url" in pipeline-config.json.`,
    ]);
  const usage = { input: completion.usage?.prompt_tokens ?? 0, output: completion.usage?.completion_tokens ?? 0 };
  const { content, refusal } = choice.message;
  if (refusal) return { stopped: say`the model refused to answer`, again: false, usage };
  const stop = STOPS[choice.finish_reason ?? 'stop'];
  if (stop) return { stopped: stop, again: false, usage };
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  return { answer: text, usage };
}

/** What is no end of an answer. Servers call the end "stop", "eos", "tool_calls" and more. */
const STOPS: Readonly<Record<string, Printable>> = {
  length: say`the model stopped at its length limit: raise "max_tokens" in ai-config.json`,
  max_tokens: say`the model stopped at its length limit: raise "max_tokens" in ai-config.json`,
  content_filter: say`the model’s content filter held back the answer`,
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
