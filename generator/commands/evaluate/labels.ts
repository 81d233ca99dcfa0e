import { type CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../lib/errors.ts';
import { type Printable, quoted, say } from '../../lib/printable.ts';

/** What a person says of one rule of one call. */
export interface Label {
  /** In the file, from 1 on: that on which its row begins. */
  line: number;
  /** As written: an id, the path of a call's page, or a link to it. */
  call: string;
  rule: string;
  pass: boolean;
}

interface LabelFile {
  labels: Label[];
  /** Lines of rows without a verdict. */
  empty: number[];
  /** Rows that are no label, each with why. */
  unread: { line: number; why: Printable }[];
  /** Heads of columns that mean nothing here. */
  otherColumns: string[];
}

const COLUMNS = ['call', 'rule', 'pass'] as const;
/** Programs write the separator of their country. */
const SEPARATORS = [',', ';', '\t'];
const PASSED = ['yes', 'pass', 'true', '1'];
const FAILED = ['no', 'fail', 'false', '0'];

/**
 * Labels of a CSV file with the columns call, rule and pass, in any order and beside others.
 * @param file its name, for messages
 * @throws {UserError} where no row can be read
 */
export function readLabels(bytes: Uint8Array, file: string): LabelFile {
  const text = textOf(bytes, file);
  const tables = SEPARATORS.map((separator) => rowsOf(text, separator));
  const table = tables.find(({ rows }) => COLUMNS.every((column) => headsOf(rows).includes(column)));
  if (!table) {
    const given = headsOf(tables.find(({ rows }) => (rows[0]?.cells.length ?? 0) > 1)?.rows ?? []);
    throw new UserError([
      say`--labels: ${quoted(file)} needs a first line with the columns ${COLUMNS}${given.length > 0 ? `; it has ${given.slice(0, 20).map(quoted).join(', ')}` : ''}.`,
    ]);
  }
  if (table.broken)
    throw new UserError([
      say`--labels: ${quoted(file)} cannot be read from line ${table.broken.line} on: ${table.broken.why}. Correct it and run the command again.`,
    ]);
  const heads = headsOf(table.rows);
  const twice = COLUMNS.filter((column) => heads.indexOf(column) !== heads.lastIndexOf(column));
  if (twice.length > 0)
    throw new UserError([
      say`--labels: ${quoted(file)} has two columns of one name: ${twice}. Remove the one that is not meant.`,
    ]);
  const [call = 0, rule = 0, pass = 0] = COLUMNS.map((column) => heads.indexOf(column));
  const otherColumns = heads.filter((head) => head !== '' && !(COLUMNS as readonly string[]).includes(head));
  const read: LabelFile = { labels: [], empty: [], unread: [], otherColumns };
  for (const { line, cells } of table.rows.slice(1)) {
    const [name = '', asked = '', verdict = ''] = [call, rule, pass].map((at) => cells[at]?.trim());
    if (cells.every((cell) => cell.trim() === '')) continue;
    const why = name === '' ? say`it names no call` : asked === '' ? say`it names no rule` : undefined;
    const passed = verdictOf(verdict);
    if (why) read.unread.push({ line, why });
    else if (verdict === '') read.empty.push(line);
    else if (passed !== undefined) read.labels.push({ line, call: name, rule: asked, pass: passed });
    else
      read.unread.push({
        line,
        why: say`${quoted(verdict)} is no verdict: write yes or no, pass or fail, true or false, 1 or 0`,
      });
  }
  return read;
}

function verdictOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return PASSED.includes(word) ? true : FAILED.includes(word) ? false : undefined;
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError([say`--labels: ${quoted(file)} is not UTF-8 text. Save it as "CSV UTF-8" and run it again.`]);
  }
}

interface Row {
  line: number;
  cells: string[];
}

/** @returns the rows that could be read, and where and why that ended early */
function rowsOf(text: string, delimiter: string): { rows: Row[]; broken?: { line: number; why: string } } {
  const rows: Row[] = [];
  let line = 1;
  try {
    parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (cells: string[], { lines }) => {
        rows.push({ line, cells });
        line = lines + 1;
        return null;
      },
    });
    return { rows };
  } catch (error) {
    const open = (error as CsvError).code === 'CSV_QUOTE_NOT_CLOSED';
    return { rows, broken: { line, why: open ? 'a quote is never closed' : (error as CsvError).code } };
  }
}

/** The names in the first row, as they are compared. */
const headsOf = (rows: readonly Row[]): string[] => rows[0]?.cells.map((head) => head.trim().toLowerCase()) ?? [];
