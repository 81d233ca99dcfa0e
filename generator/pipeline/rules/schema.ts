import type { Json, JsonObject, Rule, Task } from '../ports.ts';

/** How a model is asked to call a rule: by its place, as names may be of any length and need not differ. */
export const ruleId = (at: number): string => `rule_${at + 1}`;

/** What a model may say of a rule. */
const VERDICTS = ['passed', 'failed', 'not_applicable'] as const;

/**
 * The JSON schema of a model's answer. It follows from the configuration alone, so that it is the same for each call of an organization: a
 * service compiles it once. It keeps to what all services know: no limits of lengths and numbers, nothing that may be left out.
 */
export function answerSchema({ rules, insights }: Pick<Task, 'rules' | 'insights'>): JsonObject {
  const parts: [string, JsonObject][] = [];
  if (rules.length > 0) parts.push(['rule_results', { type: 'array', items: rowSchema(rules) }]);
  const names = Object.keys(insights);
  if (names.length > 0)
    parts.push(['insights', objectOf(names.map((name) => [name, strict(insights[name] as JsonObject)]))]);
  return objectOf(parts);
}

const rowSchema = (rules: readonly Rule[]): JsonObject =>
  objectOf([
    ['rule', { type: 'string', enum: rules.map((_, at) => ruleId(at)) }],
    ['verdict', { type: 'string', enum: [...VERDICTS] }],
    ['score', { type: 'number', description: '0 to 100.' }],
    ['quote', { type: 'string', description: 'Words of the transcript, exactly as they stand there, or "".' }],
    ['note', { type: 'string', description: 'What the agent should do otherwise, or "".' }],
  ]);

const objectOf = (properties: readonly (readonly [string, JsonObject])[]): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  required: properties.map(([name]) => name),
  // Also where an insight is called __proto__.
  properties: Object.fromEntries(properties),
});

const DEEPEST = 8;
const PLAIN = ['string', 'number', 'integer', 'boolean', 'null'];

/** What of an insight's schema all services take; what has no form that a schema can name becomes text. */
function strict(schema: JsonObject, depth = 0): JsonObject {
  const { type, description, enum: values, items, properties, anyOf } = schema;
  const said: JsonObject = typeof description === 'string' ? { description } : {};
  if (depth < DEEPEST) {
    if (Array.isArray(anyOf) && anyOf.length > 0 && anyOf.every(isObject))
      return { anyOf: anyOf.map((each) => strict(each, depth + 1)), ...said };
    if (isObject(properties) && Object.keys(properties).length > 0)
      return {
        ...objectOf(
          Object.entries(properties).map(([name, each]) => [name, strict(isObject(each) ? each : {}, depth + 1)]),
        ),
        ...said,
      };
    if (type === 'array' || isObject(items))
      return { type: 'array', items: strict(isObject(items) ? items : {}, depth + 1), ...said };
  }
  if (Array.isArray(values) && values.length > 0 && values.every((each) => typeof each === 'string'))
    return { type: 'string', enum: [...new Set(values)], ...said };
  const types = (Array.isArray(type) ? type : [type]).filter(isPlain);
  return { type: types.length > 1 ? types : (types[0] ?? 'string'), ...said };
}

const isPlain = (type: Json | undefined): type is string => typeof type === 'string' && PLAIN.includes(type);
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
