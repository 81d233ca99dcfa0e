import type { EraseContext } from '../erase/erase.ts';
import { putCall } from '../fixtures/world.ts';
import { buildAll } from '../run.ts';
import type { Store } from '../store/store.ts';
import { type Snapshot, snapshotOf, storeOf } from './copies.ts';
import {
  buildOnce,
  builtWorld,
  CANARY,
  deleteUpstream,
  doomed,
  eraseIt,
  freshSite,
  keysHolding,
  NUMBER,
  ORG,
} from './erased-call.ts';
import { type FaultKind, faultyStore, type StoreCall } from './faulty-store.ts';
import { isSame, readWholeSite, type Site } from './whole-site.ts';

/** Which run is killed: the one that publishes the call, the ordinary one that deletes it, or the one that erases it. */
export const RUNS = ['publish', 'delete', 'erase'] as const;
export type KilledRun = (typeof RUNS)[number];

/** A moment before a run that is to be killed. */
export interface EraseMoment {
  run: KilledRun;
  world: EraseContext;
  reports: Snapshot;
  wanted: Site | undefined;
}

/** Something of the call under a name that no run gives, and that only `erase` removes. It does not name the call. */
const COPY = `${ORG}/blobs/a copy`;

/** The world just before the run, with one message kept that names the call; before `erase` also with a copy of something of it. */
export async function momentBefore(run: KilledRun): Promise<EraseMoment> {
  const world = await builtWorld();
  const { reports, results } = world;
  await deleteUpstream(world);
  const wanted = await freshSite(world);
  await reports.put(`mail/frozen/${ORG}/2026-03-29/${'0'.repeat(32)}.eml`, `Hear ${doomed().id} first`);
  if (run === 'erase') await reports.put(COPY, NUMBER);
  if (run === 'publish') {
    await buildOnce(world);
    await putCall(results, ORG, doomed());
  }
  return { run, world, reports: await snapshotOf(reports), wanted };
}

const runIt = async ({ run, world }: EraseMoment, reports: Store): Promise<void> => {
  const context = { ...world, reports };
  if (run === 'erase') await eraseIt(context);
  else await buildAll(context, [ORG]);
};

const startAgain = (moment: EraseMoment): Promise<Store> => storeOf(moment.reports, { time: 0 });

/** The store calls of the run where it is not killed. */
export async function callsOfRun(moment: EraseMoment): Promise<StoreCall[]> {
  const { store, calls } = faultyStore(await startAgain(moment));
  await runIt(moment, store);
  return calls;
}

/**
 * Kill the run at one of its calls, and then erase the call. A call that fails by itself does not kill it afterwards.
 * @returns what is wrong then; nothing where all is well
 */
export async function killedAt(moment: EraseMoment, call: number, kind: FaultKind): Promise<string[]> {
  const reports = await startAgain(moment);
  await runIt(moment, faultyStore(reports, new Map([[call, kind]])).store).catch(() => {});
  const results = await storeOf(await snapshotOf(moment.world.results), { time: 0 });
  const world = { ...moment.world, results };
  if (moment.run === 'publish') await deleteUpstream(world);
  return afterErase({ ...moment, world }, reports);
}

/** Erase the call. @returns what is wrong then */
export async function afterErase({ world, wanted }: EraseMoment, reports: Store): Promise<string[]> {
  const erased = await eraseIt({ ...world, reports });
  const wrong: string[] = [];
  if (!('proof' in erased) || erased.proof.hits.length > 0) wrong.push(`it says ${JSON.stringify(erased)}`);
  for (const key of await keysHolding(reports, [CANARY, NUMBER])) wrong.push(`left in ${key}`);
  if (!isSame(await readWholeSite(reports, ORG), wanted)) wrong.push('the site is another one');
  return wrong;
}

/** The ordinary run, which takes the call out of the organization's builds, and leaves its mail to `erase`. @returns what is wrong then */
export async function afterRun({ world, wanted }: EraseMoment, reports: Store): Promise<string[]> {
  await buildOnce({ ...world, reports });
  const left = (await keysHolding(reports, [CANARY, NUMBER])).filter(
    (key) => key.startsWith(`${ORG}/`) && key !== COPY,
  );
  const wrong = left.map((key) => `left in ${key} by the next run`);
  if (!isSame(await readWholeSite(reports, ORG), wanted)) wrong.push('the site of the next run is another one');
  return wrong;
}
