import type { BuildContext } from '../build/context.ts';
import { CONFIG, memoryWorld, objectsOf, putCall } from '../fixtures/world.ts';
import { sha256 } from '../lib/bytes.ts';
import { silentLog } from '../lib/console.ts';
import { messageOf } from '../lib/errors.ts';
import { buildAll, type Outcome } from '../run.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { readOnly } from '../store/testing/read-only.ts';
import { type Clock, type Snapshot, snapshotOf, storeOf } from './copies.ts';
import { FAULT_KINDS, type FaultKind, faultyStore, type StoreCall } from './faulty-store.ts';
import { garbageOf, isSame, keysWith, readWholeSite, type Site } from './whole-site.ts';

export const ORG = 'org_1';
/** In every text of the call that is deleted. */
export const ERASED = 'Q7xErased';
/** The call that is deleted. */
export const DOOMED = {
  id: `gone-${ERASED}`,
  call: { summary: [ERASED] },
  enriched: { transcript: [{ speaker: 'agent', text: ERASED }] },
};
/** Longer than anything is kept for whoever may still be reading or publishing. */
export const LONG_MS = 3 * 24 * 60 * 60_000;

/** What was there before the run of a story, in a world of one small organization. */
export const STORIES = ['first site', 'new call', 'deleted call'] as const;
export type Story = (typeof STORIES)[number];

/** A moment before a run, which can be gone back to. */
export interface Moment {
  story: Story;
  world: BuildContext;
  clock: Clock;
  /** The reports store. */
  before: Snapshot;
  time: number;
  /** The site before; undefined: none. */
  old: Site | undefined;
  /** The site that the input makes. */
  wanted: Site;
}

/** One run over all organizations. @returns how it fared; or what it threw, such as a crash */
export async function runAll(world: BuildContext, reports: Store): Promise<Outcome | Error> {
  try {
    const inputs = { results: readOnly(world.results), config: readOnly(world.config) };
    const [outcome] = await buildAll({ ...world, ...inputs, reports, logFor: () => silentLog }, undefined);
    return outcome ?? new Error('nothing was built');
  } catch (error) {
    return error instanceof Error ? error : new Error(messageOf(error));
  }
}

/**
 * The world of a story just before the run in which things go wrong.
 * @param over of the organization's configuration, and of the code that builds
 */
export async function momentOf(story: Story, over: { config?: object; codeVersion?: string } = {}): Promise<Moment> {
  const { config, ...code } = over;
  const clock = { time: Date.parse('2026-04-02T08:00:00Z') };
  const stores = { results: memoryStore(() => clock.time), config: memoryStore(() => clock.time) };
  const world = memoryWorld({ ...stores, ...code, now: () => new Date(clock.time) });
  const reports = memoryStore(() => clock.time);
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, ...config }));
  await putCall(world.results, ORG, { id: 'a' });
  if (story !== 'first site') {
    await runAll(world, reports);
    if (story === 'deleted call') await putCall(world.results, ORG, DOOMED);
    else await putCall(world.results, ORG, { id: 'b' });
    clock.time += 60_000;
    await runAll(world, reports);
    clock.time += 60_000;
    if (story === 'deleted call')
      for (const key of objectsOf(ORG, DOOMED).keys()) await world.results.remove(`${ORG}/${key}`);
    await putCall(world.results, ORG, { id: 'c' });
  }
  const fresh = memoryStore(() => clock.time);
  await runAll(world, fresh);
  const wanted = await readWholeSite(fresh, ORG);
  if (!wanted) throw new Error('the input makes no site');
  return {
    ...{ story, world, clock, time: clock.time, wanted },
    ...{ before: await snapshotOf(reports), old: await readWholeSite(reports, ORG) },
  };
}

/** The calls of the run where nothing goes wrong. */
export async function callsOf(moment: Moment): Promise<StoreCall[]> {
  const { store, calls } = faultyStore(await startAgain(moment));
  await runAll(moment.world, store);
  return calls;
}

/** One fault of one run, for its plan. */
export type Fault = readonly [at: number, kind: FaultKind];

/** Every kind of fault at these calls. @param numbers of the calls, from 1 on */
export const faultsAt = (numbers: readonly number[]): Fault[] =>
  numbers.flatMap((at) => FAULT_KINDS.map((kind): Fault => [at, kind]));

/**
 * Numbers of calls that stand for all: of those that do the same to the same kind of object, the first and the last.
 * Blobs are written and removed by dozens, and it does not matter to any other which of them fails.
 */
export function callsThatDiffer(calls: readonly StoreCall[]): number[] {
  const numbers = new Map<string, number[]>();
  for (const [i, { method, key }] of calls.entries()) {
    const kind = `${method} ${key.replace(/^[^/]+\//, '').replace(/^(blobs|builds|assets)\/\d*(-cci-probe)?.*/, '$1$2')}`;
    numbers.set(kind, [...(numbers.get(kind) ?? []), i + 1]);
  }
  const ends = [...numbers.values()].flatMap((all) => [all[0] ?? 0, all.at(-1) ?? 0]);
  return [...new Set(ends)].sort((a, b) => a - b);
}

/** So many of a list, evenly spread over it. */
export const spread = <T>(list: readonly T[], count: number): T[] =>
  list.length <= count
    ? [...list]
    : Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as T);

/** What was done, for a message. */
export const nameOf = (calls: readonly StoreCall[], plans: readonly (readonly Fault[])[]): string =>
  plans
    .map((faults) =>
      faults.map(([at, kind]) => `${kind} ${calls[at - 1]?.method} ${calls[at - 1]?.key} (call ${at})`).join(', then '),
    )
    .join('; in the next run ');

function startAgain({ before, clock, time }: Moment): Promise<Store> {
  clock.time = time;
  return storeOf(before, clock);
}

/** What is left by runs that went wrong, by what it has led to since: the same remains need not be healed twice. */
export type Seen = Set<string>;

/**
 * Runs one after the other, each with what goes wrong in it, then runs in which all is well.
 * @returns whether any of the runs crashed
 * @throws where a reader sees neither the old site nor the new one, a run lied, or the next runs do not make all well
 */
export async function surviveFaults(
  moment: Moment,
  plans: readonly (readonly Fault[])[],
  seen: Seen,
): Promise<boolean> {
  const reports = await startAgain(moment);
  let crashed = false;
  for (const plan of plans) {
    const faulty = faultyStore(reports, new Map(plan));
    const outcome = await runAll(moment.world, faulty.store);
    crashed ||= faulty.crashed;
    await checkAfterFault(moment, reports, outcome);
  }
  const remains = await remainsOf(reports);
  if (seen.has(remains)) return crashed;
  await checkHealing(moment, reports);
  seen.add(remains);
  return crashed;
}

/** A reader sees the old site whole or the new one, and who says that it has published has. */
export async function checkAfterFault({ old, wanted }: Moment, reports: Store, outcome: Outcome | Error) {
  const site = await readWholeSite(reports, ORG);
  const isNew = isSame(site, wanted);
  if (!isNew && !isSame(site, old)) throw new Error('a reader sees neither the old site nor the new one');
  if ('result' in outcome && !isNew) throw new Error('the run says that all is well, and the old site is still there');
}

/** The next run makes all well, at once; and some time later nothing is left that leads nowhere. */
export async function checkHealing({ world, clock, wanted }: Moment, reports: Store): Promise<void> {
  clock.time += 60_000;
  const outcome = await runAll(world, reports);
  if (!('result' in outcome)) throw new Error(`the next run fails: ${problemOf(outcome)}`);
  if (!isSame(await readWholeSite(reports, ORG), wanted)) throw new Error('the next run does not make the new site');
  const erased = keysWith(await snapshotOf(reports), ERASED);
  if (erased.length > 0) throw new Error(`the deleted call is still in ${erased.join(', ')}`);
  for (let further = 0; further < 2; further++) {
    clock.time += LONG_MS;
    const idle = await runAll(world, reports);
    if (!('result' in idle)) throw new Error(`a further run fails: ${problemOf(idle)}`);
  }
  if (!isSame(await readWholeSite(reports, ORG), wanted)) throw new Error('a further run changes the site');
  const garbage = garbageOf(await snapshotOf(reports), ORG);
  if (garbage.length > 0) throw new Error(`nothing leads to ${garbage.join(', ')}`);
}

export const problemOf = (outcome: Outcome | Error): string =>
  outcome instanceof Error ? outcome.message : 'problems' in outcome ? outcome.problems.join(' ') : 'none';

/** The same for stores in which all that differs is what was drawn at random. */
async function remainsOf(reports: Store): Promise<string> {
  const plain = (text: string) => text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '*');
  const objects = await snapshotOf(reports);
  return sha256(
    objects.map(({ key, body }) => `${plain(key)} ${sha256(plain(Buffer.from(body).toString('latin1')))}`).join('\n'),
  );
}
