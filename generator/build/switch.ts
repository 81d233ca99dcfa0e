import { lostObjects, lostParts } from '../days/lost.ts';
import { blobsOfState, encodeState, type State } from '../days/state.ts';
import type { ReadCall } from '../days/update.ts';
import { say } from '../lib/printable.ts';
import type { SpooledList } from '../lib/spooled.ts';
import { counted } from '../lib/words.ts';
import type { Blobs } from '../publish/blobs.ts';
import type { Draft } from '../publish/draft.ts';
import { numberOf, type Pointer } from '../publish/manifest.ts';
import { publish } from '../publish/publish.ts';
import { lostRows } from '../source/sheets.ts';
import type { Run } from './context.ts';
import type { Found } from './look.ts';
import type { Opened } from './open.ts';

/** What is to be current. */
export interface Made {
  state: State;
  calls: SpooledList<ReadCall>;
  files: Draft;
  /** Content-Security-Policy of its pages. */
  csp: string;
  /** Calls that it shows. */
  shown: number;
  blobs: Blobs;
}

/** Publish it. @throws {Overtaken} where another run published meanwhile */
export async function switchTo(run: Run, opened: Opened, found: Found, made: Made): Promise<Pointer> {
  const { marked, needs, damaged } = found;
  const { state, files, csp, shown, blobs } = made;
  return run.log.step(
    say`publish`,
    async () =>
      publish(run.reports, run.org, {
        ...{ files, csp },
        state: await blobs.put(await encodeState(state)),
        stateBlobs: blobsOfState(state),
        calls: shown,
        written: blobs.written,
        over: opened.start,
        before: opened.comparable?.manifest,
        needs,
        mayKeep: await mayKeep(run, opened, found, made),
        damaged: new Set([...damaged.keys(), ...marked]),
        keepBuilds: run.keepBuilds,
        keeps: await run.probe(opened.start.generation),
        publishedAt: run.now().toISOString(),
      }),
    (pointer) => say`build ${numberOf(pointer)}, ${counted(blobs.written.size, 'object')} written`,
  );
}

/** Whether older builds may stay: nothing that they show is gone. Where the old state cannot be compared with, nobody knows. */
async function mayKeep(
  { reports, org, erasing }: Run,
  { comparable, before }: Opened,
  { newest }: Found,
  { state, calls }: Made,
): Promise<boolean> {
  if (erasing?.dropOlder || !newest || !comparable) return false;
  for (const older of new Set([newest, comparable.state])) {
    const isLost =
      older === before?.state ? await lostIn(older, state, calls) : await lostObjects(reports, org, older, state);
    if (isLost) return false;
  }
  return true;
}

/** The same as `lostObjects` where it is known which calls are not as they were. */
async function lostIn(before: State, after: State, calls: SpooledList<ReadCall>): Promise<boolean> {
  if (lostRows(before.sheets, after.sheets)) return true;
  for await (const call of calls) if (lostParts(call.before?.etags, call.known?.etags)) return true;
  return false;
}
