import { cutsOf, listInRanges } from '../store/ranges.ts';
import type { Store } from '../store/store.ts';
import { isSheet, keyOf, type Part, partOf, partsUnder, prefixes } from './layout.ts';

/** The objects of one call as listed, and its row: part → ETag and size. */
export type Objects = { [P in Part]?: Listed };

/** One object as listed. */
interface Listed {
  etag: string;
  size: number;
  /** When it was written, by the store's clock, in milliseconds since the epoch; absent where the store has none. */
  modified?: number;
}

export type ListedSheet = Listed;

export interface Listing {
  /** Call id → its objects. */
  calls: Map<string, Objects>;
  /** Sheets by key below the organization, in order. */
  sheets: Map<string, ListedSheet>;
  /** Keys below the organization that are not of a call, in order. */
  ignored: string[]; // e.g., ["final/v2.0-flat/calls/notes.txt"]
  /** Objects listed. */
  objects: number;
}

/**
 * List what the pipeline wrote for one organization. The prefix ends in `/`, so `org_1` never reads `org_12`.
 * @param known calls of the last run: they say only where the listing is cut into ranges, never what is in it
 */
export async function listCalls(
  results: Store,
  org: string,
  withMetadata: boolean,
  known: ReadonlyMap<string, Etags> = new Map(),
): Promise<Listing> {
  const listing: Listing = { calls: new Map(), sheets: new Map(), ignored: [], objects: 0 };
  for (const prefix of prefixes(withMetadata)) {
    const cuts = results.listRange ? cutsOf(knownKeys(org, prefix, known)) : [];
    for await (const { key, ...listed } of listInRanges(results, `${org}/${prefix}`, cuts)) {
      const name = key.slice(org.length + 1);
      const found = partOf(name);
      listing.objects++;
      if (!found) {
        if (isSheet(name)) listing.sheets.set(name, listed);
        else listing.ignored.push(name);
        continue;
      }
      const objects = listing.calls.get(found.id) ?? {};
      objects[found.part] = listed;
      listing.calls.set(found.id, objects);
    }
  }
  return listing;
}

/** Part by part, as a state in order then gives few ascending runs: those are sorted in no time. */
function knownKeys(org: string, prefix: string, known: ReadonlyMap<string, Etags>): string[] {
  const keys: string[] = [];
  for (const part of partsUnder(prefix)) {
    for (const [id, etags] of known) if (etags[part] !== undefined) keys.push(`${org}/${keyOf(part, id)}`);
  }
  return keys;
}

/** ETags of a call's objects as remembered from the last run. */
export type Etags = { [P in Part]?: string };

/**
 * Give objects that are as the state knows them the time that it knows: a store renews it where the same bytes are written
 * again, and what was believed of a call must not change with that.
 */
export function keepModified(listing: Listing, known: { [id: string]: { etags: Etags; modified?: number } }): void {
  for (const [id, { calls }] of listing.calls) {
    const before = Object.hasOwn(known, id) ? known[id] : undefined;
    if (calls && before?.modified !== undefined && before.etags.calls === calls.etag) calls.modified = before.modified;
  }
}

export interface Changes {
  /** Calls with a new or changed object, or one less. */
  changed: string[];
  /** Calls of which nothing is left. */
  deleted: string[];
}

/** What is different from the last run. Pure. */
export function compareListing(listing: Listing, known: Map<string, Etags>): Changes {
  const changed: string[] = [];
  for (const [id, objects] of listing.calls) {
    const before = known.get(id);
    if (!before || !sameEtags(objects, before)) changed.push(id);
  }
  const deleted = [...known.keys()].filter((id) => !listing.calls.has(id));
  return { changed, deleted };
}

const sameEtags = (objects: Objects, before: Etags): boolean =>
  objects.calls?.etag === before.calls &&
  objects.qa?.etag === before.qa &&
  objects.enriched?.etag === before.enriched &&
  objects.metadata?.etag === before.metadata &&
  objects.row?.etag === before.row;
