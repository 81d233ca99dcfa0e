import type { KnownSheets } from '../source/known-sheet.ts';
import { compareKeys } from '../store/store.ts';

/** Tells the sheet whose row counts of a call that is read from one: of several sheets the last, by key. */
export function rowOwners(sheets: KnownSheets): (id: string) => string | undefined {
  const keys = Object.keys(sheets).sort(compareKeys).reverse();
  return (id) => keys.find((key) => Object.hasOwn(sheets[key]?.rows ?? {}, id));
}
