import type { RuleResult } from '#shared/model.ts';
import { LIMITS } from '../lib/limits.ts';
import type { Row } from '../source/known-sheet.ts';
import { type ColumnMap, isReserved, NAMED, NUMBERED } from '../tenants/column-names.ts';
import { type Ledger, type Reader, upTo } from './reading.ts';
import { distinctRules, ruleId } from './rules.ts';
import { nameOf, textOf } from './texts.ts';
import { scoreOf, verdictOf } from './values.ts';

/** The cells of one rule: "pass" → its column and text. */
type RuleCells = Map<string, { column: string; text: string }>;

/** Rules of a row: `qa_rule_<n>_name/_pass/_score/_description`, then `qa_<rule>_pass/_score/_reason`. */
export function readWideRules(row: Row, columns: ColumnMap, book: Ledger): RuleResult[] {
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
  const results: RuleResult[] = [];
  for (const [number, cells] of numbered) {
    const named = cells.get('name');
    const name = named && book.take(named.column, named.text, upTo(LIMITS.name, nameOf));
    const result = resultOf(name ?? '', cells, book);
    if (name === undefined && result) book.remarks.push({ code: 'numbered-rule-without-name', count: number });
    else if (result) results.push(result);
  }
  for (const [words, cells] of named) {
    const result = resultOf(words.replaceAll('_', ' ').trim().replace(/\s+/g, ' '), cells, book);
    if (result) results.push(result);
  }
  const distinct = distinctRules(results);
  book.remarks.push(...distinct.remarks);
  return distinct.rules;
}

/** Undefined where neither pass nor score says anything: then the rule is not of this call. */
function resultOf(name: string, cells: RuleCells, book: Ledger): RuleResult | undefined {
  const take = <T>(part: string, reader: Reader<T>): T | undefined => {
    const cell = cells.get(part);
    return cell && book.take(cell.column, cell.text, reader);
  };
  const pass = take('pass', verdictOf);
  const score = take('score', scoreOf);
  if (pass === undefined && score === undefined) return undefined;
  return {
    rule: ruleId(name),
    name,
    score,
    pass,
    description: take('description', upTo(LIMITS.note, textOf)),
    reason: take('reason', upTo(LIMITS.note, textOf)),
  };
}
