import type { KnownCall, State } from './days/state.ts';
import type { ReadCall } from './days/update.ts';
import { UserError } from './lib/errors.ts';
import { callPath } from './lib/paths.ts';
import { say } from './lib/printable.ts';
import type { LastBuild } from './previous-build.ts';

/** What becomes of the calls of the site before. */
export interface Loss {
  /** Calls that the new site has not. */
  gone: number;
  /** Calls of the site before, as far as anything tells. */
  of: number;
}

/**
 * Calls of the site before that the next one has not: by id where its state can be read, whoever made it; else by the paths of its
 * pages; else by what the pointer says.
 * @param next every call that was read or is still known
 * @param erasing paths of the page of a call that is meant to go: it counts neither as gone nor as there
 */
export function lossOf(last: LastBuild, next: ReadonlyMap<string, KnownCall>, erasing: readonly string[] = []): Loss {
  const counts = ([id, { kind, alias }]: [string, KnownCall]) =>
    kind === 'call' && !erasing.includes(callPath({ id, alias }));
  const after = [...next].filter(counts);
  if (last.state) {
    const ids = new Set(after.map(([id]) => id));
    const before = Object.entries(last.state.calls).filter(counts);
    return { gone: before.filter(([id]) => !ids.has(id)).length, of: before.length };
  }
  if (last.manifest) {
    const pages = Object.keys(last.manifest.files).filter((path) => isCallPage(path) && !erasing.includes(path));
    const paths = new Set(after.map(([id, { alias }]) => callPath({ id, alias })));
    const gone = pages.filter((path) => !paths.has(path)).length;
    const fewer = Math.max(0, pages.length - paths.size);
    // Another key for masking gives pages other paths, so no more are gone than there are fewer.
    const isHashed = [...paths].some((path) => path.startsWith('/calls/~'));
    return { gone: isHashed ? Math.min(gone, fewer) : gone, of: pages.length };
  }
  const of = Math.max(0, (last.calls ?? 0) - (erasing.length > 0 ? 1 : 0));
  return { gone: Math.max(0, of - after.length), of };
}

/** The calls that the new build will know, before any of it is written. */
export function callsAfter(
  state: State,
  deleted: readonly string[],
  fresh: ReadonlyMap<string, ReadCall>,
): Map<string, KnownCall> {
  const calls = new Map(Object.entries(state.calls));
  for (const id of deleted) calls.delete(id);
  for (const [id, { known }] of fresh) calls.set(id, known);
  return calls;
}

/** @throws {UserError} where more than half of the calls would go */
export function refuseLoss({ gone, of }: Loss, org: string, stores: { results: string; config: string }): void {
  if (gone * 2 <= of) return;
  throw new UserError([
    say`the new build would lose ${gone} of the ${of} ${of === 1 ? 'call' : 'calls'} that the site shows, more than half, so the site stays as it was. Read were ${stores.results} and ${stores.config}. Check --results and --config. If the calls were really erased, run build --org ${org} --accept-loss.`,
  ]);
}

const isCallPage = (path: string): boolean => /^\/calls\/[^/]+\/$/.test(path);
