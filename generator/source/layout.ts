import { checkKey } from '../store/store.ts';

/** Where the pipeline puts a call's objects, below `<org>/`. */

export type ObjectPart = 'enriched' | 'metadata' | 'calls' | 'qa';

/** What a call is read from: its objects, and its row of a sheet. */
export type Part = ObjectPart | 'row';

const CALLS = 'final/v2.0-flat/calls/';

const FOLDERS: { part: ObjectPart; folder: string; ending: string }[] = [
  { part: 'enriched', folder: 'enriched/', ending: '.json' },
  { part: 'metadata', folder: 'final/v1.0/', ending: '.json' },
  { part: 'calls', folder: CALLS, ending: '.jsonl' },
  { part: 'qa', folder: 'final/v2.0-flat/qa/', ending: '.jsonl' },
];

/** The prefixes to list; `final/v1.0/` only where metadata is configured. */
export const prefixes = (withMetadata: boolean): string[] =>
  withMetadata ? ['enriched/', 'final/v1.0/', 'final/v2.0-flat/'] : ['enriched/', 'final/v2.0-flat/'];

/** The parts of a call whose objects lie under one of those prefixes. */
export const partsUnder = (prefix: string): ObjectPart[] =>
  FOLDERS.filter(({ folder }) => folder.startsWith(prefix)).map(({ part }) => part);

/** What an object is, told from its key alone; undefined: not one of a call. */
export function partOf(key: string): { part: ObjectPart; id: string } | undefined {
  for (const { part, folder, ending } of FOLDERS) {
    if (!key.startsWith(folder) || !key.endsWith(ending)) continue;
    const id = key.slice(folder.length, -ending.length);
    if (id !== '' && !id.includes('/')) return { part, id };
  }
  return undefined;
}

/** The key of one part of a call, below `<org>/`. */
export function keyOf(part: ObjectPart, id: string): string {
  const found = FOLDERS.find((each) => each.part === part);
  if (!found) throw new Error(`unknown part: ${part}`);
  return found.folder + id + found.ending;
}

/** Whether an object is a sheet: CSV, one row per call. */
export const isSheet = (key: string): boolean =>
  key.startsWith(CALLS) && key.endsWith('.csv') && !key.slice(CALLS.length).includes('/');

/** Whether an id that was read in a row could be a call's: whether objects of that name could be. */
export function usableId(id: string): boolean {
  if (id === '' || id.includes('/')) return false;
  try {
    checkKey(keyOf('calls', id));
    return true;
  } catch {
    return false;
  }
}

/** Clerk organization ids, as first path segments. */
const ORGANIZATION = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const RESERVED = ['assets', 'mail', 'audit', 'events'];

/** Whether a text could be an id of Clerk's at all, reserved or not. */
export const looksLikeId = (text: unknown): text is string => typeof text === 'string' && ORGANIZATION.test(text);

export const isOrganization = (segment: string): boolean =>
  looksLikeId(segment) && !RESERVED.includes(segment.toLowerCase());
