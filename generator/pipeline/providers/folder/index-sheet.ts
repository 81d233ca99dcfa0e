import { parse } from 'csv-parse/sync';
import { decodeText } from '../../../lib/bytes.ts';
import { say } from '../../../lib/printable.ts';
import type { Store } from '../../../store/store.ts';
import { PipelineError } from '../../errors.ts';
import type { Contents } from './files.ts';

type Row = { [column: string]: string };

const LARGEST = 64 * 1024 * 1024;

/**
 * What every `index.csv` of a folder says: key of a recording → its row, by the column's names in lower case. The column `file` has the path from the sheet's own folder.
 * @throws {PipelineError} `configuration` where a sheet cannot be read, `retry` while one is being written
 */
export async function readIndexes(store: Store, { indexes, recordings }: Contents): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const { file, settled } of indexes) {
    if (!settled) throw new PipelineError('retry', [say`index.csv is still being written. Run the command again.`]);
    if (file.size > LARGEST) throw wrong('has more than 64 MB: cut it into one for each folder');
    const object = await store.get(file.key);
    if (!object) continue;
    const folder = file.key.slice(0, file.key.lastIndexOf('/') + 1);
    for (const row of rowsOf(object.body)) rows.set(folder + (row.file ?? '').replace(/^\.?\//, ''), row);
  }
  if (rows.size > 0 && recordings.length > 0 && !recordings.some(({ sound }) => rows.has(sound.key)))
    throw wrong(
      'names no recording that is there: its column file must have their paths, from the folder of index.csv on',
    );
  return rows;
}

function rowsOf(body: Uint8Array): Row[] {
  let text: string;
  try {
    text = decodeText(body);
  } catch {
    throw wrong('is not UTF-8: save it again as CSV UTF-8');
  }
  let rows: Row[];
  try {
    rows = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      delimiter: [',', ';', '\t'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    // Its own message quotes cells.
    throw wrong(`is no CSV from line ${(error as { lines?: number }).lines ?? 1} on`);
  }
  if (rows.length > 0 && rows[0]?.file === undefined) throw wrong('has no column file');
  return rows;
}

const wrong = (what: string): PipelineError => new PipelineError('configuration', [say`index.csv ${what}.`]);
