import type { CallBlocks, KnownCall } from './days/known-call.ts';
import { countsOf } from './days/ranges.ts';
import type { State } from './days/state.ts';
import type { ReadCall } from './days/update.ts';
import { openCursor } from './lib/cursor.ts';
import { UserError, undefinedIfDamaged } from './lib/errors.ts';
import { callPath } from './lib/paths.ts';
import { say } from './lib/printable.ts';
import type { SpooledList } from './lib/spooled.ts';
import type { LastBuild } from './previous-build.ts';
import type { Manifest } from './publish/manifest.ts';
import { isCallPage } from './publish/site-path.ts';
import { compareIds } from './source/call-order.ts';

/** What becomes of the calls of the site before. */
export interface Loss {
  /** Calls that the new site has not. */
  gone: number;
  /** Calls of the site before, as far as anything tells. */
  of: number;
}

/** What the next site is made of. */
interface Next {
  /** The state that is updated; undefined: everything is read, and `calls` has every call that is known. */
  base?: State;
  /** What becomes of calls in this run, in the order of calls. */
  calls: SpooledList<ReadCall>;
}

/**
 * Calls of the site before that the next one has not: by id where its state can be read, whoever made it; else by the paths of its
 * pages; else by what the pointer says.
 * @param erasing paths of the page of a call that is meant to go: it counts neither as gone nor as there
 */
export async function lossOf(last: LastBuild, { base, calls }: Next, erasing: readonly string[] = []): Promise<Loss> {
  const counts = (id: string, known: KnownCall | undefined) =>
    known?.kind === 'call' && !erasing.includes(callPath({ id, alias: known.alias }));
  if (base) {
    const loss = { gone: 0, of: countsOf(base.ranges).kinds.call ?? 0 };
    for await (const { id, before, known } of calls) {
      if (before?.kind === 'call' && !counts(id, before)) loss.of--;
      if (counts(id, before) && !counts(id, known)) loss.gone++;
    }
    return loss;
  }
  if (last.known) return lossBetween(last.known(), calls.blocks(), counts);
  const paths = new Set<string>();
  for await (const { id, known } of calls) if (counts(id, known)) paths.add(callPath({ id, alias: known?.alias }));
  const shown = last.manifest && (await pagesIn(last.manifest).catch(undefinedIfDamaged));
  if (shown) {
    const pages = shown.filter((path) => !erasing.includes(path));
    const gone = pages.filter((path) => !paths.has(path)).length;
    const fewer = Math.max(0, pages.length - paths.size);
    // Another key for masking gives pages other paths, so no more are gone than there are fewer.
    const isHashed = [...paths].some((path) => path.startsWith('/calls/~'));
    return { gone: isHashed ? Math.min(gone, fewer) : gone, of: pages.length };
  }
  const all = last.calls ?? last.manifest?.files.calls ?? 0;
  const of = Math.max(0, all - (erasing.length > 0 ? 1 : 0));
  return { gone: Math.max(0, of - paths.size), of };
}

/** Paths of the pages of calls. @throws {Damaged} where a part of the manifest cannot be read */
async function pagesIn({ files }: Manifest): Promise<string[]> {
  const pages: string[] = [];
  for await (const [path] of files) if (isCallPage(path)) pages.push(path);
  return pages;
}

/** @param counts whether a call is one that a site shows */
async function lossBetween(
  before: CallBlocks,
  after: AsyncIterable<readonly ReadCall[]>,
  counts: (id: string, known: KnownCall | undefined) => boolean,
): Promise<Loss> {
  const now = await openCursor(after);
  const loss = { gone: 0, of: 0 };
  for await (const block of before)
    for (const { id, known } of block) {
      while (now.head && compareIds(now.head.id, id) < 0) await now.next();
      if (!counts(id, known)) continue;
      loss.of++;
      if (now.head?.id !== id || !counts(id, now.head.known)) loss.gone++;
    }
  return loss;
}

/** @throws {UserError} where more than half of the calls would go */
export function refuseLoss({ gone, of }: Loss, org: string, stores: { results: string; config: string }): void {
  if (gone * 2 <= of) return;
  throw new UserError([
    say`The new build would lose ${gone} of the ${of} ${of === 1 ? 'call' : 'calls'} that the site shows, more than half, so the site stays as it was. Read were ${stores.results} and ${stores.config}. Check --results and --config. If the calls were really erased, run build --org ${org} --accept-loss.`,
  ]);
}
