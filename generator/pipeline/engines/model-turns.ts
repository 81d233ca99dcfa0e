import { type Printable, say } from '../../lib/printable.ts';
import type { Evaluation, Evaluator, Json, Task, Turn } from '../ports.ts';
import { readAnswer } from '../rules/answer.ts';

/** Tokens that were paid for. */
type Usage = { input: number; output: number };

/** What a model answered once. */
export type Said =
  | { answer: string | Json; usage: Usage }
  /** It stopped before it had answered; `again`: asked once more it may not. */
  | { stopped: Printable; again: boolean; usage: Usage };

/** Asks a model; the second time with what was wrong with its first answer. */
export type Ask = (wrong?: Printable) => Promise<Said>;

type Outcome = Awaited<ReturnType<Evaluator['evaluate']>>;

/** Ask once, and once more where the answer cannot be read. What both cost is added up. No third answer would be worth its price. */
export async function askTwice(ask: Ask, turns: readonly Turn[], task: Task): Promise<Outcome> {
  const usage: Usage = { input: 0, output: 0 };
  const once = async (before?: Printable): Promise<Evaluation | { wrong: Printable; again: boolean }> => {
    const said = await ask(before);
    usage.input += said.usage.input;
    usage.output += said.usage.output;
    if ('stopped' in said) return { wrong: said.stopped, again: said.again };
    const read = readAnswer(said.answer, turns, task);
    return 'evaluation' in read ? { ...read.evaluation, usage } : { wrong: read.unreadable, again: true };
  };
  const first = await once();
  const outcome = 'wrong' in first && first.again ? await once(first.wrong) : first;
  return 'wrong' in outcome ? { failed: sentence(outcome.wrong), retry: false, usage } : outcome;
}

const sentence = (clause: Printable): Printable => say`${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

/** What needs no model: nothing to judge, or nothing said. @returns undefined where a model has to be asked */
export function withoutModel(turns: readonly Turn[], { rules, insights }: Task): Outcome | undefined {
  if (rules.length === 0 && Object.keys(insights).length === 0)
    return { verdicts: [], insights: {} } satisfies Evaluation;
  if (!turns.some(({ text }) => /[\p{L}\p{N}]/u.test(text)))
    return { failed: say`Nothing was said that could be judged.`, retry: false };
  return undefined;
}

/** What a model is told where its answer cannot be read. */
export const repairText = (wrong: Printable): string =>
  `Your answer cannot be used: ${wrong}. Answer again, with one JSON object of the given schema and nothing else.`;

/** Tokens of an answer at the most. */
export const longestAnswer = ({ maxTokens = 4_096 }: Task): number => maxTokens;
