import { say } from '../../lib/printable.ts';
import type { Evaluator, Rule, Turn, Verdict } from '../ports.ts';
import { judgePhrases } from '../rules/phrases.ts';

/** Checks rules by their phrases (`match` in `qa-config.json`), without a model. A rule without phrases is not evaluated, and nothing is guessed. */
export function phraseEvaluator(): Evaluator {
  return {
    name: 'phrases',
    settings: { version: 1 },
    free: true,
    async evaluate(turns, { rules }, signal) {
      signal.throwIfAborted();
      return { verdicts: rules.map((rule) => verdictOf(rule, turns)), insights: {} };
    },
  };
}

function verdictOf({ name, match }: Rule, turns: readonly Turn[]): Verdict {
  if (!match) return { rule: name, reason: say`It has no phrases, and no model is named that would check it.` };
  const { pass, reason, ...proof } = judgePhrases(match, turns);
  return pass === undefined ? { rule: name, reason } : { rule: name, pass, score: pass ? 100 : 0, ...proof };
}
