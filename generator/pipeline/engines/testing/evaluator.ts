import { describe, expect, it } from 'vitest';
import type { Evaluation, Evaluator, Task, Turn } from '../../ports.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { running, SAMPLE_TASK, SAMPLE_TURNS, stopped } from './sample.ts';

export interface EvaluatorUnderTest {
  evaluator: Evaluator;
  /** How often a model was asked; absent: none is. */
  paid?(): number;
  close?(): Promise<void>;
}

/** What every evaluator must do. @param open anew for each test; a model behind it answers `SAMPLE_TASK` well */
export function evaluatorConformance(name: string, open: () => Promise<EvaluatorUnderTest>): void {
  const use = async (work: (under: EvaluatorUnderTest) => Promise<void>) => {
    const under = await open();
    try {
      await work(under);
    } finally {
      await under.close?.();
    }
  };

  describe(`evaluator ${name}`, () => {
    it('says its name and its settings, which are JSON', () =>
      use(async ({ evaluator }) => {
        expect(evaluator.name).toMatch(/^[a-z0-9][a-z0-9 -]*$/);
        expect(JSON.parse(JSON.stringify(evaluator.settings))).toEqual(evaluator.settings);
      }));

    it('judges the rules of the task, and finds the greeting', () =>
      use(async ({ evaluator }) => {
        const evaluation = await evaluated(evaluator, SAMPLE_TURNS, SAMPLE_TASK);
        expectSound(evaluation, SAMPLE_TURNS, SAMPLE_TASK);
        const greeting = evaluation.verdicts.find(({ rule }) => rule === 'Greeting');
        expect(greeting).toMatchObject({ pass: true, quote: expect.stringMatching(/thank you for calling/i) });
        expect(evaluation.verdicts.find(({ rule }) => rule === 'Identity check')).toMatchObject({ pass: false });
      }));

    it('gives the same for the same', () =>
      use(async ({ evaluator }) => {
        const once = await evaluated(evaluator, SAMPLE_TURNS, SAMPLE_TASK);
        expect(await evaluated(evaluator, SAMPLE_TURNS, SAMPLE_TASK)).toEqual(once);
      }));

    it('asks nobody where there is nothing to judge', () =>
      use(async ({ evaluator, paid }) => {
        const before = paid?.();
        expect(await evaluated(evaluator, SAMPLE_TURNS, { rules: [], insights: {} })).toMatchObject({
          verdicts: [],
          insights: {},
        });
        expect(paid?.()).toBe(before);
      }));

    it('invents nothing where nothing was said', () =>
      use(async ({ evaluator, paid }) => {
        const before = paid?.();
        const silence: Turn[] = [{ speaker: 'agent', start: 0, end: 1, text: ' ' }];
        for (const turns of [[], silence]) {
          const outcome = await evaluator.evaluate(turns, SAMPLE_TASK, running());
          if ('failed' in outcome) expect(outcome).toMatchObject({ failed: expect.stringMatching(/\w/), retry: false });
          else for (const { pass, score } of outcome.verdicts) expect([pass, score]).toEqual([undefined, undefined]);
        }
        expect(paid?.()).toBe(before);
      }));

    it('keeps to its rules whatever is said', () =>
      use(async ({ evaluator }) => {
        for (const text of HOSTILE_TEXTS) {
          const turns: Turn[] = [...SAMPLE_TURNS, { speaker: 'customer', start: 30, end: 31, text }];
          const outcome = await evaluator.evaluate(turns, SAMPLE_TASK, running());
          if (!('failed' in outcome)) expectSound(outcome, turns, SAMPLE_TASK);
        }
      }));

    it('takes any name of a rule', () =>
      use(async ({ evaluator }) => {
        for (const rule of ['__proto__', 'constructor', '"quoted"', '規則', 'a\nb', ' x ', 'r'.repeat(500)]) {
          const task: Task = { rules: [{ name: rule, category: 'c', weight: 1 }], insights: {} };
          const outcome = await evaluator.evaluate(SAMPLE_TURNS, task, running());
          if (!('failed' in outcome)) expectSound(outcome, SAMPLE_TURNS, task);
        }
      }));

    it('does nothing once it is stopped', () =>
      use(async ({ evaluator, paid }) => {
        const before = paid?.();
        await expect(evaluator.evaluate(SAMPLE_TURNS, SAMPLE_TASK, stopped())).rejects.toThrow();
        expect(paid?.()).toBe(before);
      }));
  });
}

/** @throws where it failed */
export async function evaluated(evaluator: Evaluator, turns: readonly Turn[], task: Task): Promise<Evaluation> {
  const outcome = await evaluator.evaluate(turns, task, running());
  if ('failed' in outcome) throw new Error(outcome.failed);
  return outcome;
}

/** What holds of any evaluation. */
export function expectSound({ verdicts, insights, usage }: Evaluation, turns: readonly Turn[], task: Task): void {
  const names = task.rules.map(({ name }) => name);
  expect(verdicts.map(({ rule }) => rule)).toEqual(names);
  for (const { pass, score, quote, note, reason } of verdicts) {
    if (score !== undefined) expect(score >= 0 && score <= 100).toBe(true);
    if (score !== undefined) expect(pass).toBeDefined();
    if (pass === undefined) expect(reason).toMatch(/\w/);
    if (pass === false) expect(note).toMatch(/\S/);
    if (quote !== undefined) expect(turns.some(({ text }) => plain(text).includes(plain(quote)))).toBe(true);
  }
  for (const key of Object.keys(insights)) expect(Object.keys(task.insights)).toContain(key);
  for (const tokens of Object.values(usage ?? {})) expect(tokens).toBeGreaterThanOrEqual(0);
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
