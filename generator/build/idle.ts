import { lostObjects } from '../days/lost.ts';
import { say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import type { PreviousBuild } from '../previous-build.ts';
import { tidyUp } from '../publish/clean-up.ts';
import { KEPT_BUILDS } from '../publish/kept.ts';
import type { Pointer } from '../publish/manifest.ts';
import type { BuildResult, LookRun } from './context.ts';
import type { Found } from './look.ts';
import type { Opened } from './open.ts';
import { unchanged } from './unchanged.ts';

/** The build that stays, where there is nothing to publish. */
export interface Standing {
  pointer: Pointer;
  etag: string;
  before: PreviousBuild;
}

/** What stays as it is; undefined where something has changed, is damaged, or is to be erased. */
export function standing({ erasing }: LookRun, { start, before }: Opened, found: Found): Standing | undefined {
  const { pointer, etag } = start;
  if (!before || !pointer || etag === undefined || erasing) return undefined;
  return found.hasNews || found.damaged.size > 0 ? undefined : { pointer, etag, before };
}

/** The end of a run that publishes nothing: it removes what no build needs. */
export async function idle(
  run: LookRun,
  { start, state }: Opened,
  { newest, marked, needs, listedAt }: Found,
  { pointer, etag, before }: Standing,
): Promise<BuildResult> {
  const { reports, org, log } = run;
  // After a rollback the newest build may show what is gone from the input by now.
  const mayKeep = newest !== undefined && (newest === state || !(await lostObjects(reports, org, newest, state)));
  const removed = await tidyUp(reports, org, {
    start: { ...start, pointer, etag },
    manifest: before.manifest,
    damaged: marked,
    needs,
    kept: mayKeep ? pointer.kept.slice(0, run.keepBuilds ?? KEPT_BUILDS) : [],
    storeTime: run.storeTime,
    keeps: () => run.probe(start.generation),
  });
  if (removed > 0) log.say(say`removed ${counted(removed, 'object')} that no build needs`);
  return unchanged(pointer, state, listedAt);
}
