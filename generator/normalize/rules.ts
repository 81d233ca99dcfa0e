import type { QaState, RuleResult } from '../model.ts';
import type { JsonObject } from '../source/json.ts';
import { booleanOf, numberOf, textOf } from './fields.ts';
import type { Told } from './remarks.ts';

/** Identity of a rule: NFKC, trimmed, single spaces, lower case. */
export const ruleId = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

export interface QaReading {
  state: QaState;
  rules: RuleResult[];
  /** Told to the reader, such as two rows of one rule. */
  remarks: Told[];
}

/**
 * Which of the three states a call's rows are in, and its rules where they were evaluated.
 * @param rows the rows of `qa/`; undefined where there is no readable object
 * @param score the call's own `overall_score` and `grade`: rows that say otherwise are another run's
 */
export function readQa(
  rows: JsonObject[] | undefined,
  score: number | undefined,
  grade: string | undefined,
): QaReading {
  if (rows === undefined) return { state: 'not evaluated yet', rules: [], remarks: [] };
  if (rows.some((row) => differs(row, score, grade))) return { state: 'not evaluated yet', rules: [], remarks: [] };
  if (rows.every(isFailedAnalysis)) return { state: 'not evaluated', rules: [], remarks: [] };
  const results = rows.map(ruleResult);
  const { rules, remarks } = distinctRules(results.filter((result) => result !== undefined));
  const nameless = results.filter((result) => result === undefined);
  remarks.push(...nameless.map(() => ({ code: 'rule-without-name' }) as const));
  return { state: 'evaluated', rules, remarks };
}

/** Of two results of one rule the failed one counts, else the one with a verdict, then the lower score; it is remarked on. */
export function distinctRules(results: readonly RuleResult[]): { rules: RuleResult[]; remarks: Told[] } {
  const rules = new Map<string, RuleResult>();
  const remarks: Told[] = [];
  for (const result of results) {
    const other = rules.get(result.rule);
    if (other) remarks.push({ code: 'two-rows-of-a-rule', rule: result.name });
    if (!other || counts(result, other)) rules.set(result.rule, result);
  }
  return { rules: [...rules.values()], remarks };
}

/** The model failed, or the transcript was empty: every row looks like this. */
const isFailedAnalysis = (row: JsonObject): boolean =>
  numberOf(row.score) === 0 &&
  booleanOf(row.pass) === false &&
  (row.evidence ?? null) === null &&
  (row.coach_note ?? null) === null;

function differs(row: JsonObject, score: number | undefined, grade: string | undefined): boolean {
  const rowScore = numberOf(row.overall_score);
  const rowGrade = textOf(row.grade);
  return (rowScore !== undefined && rowScore !== score) || (rowGrade !== undefined && rowGrade !== grade);
}

function ruleResult(row: JsonObject): RuleResult | undefined {
  const name = textOf(row.rule_name)?.replace(/\s+/g, ' ');
  if (name === undefined) return undefined;
  const score = numberOf(row.score);
  return {
    rule: ruleId(name),
    name,
    category: textOf(row.category),
    score: score !== undefined && score >= 0 && score <= 100 ? score : undefined,
    pass: booleanOf(row.pass),
    weight: numberOf(row.weight),
    evidence: textOf(row.evidence),
    coachNote: textOf(row.coach_note),
  };
}

/** The failed one first, else one with a verdict, then the lower score; of equals the first. */
function counts(row: RuleResult, other: RuleResult): boolean {
  const rank = ({ pass }: RuleResult) => (pass === false ? 0 : pass === true ? 1 : 2);
  const [a, b] = [row.score ?? Number.POSITIVE_INFINITY, other.score ?? Number.POSITIVE_INFINITY];
  return rank(row) < rank(other) || (rank(row) === rank(other) && a < b);
}
