import type { RuleSpec } from './model.ts';

/** One line as the pipeline writes it: a space after each comma and colon, no others. */
export function line(value: unknown): string {
  // A raw line break can only be the indentation's: those within strings are escaped.
  return JSON.stringify(value, null, 1)
    .replace(/(?<=[[{])\n\s*|\n\s*(?=[\]}])/g, '')
    .replace(/\n\s*/g, ' ');
}

/** A configuration file as a person would write it. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export const qaConfig = (rules: readonly RuleSpec[], guidance: string): string =>
  json({
    qa_rules: rules.map(({ name, category, weight, description }) => ({
      rule_name: name,
      category,
      weight,
      description,
    })),
    qa_output_schema: { rule_results: [{}] },
    prompt_guidance: guidance,
  });

export const aiConfig = (schema: object, context: string): string =>
  json({
    json_output_schema: { ...schema, recommendations: [] },
    instructions: ['Summarise the call in at most three sentences.', 'Name the topic in a few words.'],
    business_context: context,
    max_tokens: 2000,
    temperature: 0.1,
  });
