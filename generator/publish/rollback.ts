import { randomUUID } from 'node:crypto';
import { UserError, undefinedIfDamaged } from '../lib/errors.ts';
import { type Printable, quoted, say } from '../lib/printable.ts';
import type { ConditionalWrites } from '../store/probe.ts';
import type { Store } from '../store/store.ts';
import { damagedIn } from './check/verify.ts';
import { keptOf } from './kept.ts';
import { type Build, isManifest, numberOf, POINTER, type Pointer } from './manifest.ts';
import { readMarks } from './marks.ts';
import { readManifest } from './read.ts';
import { newestIn, openStart } from './start.ts';
import { switchPointer } from './switch.ts';

/**
 * Make an older build current again, site and state, by one write of the pointer; the one that was current is kept. A build of which
 * something is missing, or was found to be damaged, is refused.
 * @param to number of the build; absent: the one before the current
 * @param keeps what the store keeps of conditional writes; asked only where it refuses one
 * @returns the build that was current, and the one that is
 * @throws {UserError} where that build is not kept, or not whole; {Overtaken} where a run published meanwhile
 */
export async function rollBack(
  store: Store,
  org: string,
  to: number | undefined,
  publishedAt: string,
  keeps: () => Promise<ConditionalWrites>,
): Promise<{ from: Build; to: Pointer }> {
  const { pointer: from, etag, lies } = await openStart(store, org);
  if (!from || etag === undefined)
    throw new UserError([unpublished(store, org, etag !== undefined || [...lies.others()].some(isManifest))]);
  const target = targetOf(from, org, to);
  const [current, manifest] = await Promise.all([
    readManifest(store, org, from).catch(undefinedIfDamaged),
    readManifest(store, org, target).catch(undefinedIfDamaged),
  ]);
  if (!target.state || !manifest?.state)
    throw new UserError([
      say`build ${numberOf(target)} of ${org} can be read, but not made current again: ${manifest ? 'an older version built it and did not keep its state' : 'its manifest is missing or damaged'}.`,
    ]);
  const marked = await readMarks(store, org, lies);
  const wrong = marked.has(target.manifest) ? [[target.manifest, { verdict: 'damaged' }] as const] : [];
  const [missing] = [...wrong, ...(await damagedIn(lies, manifest, marked))];
  if (missing)
    throw new UserError([
      say`build ${numberOf(target)} of ${org} is not whole (${missing[1].verdict}: ${org}/${missing[0]}), so nothing was changed. Choose another one: builds --org ${org} lists them.`,
    ]);
  const rest = from.kept.filter((each) => each.manifest !== target.manifest);
  const { calls, state, manifest: key, sha256 } = target;
  const pointer: Pointer = {
    version: 1,
    organization: org,
    generation: newestIn(lies, from) + 1,
    ...{ manifest: key, sha256, state, publishedAt, nonce: randomUUID() },
    ...(calls !== undefined && { calls }),
    // Of a build whose manifest cannot be read nothing could be shown.
    kept: current ? [keptOf(from, current), ...rest] : rest,
  };
  await switchAnyhow(store, org, pointer, etag, keeps);
  return { from, to: pointer };
}

/** Most stores keep conditions, so nothing is tried out before one has refused a condition that should hold. */
async function switchAnyhow(
  store: Store,
  org: string,
  pointer: Pointer,
  etag: string,
  keeps: () => Promise<ConditionalWrites>,
): Promise<void> {
  try {
    await switchPointer(store, org, pointer, etag, { createOnly: true, compareAndSwap: true });
  } catch (error) {
    const now = await store.get(`${org}/${POINTER}`);
    const kept = now?.etag === etag ? await keeps() : undefined;
    if (kept === undefined || kept.compareAndSwap) throw error;
    await switchPointer(store, org, pointer, etag, kept);
  }
}

/** @throws {UserError} where no such build is kept */
function targetOf(current: Pointer, org: string, to: number | undefined): Build {
  const now = numberOf(current);
  if (current.kept.length === 0)
    throw new UserError([
      say`${org} keeps no older build, so there is nothing to go back to: build ${now} was the first, or it published a deletion or was made by other code or from another configuration than the one before, or the builds before it were damaged. No rollback crosses these.`,
    ]);
  if (to === now) throw new UserError([say`--to: build ${now} of ${org} is the current one already.`]);
  const before = current.kept.filter((each) => numberOf(each) < now).sort((a, b) => numberOf(b) - numberOf(a));
  const target = to === undefined ? before[0] : current.kept.find((each) => numberOf(each) === to);
  if (target) return target;
  const kept = current.kept.map(numberOf).sort((a, b) => b - a);
  const what =
    to === undefined ? say`${org} keeps no build before build ${now}` : say`--to: ${org} does not keep build ${to}`;
  throw new UserError([say`${what}. It keeps: ${kept}. Name one of them with --to.`]);
}

/** @param hasBuilds whether builds lie there all the same */
const unpublished = (store: Store, org: string, hasBuilds: boolean): Printable =>
  hasBuilds
    ? say`the pointer of ${org} in ${store.url} is lost or damaged, so it is not known which builds are kept. Run build --org ${org}: it makes the site again from the input.`
    : say`--org: ${quoted(org)} has no published site in ${store.url}. Check the spelling.`;
