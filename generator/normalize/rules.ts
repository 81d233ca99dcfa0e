import { strip } from '#shared/format/strip.ts';
import type { QaState, RuleResult } from '#shared/model.ts';
import { LIMITS } from '../lib/limits.ts';
import type { JsonObject } from '../source/json.ts';
import { distinct, doesNotApply, ledger, NOTHING, type Reader, upTo } from './reading.ts';
import type { FieldRemark } from './remarks.ts';
import { nameOf, textOf } from './texts.ts';
import { gradeOf, numberWithin, scoreOf, verdictOf } from './values.ts';

/** Identity of a rule: NFKC, trimmed, single spaces, lower case. */
export const ruleId = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

export interface QaReading {
  state: QaState;
  rules: RuleResult[];
  /** Told to the reader, such as two rows of one rule. */
  remarks: FieldRemark[];
}

/** One row of `qa/` as read. A row without a name is of no rule, but has its part in what state the call is in. */
interface QaRow {
  result: Omit<RuleResult, 'rule' | 'name'>;
  name?: string | undefined;
  /** Of the call, as this row's run had it. */
  overallScore?: number | undefined;
  grade?: string | undefined;
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
  const told: FieldRemark[] = [];
  const read = rows.map((row) => rowOf(row, told));
  const isOther = (row: QaRow) =>
    (row.overallScore !== undefined && row.overallScore !== score) || (row.grade !== undefined && row.grade !== grade);
  // Nothing of another run's rows is shown.
  if (read.some(isOther)) return { state: 'not evaluated yet', rules: [], remarks: [] };
  const remarks = distinct(told);
  if (!isEvaluated(read)) return { state: 'not evaluated', rules: [], remarks };
  const results = read.flatMap(({ name, result }) =>
    name === undefined ? [] : [{ rule: ruleId(name), name, ...result }],
  );
  const nameless = read.filter(({ name }) => name === undefined);
  const own = distinctRules(results);
  return {
    state: 'evaluated',
    rules: own.rules,
    remarks: [...remarks, ...own.remarks, ...nameless.map(() => ({ code: 'rule-without-name' }) as const)],
  };
}

/** Of two results of one rule the failed one counts, else the one with a verdict, then the lower score; it is remarked on. */
export function distinctRules(results: readonly RuleResult[]): { rules: RuleResult[]; remarks: FieldRemark[] } {
  const rules = new Map<string, RuleResult>();
  const remarks: FieldRemark[] = [];
  for (const result of results) {
    const other = rules.get(result.rule);
    if (other) remarks.push({ code: 'two-rows-of-a-rule', rule: result.name });
    if (!other || counts(result, other)) rules.set(result.rule, result);
  }
  return { rules: [...rules.values()], remarks };
}

/**
 * Not where no row has a verdict or a score above 0, nor where every row failed with 0 and nothing is said of any: the model
 * failed, or the transcript was empty.
 */
function isEvaluated(rows: readonly QaRow[]): boolean {
  const judges = ({ result: { pass, score = 0 } }: QaRow) => pass !== undefined || score > 0;
  const says = ({ result: { pass, score = 0, evidence, coachNote } }: QaRow) =>
    pass === true || score > 0 || evidence !== undefined || coachNote !== undefined;
  return rows.some(judges) && rows.some(says);
}

function rowOf(row: JsonObject, told: FieldRemark[]): QaRow {
  const { remarks, take } = ledger();
  const name = take('rule_name', row.rule_name, upTo(LIMITS.name, nameOf));
  const field = <T>(column: string, reader: Reader<T>): T | undefined => take(column, row[column], reader, name);
  const result = {
    category: field('category', upTo(LIMITS.name, nameOf)),
    score: field('score', scoreOf),
    pass: field('pass', verdictOf),
    weight: field('weight', numberWithin('not-a-number')),
    evidence: field('evidence', upTo(LIMITS.note, wordsOf)),
    coachNote: field('coach_note', upTo(LIMITS.note, wordsOf)),
  };
  const overallScore = take('overall_score', row.overall_score, scoreOf);
  const grade = take('grade', row.grade, gradeOf);
  for (const remark of remarks) told.push(remark);
  return { name, result, overallScore, grade };
}

/** Evidence or a note; nothing where it is only a word for none, also with marks around it: "None.", "(n/a)". */
const wordsOf: Reader<string> = (value) => {
  const words = textOf(value);
  const bare = words.value === undefined ? undefined : strip(words.value, /[\s.("'“‘]/, /[\s.!)"'”’]/);
  return bare !== undefined && doesNotApply(bare) ? NOTHING : words;
};

/** The failed one first, else one with a verdict, then the lower score; of equals the first. */
function counts(row: RuleResult, other: RuleResult): boolean {
  const rank = ({ pass }: RuleResult) => (pass === false ? 0 : pass === true ? 1 : 2);
  const [a, b] = [row.score ?? Number.POSITIVE_INFINITY, other.score ?? Number.POSITIVE_INFINITY];
  return rank(row) < rank(other) || (rank(row) === rank(other) && a < b);
}
