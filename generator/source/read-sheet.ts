import type { Spool } from '../lib/spool.ts';
import { PreconditionFailed, type Store, type StoredObject, UnusableKey } from '../store/store.ts';
import { UnreadableSheet } from './csv.ts';
import type { WantedColumns } from './header.ts';
import type { Refusal } from './refusals.ts';
import { readRows, type SheetRows } from './sheet-rows.ts';

/** A sheet as read. */
export interface ReadSheet extends SheetRows {
  etag: string;
}

export const RANGE_BYTES = 8 * 1024 * 1024;
/** How often a sheet that changes while it is read is begun again before the run gives up. */
const ATTEMPTS = 5;

/**
 * The sheet as listed, or as it has become since; undefined where it is gone. Holds one range of it at a time. One of which
 * nothing can be used has no rows and itself among what is refused.
 * @param key below `<org>/`
 * @param wanted the columns to read
 */
export async function readSheet(
  store: Store,
  org: string,
  key: string,
  listed: { etag: string },
  wanted: WantedColumns,
  spool: Spool,
): Promise<ReadSheet | undefined> {
  const refused = (etag: string, refusal: Refusal): ReadSheet => ({
    etag,
    rows: {},
    whole: true,
    refused: [{ key, ...refusal }],
    filled: {},
    header: [],
    slices: new Map(),
  });
  for (let attempt = 1; ; attempt++) {
    let { etag } = listed;
    const condition = attempt === 1 ? { ifMatch: etag } : {};
    try {
      const first = await store.get(`${org}/${key}`, { ...condition, range: { start: 0, end: RANGE_BYTES } });
      if (!first) return undefined;
      etag = first.etag;
      return { etag, ...(await readRows(sheetBytes(store, `${org}/${key}`, first), key, wanted, spool)) };
    } catch (error) {
      if (error instanceof UnreadableSheet) return refused(etag, error.refusal);
      if (error instanceof UnusableKey) return refused(etag, { code: 'unusable-name' });
      if (!(error instanceof PreconditionFailed) || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * The bytes of an object, one ordinary read after the other, all of the same version.
 * @param first what the first read gave, from the beginning on
 * @throws {PreconditionFailed} where it has become another
 */
export async function* sheetBytes(store: Store, key: string, first: StoredObject): AsyncGenerator<Uint8Array> {
  yield first.body;
  for (let start = RANGE_BYTES; start < first.size; start += RANGE_BYTES) {
    const next = await store.get(key, { ifMatch: first.etag, range: { start, end: start + RANGE_BYTES } });
    if (!next) throw new PreconditionFailed(key);
    yield next.body;
  }
}
