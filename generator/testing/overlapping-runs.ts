import fc, { type Scheduler } from 'fast-check';
import type { OrganizationId } from '../../site/gate/auth/tenant.ts';
import { openSites } from '../../site/gate/content/sites.ts';
import { CONFIG, memoryWorld, objectsOf, putCall } from '../fixtures/world.ts';
import { UserError } from '../lib/errors.ts';
import { rollBack } from '../publish/rollback.ts';
import { Overtaken } from '../publish/switch.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { snapshotOf } from './copies.ts';
import { DOOMED, ERASED, LONG_MS, ORG, problemOf, runAll } from './publish-faults.ts';
import { garbageOf, isSame, keysWith, readWholeSite } from './whole-site.ts';

/** Where whoever uses a store stands still for long, for so many turns of the schedule. */
interface Pause {
  /** Before its call of this number, or its first one that begins so. */
  call: number | string; // e.g., "put builds/"
  turns: number;
}

/** How the runs of one try lie to each other, beside the schedule. */
export interface Overlap {
  /** Turns before each change of the input. */
  waits: readonly number[];
  /** Of each run, and of the reader last. */
  pauses: readonly Pause[];
  /** Turns before somebody goes back to the build before; absent: nobody does. */
  rollback: number | undefined;
}

const RUNS = 3;
const KINDS_OF_CALL = ['list', 'put blobs/', 'put builds/', 'get builds/', 'put pointer', 'remove'];
const pause = fc.record({
  call: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.constantFrom(...KINDS_OF_CALL)),
  turns: fc.integer({ min: 0, max: 300 }),
});
export const overlaps: fc.Arbitrary<Overlap> = fc.record({
  waits: fc.array(fc.integer({ min: 0, max: 120 }), { minLength: RUNS, maxLength: RUNS }),
  pauses: fc.array(pause, { minLength: RUNS + 1, maxLength: RUNS + 1 }),
  rollback: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
});

async function wait(scheduler: Scheduler, turns: number, who: string): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await scheduler.schedule(Promise.resolve(), `${who} waits`);
}

/** A store of which each call waits until the schedule lets it pass. */
function scheduledStore(inner: Store, scheduler: Scheduler, who: string, stands?: Pause): Store {
  let calls = 0;
  let at = stands?.call;
  const turn = async (method: string, key: string) => {
    const name = `${method} ${key.replace(`${ORG}/`, '')}`;
    const isHere = typeof at === 'string' ? name.startsWith(at) : at === ++calls;
    if (isHere) {
      at = undefined;
      await wait(scheduler, stands?.turns ?? 0, who);
    }
    await scheduler.schedule(Promise.resolve(), `${who}: ${method} ${key}`);
  };
  return {
    url: inner.url,
    async *list(prefix) {
      await turn('list', prefix);
      yield* inner.list(prefix);
    },
    folders: async (prefix) => {
      await turn('folders', prefix);
      return inner.folders(prefix);
    },
    top: async () => {
      await turn('top', '');
      return inner.top();
    },
    get: async (key, options) => {
      await turn('get', key);
      return inner.get(key, options);
    },
    put: async (key, body, options) => {
      await turn('put', key);
      return inner.put(key, body, options);
    },
    remove: async (key) => {
      await turn('remove', key);
      return inner.remove(key);
    },
  };
}

/** Lets one call after the other pass, in the schedule's order, until the work is done. */
async function drive(scheduler: Scheduler, work: Promise<unknown>): Promise<void> {
  let done = false;
  const end = work.finally(() => {
    done = true;
  });
  end.catch(() => {});
  while (!done) {
    if (scheduler.count() > 0) await scheduler.waitOne();
    await new Promise((turn) => setImmediate(turn));
  }
  await end;
}

/**
 * Three runs that overlap, each begun after a change of the input, perhaps with a rollback between, and with a reader beside them who
 * asks for page after page.
 * @returns pages that the reader has seen
 * @throws where the newest input does not win, a reader is told that something is wrong, or a later run leaves what leads nowhere
 */
export async function overlapRuns(scheduler: Scheduler, { waits, pauses, rollback }: Overlap): Promise<number> {
  const clock = { time: Date.parse('2026-04-02T08:00:00Z') };
  const [results, reports] = [memoryStore(() => clock.time), memoryStore(() => clock.time)];
  const world = memoryWorld({ results, now: () => new Date(clock.time) });
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify(CONFIG));
  await putCall(results, ORG, { id: 'a' });
  await putCall(results, ORG, DOOMED);
  await runAll(world, reports);
  await putCall(results, ORG, { id: 'a', call: { duration_seconds: 61 } });
  await runAll(world, reports);

  const changes = [
    () => putCall(results, ORG, { id: 'b' }),
    async () => {
      for (const key of objectsOf(ORG, DOOMED).keys()) await results.remove(`${ORG}/${key}`);
    },
    () => putCall(results, ORG, { id: 'a', call: { summary: ['A call about two parcels.'] } }),
  ];
  let working = true;
  async function runsOverlapping() {
    const runs: Promise<string>[] = [];
    for (const [i, change] of changes.entries()) {
      await wait(scheduler, waits[i] ?? 0, `change ${i + 1}`);
      await change();
      clock.time += 1000;
      const store = scheduledStore(reports, scheduler, `run ${i + 1}`, pauses[i]);
      runs.push(runAll(world, store).then(problemOf));
    }
    const problems = await Promise.all(runs);
    working = false;
    return problems;
  }
  const runs = runsOverlapping();
  const reader = readBeside(scheduledStore(reports, scheduler, 'reader', pauses[RUNS]), () => working);
  const goneBack = rollback === undefined ? false : goBack(reports, scheduler, rollback);
  await drive(scheduler, Promise.all([runs, reader, goneBack]));

  const [, , newest] = await runs;
  // The next run publishes the input again, also where somebody went back or was faster again and again.
  if (await goneBack) await runAll(world, reports);
  else if (newest !== 'none') throw new Error(`the run of the newest input fails: ${newest}`);
  const fresh = memoryStore();
  await runAll(world, fresh);
  const wanted = await readWholeSite(fresh, ORG);
  if (!isSame(await readWholeSite(reports, ORG), wanted)) throw new Error('an older input has won');
  await runAll(world, reports);
  const erased = keysWith(await snapshotOf(reports), ERASED);
  if (erased.length > 0) throw new Error(`the deleted call is still in ${erased.join(', ')}`);
  for (let further = 0; further < 2; further++) {
    clock.time += LONG_MS;
    await runAll(world, reports);
  }
  const garbage = garbageOf(await snapshotOf(reports), ORG);
  if (garbage.length > 0) throw new Error(`nothing leads to ${garbage.join(', ')}`);
  if (!isSame(await readWholeSite(reports, ORG), wanted)) throw new Error('a further run changes the site');
  return reader;
}

/** @returns whether the build before is current again, and not: there was none, or a run was faster */
async function goBack(reports: Store, scheduler: Scheduler, turns: number): Promise<boolean> {
  await wait(scheduler, turns, 'rollback');
  const keeps = async () => ({ createOnly: true, compareAndSwap: true });
  return rollBack(scheduledStore(reports, scheduler, 'rollback'), ORG, undefined, '2026-04-02T09:00:00Z', keeps).then(
    () => true,
    (error) => {
      if (error instanceof UserError || error instanceof Overtaken) return false;
      throw error;
    },
  );
}

/** Page after page as the gate reads them: where a build was replaced meanwhile, the pointer is asked once more. */
async function readBeside(store: Store, goOn: () => boolean): Promise<number> {
  const sites = openSites(store, { recheckMs: 0 });
  const org = ORG as OrganizationId;
  const paths = ['/', '/calls/', '/calls/a/', '/data/overview.json', `/calls/gone-${ERASED}/`, '/agents/'];
  let seen = 0;
  const ask = async (path: string) => {
    const found = await sites.find(org, path);
    if (typeof found === 'object') await sites.read(org, found.file, 'br');
    else if (found === 'not published') throw new Error('the site is gone');
  };
  for (let at = 0; goOn(); at = (at + 1) % paths.length) {
    const path = paths[at] as string;
    await ask(path).catch(() => ask(path));
    seen++;
  }
  return seen;
}
