import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { LIMITS } from '../lib/limits.ts';
import { oddLineEnds } from './line-ends.ts';
import type { Refusal, RefusalCode } from './refusals.ts';

/** One row of a sheet as parsed, or why it could not be. */
export type CsvRow = {
  /** As a spreadsheet counts: the header is row 1, and a row may span lines. */
  row: number;
} & ({ cells: string[] } | { refused: Refusal });

/** A sheet of which nothing can be used. */
export class UnreadableSheet extends Error {
  readonly refusal: Refusal;

  constructor(code: RefusalCode, given?: Refusal['given']) {
    super(code);
    this.refusal = { code, ...(given && { given }) };
  }
}

const MEGABYTE = 1024 * 1024;
/** As far as the end of a row is looked for; a quote that is never closed makes one row of all that follows. */
const MAX_SEARCH_BYTES = 32 * MEGABYTE;
/** The parser makes all rows of what it is given before anybody can take one. */
const PIECE_BYTES = MEGABYTE / 16;

/**
 * Rows of RFC 4180 as they come: quotes, line breaks in fields, CRLF or LF, a byte order mark. A stray quote is text.
 * @throws {UnreadableSheet} where the text is not UTF-8, at any place, or its lines end in what is no line break to us; what was
 * yielded before is then worth nothing
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  let cut: { row: number; refused: Refusal } | undefined;
  let head = '';
  let begun = false;
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_SEARCH_BYTES,
    // A row that has no end is told of here, and the rows before it still come.
    skip_records_with_error: true,
    on_skip: (error) => {
      const open = error?.code === 'CSV_QUOTE_NOT_CLOSED';
      const refused: Refusal = open ? { code: 'row-quote' } : { code: 'row-no-end', given: { limit: 32 } };
      cut ??= { row: parser.info.records + 1, refused };
    },
  });
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    for await (const chunk of bytes) {
      for (let at = 0; at < chunk.byteLength && !cut; at += PIECE_BYTES) {
        const piece = chunk.subarray(at, at + PIECE_BYTES);
        const text = decoded(utf8, piece);
        if (head.length < PIECE_BYTES) head += text;
        yield piece;
      }
      if (cut) return;
    }
    decoded(utf8);
  }
  pipeline(pieces(), parser, () => {});
  const checkLineEnds = () => {
    begun = true;
    const ends = oddLineEnds(head);
    if (ends !== undefined) throw new UnreadableSheet('line-ends', { ends });
  };
  let row = 0;
  for await (const cells of parser as AsyncIterable<string[]>) {
    row++;
    if (cut && row >= cut.row) break;
    if (!begun && cells.some((cell) => cell.trim() !== '')) checkLineEnds();
    const size = cells.reduce((sum, cell) => sum + Buffer.byteLength(cell), 0);
    yield size > LIMITS.rowBytes
      ? { row, refused: { code: 'row-too-large', given: { limit: LIMITS.rowBytes / MEGABYTE } } }
      : { row, cells };
  }
  if (!cut) return;
  if (!begun) checkLineEnds();
  yield cut;
}

/** @param piece absent: the text ends here */
function decoded(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    throw new UnreadableSheet('not-utf-8');
  }
}
