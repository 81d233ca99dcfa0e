import type { Json, JsonObject } from '../../../ports.ts';

/** What a model was asked, whatever the protocol. */
export interface ModelRequest {
  model: string;
  instructions: string;
  /** Of user and model in turn. */
  messages: string[];
  schema: JsonObject | undefined;
  form: 'schema' | 'strict-tool' | 'tool' | 'none';
  maxTokens: number | undefined;
  temperature: number | undefined;
}

/** What a model is told of each rule. */
interface ListedRule {
  id: string;
  name: string;
}

/** The rules as a model was told them. */
export const rulesTold = ({ instructions }: ModelRequest): ListedRule[] =>
  instructions
    .split('\n')
    .filter((line) => line.startsWith('{"id":'))
    .map((line) => JSON.parse(line) as ListedRule);

/** What was said, as a model was told it. */
export const transcriptTold = ({ messages }: ModelRequest): { speaker: string; text: string }[] =>
  (messages[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { speaker: string; text: string });

/** A model that does its task: a greeting is met where somebody said it, all else failed with a note. */
export function wellAnswered(request: ModelRequest): JsonObject {
  const said = transcriptTold(request).find(({ text }) => /thank you for calling/i.test(text));
  const rows: Json[] = rulesTold(request).map(({ id, name }) =>
    name === 'Greeting' && said
      ? {
          rule: id,
          verdict: 'passed',
          score: 100,
          quote: /thank you for calling/i.exec(said.text)?.[0] ?? '',
          note: '',
        }
      : { rule: id, verdict: 'failed', score: 20, quote: '', note: 'Say it in the first sentence.' },
  );
  const { properties = {} } = (request.schema ?? {}) as { properties?: Record<string, JsonObject> };
  const fields = Object.keys((properties.insights?.properties ?? {}) as JsonObject);
  return {
    ...(properties.rule_results && { rule_results: rows }),
    ...(properties.insights && { insights: Object.fromEntries(fields.map((name) => [name, `the ${name}`])) }),
  };
}
