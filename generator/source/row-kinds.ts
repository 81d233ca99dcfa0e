import { isAbsentWord } from './absent-word.ts';
import { foldName } from './header.ts';

/** Words by which exports name the row that adds the others up. */
const TOTAL = /^(grand )?(total|totals|sum|sums|average|averages)$/;

/**
 * Whether a row is a total: by its id, where it has neither start nor party.
 * @param ends cells of start and parties
 */
export const isTotal = (id: string, ends: readonly (string | undefined)[]): boolean =>
  TOTAL.test(foldName(id.replaceAll(/[^\p{L}\p{N}]+/gu, ' '))) && ends.every((cell = '') => isAbsentWord(cell));

/** Whether a row is the header again, as sheets that were put together have it. @param id index of the call's id */
export const isHeaderAgain = (cells: readonly string[], header: readonly string[], id: number): boolean =>
  same(cells[id], header[id]) && cells.every((cell, i) => same(cell, header[i]));

const same = (cell = '', name = ''): boolean => foldName(cell) === foldName(name);
