import { expect, it } from 'vitest';
import { taskHash, taskOf } from './task.ts';

it('reads rules and insights, and leaves out names that are the pipeline’s own', () => {
  const task = taskOf({
    qa: {
      qa_rules: [
        { rule_name: ' Greets ', weight: '2' },
        { rule_name: 'Closes', category: 'End', match: { any: ['bye'] } },
      ],
    },
    ai: {
      json_output_schema: { topic: '', direction: '', next_steps: [], mood: { level: 1 }, grade: 'A' },
      instructions: ['Be brief.', 'Be fair.'],
      max_tokens: 700,
    },
  });
  expect(task).toEqual({
    rules: [
      { name: 'Greets', category: '', weight: 2 },
      { name: 'Closes', category: 'End', weight: 1, match: { any: ['bye'] } },
    ],
    insights: {
      topic: { type: 'string' },
      next_steps: { type: 'array', items: { type: 'string' } },
      mood: { type: 'object', properties: { level: { type: 'number' } } },
    },
    instructions: 'Be brief.\nBe fair.',
    maxTokens: 700,
  });
  const schema = {
    type: 'object',
    properties: { topic: { type: 'string', maxLength: 20 }, overall: { type: 'string' } },
  };
  expect(taskOf({ ai: { json_output_schema: schema } }).insights).toEqual({ topic: { type: 'string', maxLength: 20 } });
  expect(taskOf({})).toEqual({ rules: [], insights: {} });
});

it('changes its hash with all that answers depend on, and with nothing else', () => {
  const qa = { qa_rules: [{ rule_name: 'a' }, { rule_name: 'b' }] };
  const hash = taskHash(taskOf({ qa }));
  expect(taskHash(taskOf({ qa: { ...qa, scoring: { pass_threshold: 0.7 } } }))).toBe(hash);
  for (const other of [
    { qa: { qa_rules: [{ rule_name: 'b' }, { rule_name: 'a' }] } },
    { qa: { qa_rules: [{ rule_name: 'a', weight: 2 }, { rule_name: 'b' }] } },
    { qa: { ...qa, prompt_guidance: 'Be strict.' } },
    { qa, ai: { instructions: 'Be brief.' } },
    { qa, ai: { json_output_schema: { topic: '' } } },
  ])
    expect(taskHash(taskOf(other as object))).not.toBe(hash);
});

it('says what is wrong with a configuration, and judges nothing by half of it', () => {
  const problem = (qa: object) => {
    try {
      taskOf({ qa: qa as never });
      return undefined;
    } catch (error) {
      return [(error as { kind: string }).kind, String(error)].join(': ');
    }
  };
  expect(problem({ qa_rules: [{ category: 'x' }] })).toMatch(/^configuration: .*qa_rules\[0\]\.rule_name is wrong/);
  expect(problem({ qa_rules: 'none' })).toMatch(/^configuration: /);
  expect(problem({ qa_rules: [{ rule_name: 'a', weight: -1 }] })).toMatch(/weight is wrong/);
  expect(problem({ qa_rules: [{ rule_name: 'A b' }, { rule_name: 'a  B' }] })).toMatch(/two rules are called/);
});
