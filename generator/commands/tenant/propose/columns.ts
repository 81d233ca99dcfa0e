import { closest } from '../../../lib/closest.ts';
import type { CallTerms } from '../../../normalize/terms.ts';
import { wideFacts } from '../../../normalize/wide.ts';
import { isAbsentWord } from '../../../source/absent-word.ts';
import { foldName, readHeader, wantedColumns } from '../../../source/header.ts';
import type { Row } from '../../../source/known-sheet.ts';
import { usableId } from '../../../source/layout.ts';
import { type RawCall, unread } from '../../../source/read.ts';
import { isHeaderAgain } from '../../../source/row-kinds.ts';
import { WIDE_COLUMNS, type WideName } from '../../../tenants/column-names.ts';
import type { TenantConfig } from '../../../tenants/config.ts';
import type { SheetHead } from './sample.ts';

/** Other names that call systems give these columns, without case and what parts words. */
const SYNONYMS: { [name in WideName]?: readonly string[] } = {
  call_id: ['id', 'call', 'conversationid', 'contactid', 'interactionid', 'recordingid', 'callguid', 'calluuid'],
  started_at: ['start', 'started', 'starttime', 'starttimestamp', 'callstart', 'callstarted', 'datetime', 'calldate'],
  ended_at: ['end', 'ended', 'endtime', 'endtimestamp', 'callend', 'callended'],
  duration_seconds: ['duration', 'length', 'seconds', 'callduration', 'calllength', 'durationsec', 'durations'],
  agent_id: ['agent', 'agentname', 'agentemail', 'user', 'username', 'operator', 'employee', 'handledby'],
  calling_party: ['caller', 'from', 'fromnumber', 'callingnumber', 'callernumber', 'ani', 'source'],
  called_party: ['callee', 'to', 'tonumber', 'callednumber', 'dnis', 'destination'],
  direction: ['calldirection'],
  sentiment_label: ['overall', 'overallsentiment', 'sentimentoverall'],
  overall_score: ['score', 'totalscore', 'qatotal', 'qualityscore'],
  processing_timestamp: ['processed', 'processingtime', 'analysedat', 'analyzedat'],
  summary: ['callsummary'],
  topic: ['subject', 'calltopic', 'callreason', 'reason'],
};

/** A column that is not read, and the one of ours that it may be. */
export interface UnreadColumn {
  column: string;
  meant?: WideName;
}

interface ColumnGuess {
  /** Our name → the sheet's column: of cells that can be read so. */
  columns: { [name in WideName]?: string };
  /** Each once, of all sheets. */
  unread: UnreadColumn[];
}

/** A guess is proposed where so many of a column's cells can be read by it. */
const READABLE = 0.9;
const fold = (text: string): string => foldName(text).replaceAll(/[\s_.-]/g, '');

/** Which columns of sheets are ours under another name. @param config as it is without such names */
export function guessColumns(sheets: readonly SheetHead[], config: TenantConfig): ColumnGuess {
  const columns: ColumnGuess['columns'] = {};
  const rest = new Map<string, UnreadColumn>();
  for (const sheet of sheets) {
    const { names, unread: others } = readHeader(sheet.header, wantedColumns(config));
    const taken = new Set(Object.values(columns));
    const lacking = (Object.keys(WIDE_COLUMNS) as WideName[]).filter(
      (name) => !WIDE_COLUMNS[name].some((each) => names.includes(each)),
    );
    for (const name of lacking)
      for (const column of candidates(name, others)) {
        if (columns[name] !== undefined || taken.has(column) || !isReadable(name, column, sheet, config)) continue;
        columns[name] = column;
        taken.add(column);
      }
    for (const column of others) {
      const meant = lacking.find((name) => columns[name] !== column && candidates(name, [column]).length > 0);
      if (column !== '' && !taken.has(column) && !rest.has(column))
        rest.set(column, { column, ...(meant !== undefined && { meant }) });
    }
  }
  return { columns, unread: [...rest.values()] };
}

/** Columns that may be the one of that name, the likeliest first. */
function candidates(name: WideName, columns: readonly string[]): string[] {
  const known = columns.filter((column) => SYNONYMS[name]?.includes(fold(column)));
  const near = columns.filter((column) => closest(column, WIDE_COLUMNS[name]).length > 0);
  return [...new Set([...known, ...near])];
}

/** Whether a column's cells are what that name stands for, as a build would read them. */
function isReadable(name: WideName, column: string, sheet: SheetHead, config: TenantConfig): boolean {
  const at = sheet.header.findIndex((cell) => foldName(cell) === foldName(column));
  const cells = sheet.rows.map((row) => row[at] ?? '').filter((cell) => !isAbsentWord(cell));
  if (cells.length === 0) return false;
  if (name === 'call_id')
    return cells.every((cell) => usableId(cell.trim())) && new Set(cells).size >= READABLE * cells.length;
  const terms: CallTerms = { ...config, columns: { [name]: column } };
  const isRead = (cell: string) => {
    const row: Row = Object.assign(Object.create(null) as Row, { [column]: cell });
    return !wideFacts(row, terms).remarks.some((remark) => remark.column === column);
  };
  return cells.filter(isRead).length >= READABLE * cells.length;
}

/** The calls that the rows of a sheet are; none where it has no column of ids. */
export function callsIn(sheet: SheetHead, config: TenantConfig): { raw: RawCall; cells: string[] }[] {
  const wanted = wantedColumns(config);
  const { names } = readHeader(sheet.header, wanted);
  const id = names.indexOf(wanted.id);
  if (id < 0) return [];
  return sheet.rows.flatMap((cells) => {
    const own = (cells[id] ?? '').trim();
    if (!usableId(own) || isHeaderAgain(cells, sheet.header, id)) return [];
    const row = Object.create(null) as Row;
    for (const [i, name] of names.entries()) if (name !== undefined) row[name] = cells[i] ?? '';
    return [{ raw: { ...unread(own), row }, cells }];
  });
}
