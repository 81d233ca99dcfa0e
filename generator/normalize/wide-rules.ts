import type { RuleResult } from '../model.ts';
import type { Row } from '../source/sheets.ts';
import { numberWithin } from './cells.ts';
import { type ColumnMap, isReserved } from './columns.ts';
import { booleanOf } from './fields.ts';
import type { RemarkCode, Told } from './remarks.ts';
import { distinctRules, ruleId } from './rules.ts';

const NUMBERED = /^qa_rule_(\d+)_(name|pass|score|description)$/;
const NAMED = /^qa_(.+)_(pass|score|reason)$/;

/** The cells of one rule: "pass" → its column and text. */
type RuleCells = Map<string, { column: string; text: string }>;

/** Rules of a row: `qa_rule_<n>_name/_pass/_score/_description`, then `qa_<rule>_pass/_score/_reason`. */
export function readWideRules(row: Row, columns: ColumnMap): { rules: RuleResult[]; remarks: Told[] } {
  const numbered = new Map<string, RuleCells>();
  const named = new Map<string, RuleCells>();
  for (const [column, cell] of Object.entries(row)) {
    const text = cell.trim();
    if (text === '' || isReserved(column, columns)) continue;
    const [rules, match] = NUMBERED.test(column) ? [numbered, NUMBERED.exec(column)] : [named, NAMED.exec(column)];
    const [, rule, part] = match ?? [];
    if (rule === undefined || part === undefined) continue;
    rules.set(rule, (rules.get(rule) ?? new Map()).set(part, { column, text }));
  }
  const remarks: Told[] = [];
  const results: RuleResult[] = [];
  for (const [number, cells] of numbered) {
    const name = cells.get('name')?.text;
    const result = resultOf(name ?? '', cells, remarks);
    if (name === undefined && result) remarks.push({ code: 'numbered-rule-without-name', count: number });
    else if (result) results.push(result);
  }
  for (const [words, cells] of named) {
    const result = resultOf(words.replaceAll('_', ' '), cells, remarks);
    if (result) results.push(result);
  }
  const distinct = distinctRules(results);
  return { rules: distinct.rules, remarks: [...remarks, ...distinct.remarks] };
}

/** Undefined where neither pass nor score says anything: then the rule is not of this call. */
function resultOf(text: string, cells: RuleCells, remarks: Told[]): RuleResult | undefined {
  const read = <T>(part: string, parse: (cell: string) => T | undefined, code: RemarkCode): T | undefined => {
    const cell = cells.get(part);
    const value = cell && parse(cell.text);
    if (cell && value === undefined) remarks.push({ code, column: cell.column, value: cell.text });
    return value;
  };
  const name = text.trim().replace(/\s+/g, ' ');
  const pass = read('pass', booleanOf, 'not-a-verdict');
  const score = read('score', (cell) => numberWithin(cell, 0, 100), 'not-a-score');
  if (pass === undefined && score === undefined) return undefined;
  const [description, reason] = [cells.get('description')?.text, cells.get('reason')?.text];
  return { rule: ruleId(name), name, score, pass, description, reason };
}
