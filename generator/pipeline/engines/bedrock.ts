import {
  BedrockRuntimeClient,
  type ContentBlock,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
  type Message,
  type ToolInputSchema,
} from '@aws-sdk/client-bedrock-runtime';
import { type Printable, say } from '../../lib/printable.ts';
import type { Config } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { Evaluator, Json, Task, Turn } from '../ports.ts';
import { PROMPT_VERSION, promptOf } from '../rules/prompt.ts';
import { answerSchema } from '../rules/schema.ts';
import { awsClient } from './aws-client.ts';
import { awsFailure, nameOf, said } from './aws-errors.ts';
import { askTwice, longestAnswer, repairText, type Said, withoutModel } from './model-turns.ts';

/** A form of answer that the service has not met before may take it some minutes to prepare. */
const LONGEST_MS = 300_000;
const TOOL = 'give_answer';
/** How long prompts may be is told by no code, only in words. */
const TOO_LONG =
  /too long|too many (?:input )?tokens|(?:context|token) (?:window|limit|length)|maximum (?:context|number of tokens)/i;

type Forced = Pick<ConverseCommandInput, 'toolConfig' | 'outputConfig'>;

/**
 * Judges calls by a model on Amazon Bedrock, by Converse.
 * @throws {PipelineError} configuration, where no model is named
 */
export function bedrockEvaluator(env: NodeJS.ProcessEnv, config: Config): Evaluator {
  const { bedrock } = config.engines;
  if (!bedrock)
    throw new PipelineError('configuration', [
      say`The engine bedrock needs "engines.bedrock.model" in pipeline-config.json: the id of a model or of an inference profile.`,
    ]);
  const { model, json } = bedrock;
  const client = new BedrockRuntimeClient(awsClient(env, 'BEDROCK_RUNTIME', LONGEST_MS));
  return {
    name: 'bedrock',
    settings: { model, json, prompt: PROMPT_VERSION },
    async evaluate(turns, task, signal) {
      signal.throwIfAborted();
      const easy = withoutModel(turns, task);
      if (easy) return easy;
      const send = (input: ConverseCommandInput) => client.send(new ConverseCommand(input), { abortSignal: signal });
      const conversation = converse(send, { model, json }, turns, task);
      try {
        return await askTwice(conversation, turns, task);
      } catch (error) {
        signal.throwIfAborted();
        if (nameOf(error) === 'ValidationException' && TOO_LONG.test(said(error)))
          return { failed: say`The call is longer than the model can read at once.`, retry: false };
        throw awsFailure(error, say`Amazon Bedrock could not judge a call with the model ${model}`, signal);
      }
    },
  };
}

/** One conversation about one call: what the model said first is kept for when it is asked again. */
function converse(
  send: (input: ConverseCommandInput) => Promise<ConverseCommandOutput>,
  { model, json }: NonNullable<Config['engines']['bedrock']>,
  turns: readonly Turn[],
  task: Task,
): (wrong?: Printable) => Promise<Said> {
  const { instructions, data } = promptOf(turns, task);
  const messages: Message[] = [{ role: 'user', content: [{ text: data }] }];
  return async (wrong) => {
    if (wrong) messages.push(repair(messages.at(-1), wrong));
    const output = await send({
      modelId: model,
      system: [{ text: instructions }],
      messages,
      inferenceConfig: { maxTokens: longestAnswer(task), temperature: task.temperature ?? 0 },
      ...forced(json, task),
    });
    const answer = saidIn(output);
    const content = output.output?.message?.content?.map(sendable) ?? [];
    messages.push({ role: 'assistant', content: content.length > 0 ? content : [{ text: '(nothing)' }] });
    return answer;
  };
}

/** Three ways of forcing the form, by what the model can do. */
function forced(json: 'schema' | 'strict-tool' | 'tool', task: Task): Forced {
  const schema = answerSchema(task);
  const description = 'The judgement of the call.';
  if (json === 'schema')
    return {
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { schema: JSON.stringify(schema), name: TOOL, description } },
        },
      },
    };
  const inputSchema = { json: schema } as ToolInputSchema;
  return {
    toolConfig: {
      tools: [{ toolSpec: { name: TOOL, description, inputSchema, ...(json === 'strict-tool' && { strict: true }) } }],
      toolChoice: { tool: { name: TOOL } },
    },
  };
}

function saidIn({ stopReason, output, usage }: ConverseCommandOutput): Said {
  const tokens = { input: usage?.inputTokens ?? 0, output: usage?.outputTokens ?? 0 };
  if (stopReason !== 'end_turn' && stopReason !== 'tool_use') return { ...stopOf(stopReason), usage: tokens };
  const blocks = output?.message?.content ?? [];
  const tool = blocks.find(({ toolUse }) => toolUse)?.toolUse;
  const answer = tool ? (tool.input as Json) : blocks.map(({ text }) => text ?? '').join('');
  return { answer, usage: tokens };
}

/** Why a model stopped, other than at the end of its answer. */
function stopOf(reason: string | undefined): { stopped: Printable; again: boolean } {
  const known = STOPS[reason ?? ''];
  if (known) return known;
  return { stopped: say`the model stopped for a reason that is not known here: ${reason ?? 'none'}`, again: false };
}

const STOPS: Readonly<Record<string, { stopped: Printable; again: boolean }>> = {
  max_tokens: {
    stopped: say`the model stopped at its length limit: raise "max_tokens" in ai-config.json`,
    again: false,
  },
  stop_sequence: { stopped: say`the model stopped at a stop sequence`, again: false },
  guardrail_intervened: { stopped: say`a guardrail of the account stopped the model`, again: false },
  content_filtered: { stopped: say`the model’s content filter held back the answer`, again: false },
  malformed_model_output: { stopped: say`the model’s answer was damaged`, again: true },
  malformed_tool_use: { stopped: say`the model did not keep to the form of the answer`, again: true },
  model_context_window_exceeded: {
    stopped: say`the call is longer than the model can read at once`,
    again: false,
  },
};

/** Converse takes back no input of a tool that is not an object, and no empty text. */
function sendable(block: ContentBlock): ContentBlock {
  const input = block.toolUse?.input;
  if (block.toolUse && (typeof input !== 'object' || input === null || Array.isArray(input)))
    return { text: JSON.stringify(input ?? null) };
  return block.text?.trim() === '' ? { text: '(nothing)' } : block;
}

/** The answer to a tool's use must name it. */
function repair(last: Message | undefined, wrong: Printable): Message {
  const text = repairText(wrong);
  const toolUseId = last?.content?.find(({ toolUse }) => toolUse)?.toolUse?.toolUseId;
  if (!toolUseId) return { role: 'user', content: [{ text }] };
  return { role: 'user', content: [{ toolResult: { toolUseId, status: 'error', content: [{ text }] } }] };
}
