import { z } from 'zod';
import { type Printable, say, shownJson } from '../lib/printable.ts';
import { PipelineError } from './errors.ts';
import { hashOf } from './hash.ts';
import type { Json, JsonObject, Rule, Task } from './ports.ts';
import type { World } from './world.ts';

/** Fields that the pipeline writes itself: an insight of such a name would replace one. */
const RESERVED = [
  ...['tenant_id', 'call_id', 'language', 'direction', 'from_number', 'to_number'],
  ...['start_timestamp', 'end_timestamp', 'duration_seconds', 'audio_uri', 'transcript_uri', 'metadata_uri'],
  ...['processing_timestamp', 'overall', 'positive', 'neutral', 'negative', 'confidence', 'overall_score', 'grade'],
];

const Match = z.object({
  speaker: z.enum(['agent', 'customer', 'anyone']).optional(),
  any: z.array(z.string()).optional(),
  none: z.array(z.string()).optional(),
  within: z.string().optional(),
  tolerance: z.number().min(0).max(0.5).optional(),
});
const Rules = z.array(
  z.object({
    rule_name: z.string().trim().min(1),
    category: z.string().nullish(),
    weight: z.coerce.number().nonnegative().nullish(),
    description: z.string().nullish(),
    match: Match.nullish(),
  }),
);
const Text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join('\n'))]).nullish();
const Ai = z.object({
  instructions: Text,
  business_context: Text,
  max_tokens: z.number().int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
});

/**
 * What calls are judged by, from `qa-config.json` and `ai-config.json`; either may be missing.
 * @throws {PipelineError} configuration, where one is there and wrong
 */
export function taskOf({ qa, ai }: Pick<World, 'qa' | 'ai'>): Task {
  const rules = checked(Rules, qa?.qa_rules ?? [], say`qa-config.json: qa_rules`).map(ruleOf);
  const names = rules.map(({ name }) => name.normalize('NFKC').replace(/\s+/g, ' ').toLowerCase());
  const twice = rules.find((_, i) => names.indexOf(names[i] ?? '') !== i);
  if (twice)
    throw new PipelineError('configuration', [
      say`qa-config.json: two rules are called ${shownJson(twice.name)}. Give each rule a name of its own.`,
    ]);
  const { instructions, business_context, max_tokens, temperature } = checked(Ai, ai ?? {}, say`ai-config.json`);
  const guidance = checked(Text, qa?.prompt_guidance ?? undefined, say`qa-config.json: prompt_guidance`);
  return {
    rules,
    insights: insightsOf(ai?.json_output_schema),
    ...(instructions && { instructions }),
    ...(business_context && { businessContext: business_context }),
    ...(guidance && { guidance }),
    ...(max_tokens != null && { maxTokens: max_tokens }),
    ...(temperature != null && { temperature }),
  };
}

/** What answers depend on of what calls are judged by. */
export const taskHash = (task: Task): string =>
  // Order is part of it: answers come in that of the configuration.
  hashOf(task.rules, Object.entries(task.insights), { ...task, rules: null, insights: null });

function ruleOf({ rule_name, category, weight, description, match }: z.infer<typeof Rules>[number]): Rule {
  return {
    name: rule_name,
    category: category ?? '',
    weight: weight ?? 1,
    ...(description && { description }),
    ...(match && { match }),
  } as Rule;
}

/** An example of what is to be given, or a JSON schema with `properties`. */
function insightsOf(schema: Json | undefined): Task['insights'] {
  if (!isObject(schema)) return {};
  const { properties } = schema;
  const entries = isObject(properties)
    ? Object.entries(properties).map(([key, value]) => [key, isObject(value) ? value : {}] as const)
    : Object.entries(schema).map(([key, value]) => [key, schemaOf(value)] as const);
  return Object.fromEntries(entries.filter(([key]) => key !== '' && !RESERVED.includes(key)));
}

/** A schema of which a value is an example. */
function schemaOf(example: Json): JsonObject {
  if (Array.isArray(example)) return { type: 'array', items: schemaOf(example[0] ?? '') };
  if (isObject(example)) {
    const properties = Object.fromEntries(Object.entries(example).map(([key, value]) => [key, schemaOf(value)]));
    return { type: 'object', properties };
  }
  if (typeof example === 'number' || typeof example === 'boolean') return { type: typeof example };
  // An example in words says what is meant.
  return { type: 'string', ...(typeof example === 'string' && example !== '' && { description: example }) };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function checked<T>(schema: z.ZodType<T>, value: unknown, where: Printable): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const path = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') ?? '';
  throw new PipelineError('configuration', [
    say`${where}${path} is wrong: ${issue?.message ?? 'it has another form'}. Correct the file; no call is judged before.`,
  ]);
}
