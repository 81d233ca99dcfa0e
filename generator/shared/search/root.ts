import { firstNotBelow } from './compare.ts';

/** What there is to search: `search/root.json`. */
export interface SearchRoot {
  /** In which words are stemmed: ISO 639-1, or "" for none. */
  language: string; // e.g., "en"
  /** Calls in each file of calls of a segment, but the last; see `SegmentCalls`. */
  callsAFile: number;
  /** Newest first; calls without a day are in the last one. */
  segments: SearchSegment[];
}

/**
 * A run of calls, newest first, in which each has its place from 0 on: as in the calls explorer by day, then by start, latest first; calls
 * without a day come last.
 */
export interface SearchSegment {
  /** The folder of its files. */
  name: string; // e.g., "2026-03"
  /** Its days that have calls, newest first, with how many; null stands for none. */
  days: [day: string | null, calls: number][];
  /** How many blocks its terms are in. */
  blocks: number;
  /** Of each block what divides it from the one before: no term before it is as high, and none in it is lower. Absent where they are many: then they lie in `firstsPath`. */
  firsts?: string[];
}

export const ROOT_PATH = '/search/root.json';
/** JSON: `SearchSegment.firsts`. */
export const firstsPath = (segment: string): string => `/search/${segment}/firsts.json`;
/** See `entriesOf`. */
export const blockPath = (segment: string, block: number): string => `/search/${segment}/${block}`;
/** See `decodePiece`. */
export const piecePath = (segment: string, piece: number): string => `/search/${segment}/p${piece}`;
/** JSON: see `SegmentCalls`. */
export const callsPath = (segment: string, file: number): string => `/search/${segment}/c${file}.json`;

/** The block that has a term, if any has. @param firsts of the segment */
export function blockOf(firsts: readonly string[], term: string): number {
  const place = firstNotBelow(firsts.length, (i) => firsts[i] as string, term);
  return firsts[place] === term ? place : Math.max(0, place - 1);
}

/** The blocks that may have terms with a beginning. @returns the first and the last of them */
export function blocksOf(firsts: readonly string[], beginning: string): [first: number, last: number] {
  // Above all terms that begin so: no term has the highest sign.
  const after = firstNotBelow(firsts.length, (i) => firsts[i] as string, `${beginning}\uffff`);
  return [blockOf(firsts, beginning), Math.max(0, after - 1)];
}
