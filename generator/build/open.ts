import { emptyState, type State } from '../days/state.ts';
import { say } from '../lib/printable.ts';
import { type LastBuild, openedText, openLastBuild, type PreviousBuild, usableBuild } from '../previous-build.ts';
import { openStart, type Start } from '../publish/start.ts';
import type { LookRun } from './context.ts';

/** What a run starts from. */
export interface Opened {
  start: Start;
  /** What can still be read of the build before. */
  last: LastBuild;
  /** The same where it was made by the same code from the same configuration: what is there now can be compared with it. */
  comparable?: PreviousBuild;
  /** The same where its files are used again. */
  before?: PreviousBuild;
  /** What is known of the input: nothing where everything is built again. */
  state: State;
}

/** @throws {Overtaken} where another run publishes at this moment */
export async function open({ reports, org, log, fingerprint, force }: LookRun): Promise<Opened> {
  const start = await openStart(reports, org);
  const last = await log.step(
    say`open`,
    () => openLastBuild(reports, org, start, force),
    (opened) => openedText(start, opened, fingerprint, force),
  );
  const comparable = usableBuild(last, fingerprint);
  const before = force ? undefined : comparable;
  return { start, last, comparable, before, state: before ? before.state : emptyState(fingerprint) };
}
