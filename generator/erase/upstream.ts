import { csvRows, UnreadableSheet } from '../source/csv.ts';
import { readHeader, type WantedColumns } from '../source/header.ts';
import { keyOf, type ObjectPart } from '../source/layout.ts';
import type { ListedCall } from '../source/listing.ts';
import { RANGE_BYTES, sheetBytes } from '../source/read-sheet.ts';
import { readWaiting } from '../source/waiting.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { holdsWord, isDistinctive } from './needles.ts';

/** Where the pipeline's stores still hold a call: what a person has to delete there first. */
export interface Upstream {
  /** Keys in the results store. */
  keys: string[]; // e.g., "acme/enriched/c-1.json"
  /** Rows of sheets, as a spreadsheet counts; none where the sheet cannot be read by rows. */
  rows: { key: string; rows: number[] }[];
  /** Keys in the input store. */
  recordings: string[];
  /** Keys in the results store that only a pipeline of this program writes: it would bring the call back. Absent where there is none. */
  pipeline?: string[];
}

export const isUpstream = ({ keys, rows, recordings, pipeline = [] }: Upstream): boolean =>
  keys.length + rows.length + recordings.length + pipeline.length > 0;

const PARTS: readonly ObjectPart[] = ['enriched', 'metadata', 'calls', 'qa'];

/** What is listed of an organization's input. */
export interface ListedCalls {
  calls: AsyncIterable<ListedCall>;
  /** Keys below the organization. */
  ignored: readonly string[];
}

/** Keys that name a call: its objects', and such as are ignored but shown. */
export async function keysNaming(listing: ListedCalls, org: string, id: string): Promise<string[]> {
  let objects: ListedCall['objects'] = {};
  const longer: string[] = [];
  for await (const each of listing.calls) {
    if (each.id === id) objects = each.objects;
    else if (holdsWord(each.id, id, [])) longer.push(each.id);
  }
  const own = PARTS.filter((part) => objects[part] !== undefined).map((part) => keyOf(part, id));
  const isNamed = (name: string) =>
    isDistinctive(id) ? holdsWord(name, id, []) : name.slice(name.lastIndexOf('/') + 1).split('.')[0] === id;
  const ignored = listing.ignored.filter((name) => isNamed(name) && !longer.some((other) => name.includes(other)));
  return [...own, ...ignored].map((name) => `${org}/${name}`);
}

/** What a recording and what the provider said of it are called. */
export async function recordingsOf(input: Store, org: string, id: string): Promise<string[]> {
  const keys: string[] = [];
  for (const [folder, ending] of [
    ['audio', /^\.[^./]+$/],
    ['meta', /^\.json$/],
  ] as const) {
    const prefix = `${org}/${folder}/${id}`;
    for await (const { key } of input.list(prefix)) if (ending.test(key.slice(prefix.length))) keys.push(key);
  }
  return keys;
}

/** What our own pipeline keeps of a call, where it has worked for the organization at all. */
export async function pipelineKeysOf(results: Store, org: string, id: string): Promise<string[]> {
  const own = `${org}/pipeline/`;
  if (!(await isAny(results, own))) return [];
  const keys: string[] = [];
  for (const key of [`${own}calls/${id}.json`, `${own}open/${id}`, `${own}dead/${id}`, `${org}/raw/${id}.json`])
    for await (const each of results.list(key)) if (each.key === key) keys.push(key);
  if (await isAny(results, `${own}answers/${id}/`)) keys.push(`${own}answers/${id}/`);
  const waiting = await readWaiting(results, org);
  if (waiting?.calls.some(({ call }) => call === id)) keys.push(`${own}waiting.json`);
  return keys;
}

async function isAny(store: Store, prefix: string): Promise<boolean> {
  for await (const _ of store.list(prefix)) return true;
  return false;
}

/** Which rows of a sheet may be which call's. */
export interface SheetIds {
  /** Id → rows, as a spreadsheet counts. Where rows have no column of ids, each of their cells may be one. */
  rows: Map<string, number[]>;
  /** False where the sheet, or its end, cannot be read by rows. */
  isWhole: boolean;
}

/** How often a sheet that changes while it is read is begun again. */
const ATTEMPTS = 5;

/** Reads a sheet row by row, whether its rows can be calls or not. @param key whole */
export async function sheetIds(results: Store, key: string, wanted: WantedColumns): Promise<SheetIds> {
  for (let attempt = 1; ; attempt++) {
    const ids: SheetIds = { rows: new Map(), isWhole: true };
    const first = await results.get(key, { range: { start: 0, end: RANGE_BYTES } });
    if (!first) return ids;
    try {
      await readIds(ids, sheetBytes(results, key, first), wanted);
      return ids;
    } catch (error) {
      if (error instanceof UnreadableSheet) return { ...ids, isWhole: false };
      if (!(error instanceof PreconditionFailed) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function readIds(ids: SheetIds, bytes: AsyncIterable<Uint8Array>, wanted: WantedColumns): Promise<void> {
  let header: { id: number; columns: number } | undefined;
  for await (const read of csvRows(bytes)) {
    if ('refused' in read) {
      ids.isWhole = false;
      continue;
    }
    const cells = read.cells.map((cell) => cell.trim());
    if (cells.every((cell) => cell === '')) continue;
    if (header === undefined) {
      header = { id: readHeader(read.cells, wanted).names.indexOf(wanted.id), columns: cells.length };
      continue;
    }
    const isOdd = header.id < 0 || cells.length !== header.columns;
    for (const id of new Set(isOdd ? cells : [cells[header.id] ?? ''])) {
      const rows = ids.rows.get(id) ?? [];
      rows.push(read.row);
      ids.rows.set(id, rows);
    }
  }
}

/** Whether a sheet that cannot be read by rows has an id in it all the same. */
export async function holdsId(results: Store, key: string, id: string): Promise<boolean> {
  const object = isDistinctive(id) ? await results.get(key) : undefined;
  return object !== undefined && holdsWord(Buffer.from(object.body).toString('utf8'), id, []);
}
