import { readState, type State } from './days/state.ts';
import { Damaged } from './lib/errors.ts';
import type { Manifest, Pointer } from './publish/manifest.ts';
import { readManifest } from './publish/read.ts';
import { lostRows } from './source/sheets.ts';
import type { Store } from './store/store.ts';

/** The build that this run starts from; undefined where its state cannot be used: then everything is built again. */
export async function openPreviousBuild(
  store: Store,
  org: string,
  pointer: Pointer,
  fingerprint: string,
): Promise<{ manifest: Manifest; state: State } | undefined> {
  try {
    const state = await readState(store, org, pointer.state, fingerprint);
    return state && { state, manifest: await readManifest(store, org, pointer) };
  } catch {
    return undefined;
  }
}

/**
 * Whether the published site has pages of calls; a manifest that cannot be read is taken for one that has.
 * @param besides paths of pages that do not count
 */
export async function hasCalls(
  store: Store,
  org: string,
  pointer: Pointer,
  besides: readonly string[] = [],
): Promise<boolean> {
  const pages = await callPages(store, org, pointer);
  return pages === undefined || pages.some((path) => !besides.includes(path));
}

/**
 * How many pages of calls the published site has that a new one has not; 0 where its manifest cannot be read. Another key for
 * masking gives pages other paths, so no more than its site has fewer are gone where any of the new paths is hashed.
 */
export async function pagesGone(store: Store, org: string, pointer: Pointer, after: Manifest): Promise<number> {
  const pages = (await callPages(store, org, pointer)) ?? [];
  const gone = pages.filter((path) => !Object.hasOwn(after.files, path)).length;
  const now = callPagesIn(after);
  const isHashed = now.some((path) => path.startsWith('/calls/~'));
  return isHashed ? Math.min(gone, Math.max(0, pages.length - now.length)) : gone;
}

/** Paths of the calls of the published site; undefined where its manifest cannot be read. */
async function callPages(store: Store, org: string, pointer: Pointer): Promise<string[] | undefined> {
  try {
    return callPagesIn(await readManifest(store, org, pointer));
  } catch (error) {
    if (error instanceof Damaged) return undefined;
    throw error;
  }
}

/** Whether anything that was read before is gone: a call, one of its objects, or a row. */
export function lostObjects(before: State, after: State): boolean {
  const now = new Map(Object.entries(after.calls).map(([id, { etags }]) => [id, new Set(Object.keys(etags))]));
  const lost = Object.entries(before.calls).some(([id, { etags }]) =>
    Object.keys(etags).some((part) => !now.get(id)?.has(part)),
  );
  return lost || lostRows(before.sheets, after.sheets);
}

const callPagesIn = ({ files }: Manifest): string[] =>
  Object.keys(files).filter((path) => /^\/calls\/[^/]+\/$/.test(path));
