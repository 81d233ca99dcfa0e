import type { Evaluation, Rule, Turn, Verdict } from '../ports.ts';
import { findQuote } from '../rules/evidence.ts';

/** A rule's result, as it stands in a row of `qa/`. */
interface Row {
  rule_name: string;
  category: string;
  weight: number;
  /** Absent, with `pass`: it was not evaluated, or does not apply. */
  score?: number;
  pass?: boolean;
  evidence: string | null;
  coach_note: string | null;
}

export interface Scored {
  rows: Row[];
  /** Absent where no rule was evaluated. */
  overall?: { overall_score: number; grade: Grade };
  /** What was left out of the answer, and why rules have no verdict: for `v1.0` alone. */
  remarks: string[];
}

type Grade = 'A' | 'B' | 'C' | 'D' | 'E';

/**
 * What an evaluation comes to. Names, categories and weights are the configuration's; a quote that nobody said is left out; whoever failed
 * a rule reads why.
 */
export function scoreOf(
  rules: readonly Rule[],
  { verdicts }: Pick<Evaluation, 'verdicts'>,
  turns: readonly Turn[],
): Scored {
  const remarks: string[] = [];
  const rows = rules.map((rule) =>
    rowOf(
      rule,
      verdicts.find((verdict) => same(verdict.rule, rule.name)),
      turns,
      remarks,
    ),
  );
  for (const { rule } of verdicts)
    if (!rules.some(({ name }) => same(name, rule)))
      remarks.push(`a verdict on a rule that is not configured was left out: ${rule}`);
  const score = meanOf(rows);
  return { rows, remarks, ...(score !== undefined && { overall: { overall_score: score, grade: gradeOf(score) } }) };
}

function rowOf(rule: Rule, verdict: Verdict | undefined, turns: readonly Turn[], remarks: string[]): Row {
  const { name, category, weight } = rule;
  const row = { rule_name: name, category, weight, evidence: null, coach_note: null };
  if (verdict?.pass === undefined) {
    remarks.push(`not evaluated: ${name}: ${verdict?.reason ?? 'there is no verdict'}`);
    return row;
  }
  const { pass, quote, note } = verdict;
  const isSaid = quote !== undefined && findQuote(quote, turns) !== undefined;
  if (quote && !isSaid) remarks.push(`a quote that nobody said was left out: ${name}`);
  return {
    ...row,
    pass,
    score: verdict.score === undefined || !Number.isFinite(verdict.score) ? (pass ? 100 : 0) : within(verdict.score),
    evidence: isSaid ? quote : null,
    // Without a word a failed rule would look like a model that failed.
    coach_note: note?.trim() || (pass ? null : `Not met: ${rule.description || name}`),
  };
}

/** Weighted mean of the rules that were evaluated, 2 decimals. Where none has a weight, all have the same. */
function meanOf(rows: readonly Row[]): number | undefined {
  const evaluated = rows.filter(({ score }) => score !== undefined);
  if (evaluated.length === 0) return undefined;
  const total = evaluated.reduce((sum, { weight }) => sum + weight, 0);
  const weightOf = ({ weight }: Row) => (total > 0 ? weight / total : 1 / evaluated.length);
  const mean = evaluated.reduce((sum, row) => sum + (row.score ?? 0) * weightOf(row), 0);
  return within(Math.round(mean * 100) / 100);
}

const gradeOf = (score: number): Grade =>
  score >= 90 ? 'A' : score >= 80 ? 'B' : score >= 70 ? 'C' : score >= 60 ? 'D' : 'E';

const within = (score: number): number => Math.min(100, Math.max(0, score));

const same = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
