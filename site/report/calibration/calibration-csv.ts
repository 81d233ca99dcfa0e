import { type CallRow, usualPath } from '#shared/columns/calls.ts';
import { csvOf } from '#shared/format/csv.ts';

/**
 * A file in which somebody writes verdicts, and which `evaluate` reads: one row a call, `pass` is empty.
 * @param rule its name as shown
 */
export const calibrationCsv = (rows: readonly Pick<CallRow, 'id' | 'path'>[], rule: string): string =>
  csvOf([['call', 'rule', 'pass'], ...rows.map((row) => [nameOf(row), rule, undefined])]);

/** Ids that are masked may look alike: such a call is named by the path of its page. */
const nameOf = ({ id, path }: Pick<CallRow, 'id' | 'path'>): string => (path === usualPath(id) ? id : path);
