import type { BuildContext } from '../build/context.ts';
import { memoryWorld, published, tenant } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import type { Printable } from '../lib/printable.ts';
import { buildAll, type Outcome, type RunContext } from '../run.ts';
import { announce } from '../source/events.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';

const ORG = 'org_1';

/** What becomes of the event of one change. */
export type Fate = 'told' | 'lost' | 'late' | 'doubled';

/** An organization whose results tell of their changes in a feed, and a clock. */
export interface FedWorld {
  world: BuildContext;
  events: Store;
  clock: { time: number };
  /** The results as somebody has them who writes there: what becomes of each event is for `fateOf` to say. */
  results(fateOf: (key: string) => Fate): Store;
  /** What was late comes now. */
  deliver(): Promise<void>;
  /** @returns names of the steps of the run, beside how it went */
  run(over?: Partial<RunContext>): Promise<{ outcome: Outcome; steps: string[] }>;
}

export async function fedWorld(): Promise<FedWorld> {
  const clock = { time: Date.parse('2026-04-02T08:00:00Z') };
  const base = await tenant([{ id: 'c0' }]);
  const world = memoryWorld({ ...base, now: () => new Date(clock.time) });
  const events = memoryStore();
  let late: string[] = [];
  const tell = (...keys: string[]) => announce(events, ORG, keys);
  async function happened(key: string, fate: Fate) {
    if (fate === 'late') late.push(key);
    else if (fate !== 'lost') await tell(key);
    if (fate === 'doubled') await tell(key, key);
  }
  return {
    world,
    events,
    clock,
    results: (fateOf) => ({
      ...world.results,
      async put(key, body, options) {
        const etag = await world.results.put(key, body, options);
        await happened(key, fateOf(key));
        return etag;
      },
      async remove(key) {
        await world.results.remove(key);
        await happened(key, fateOf(key));
      },
    }),
    async deliver() {
      await tell(...late);
      late = [];
    },
    async run(over) {
      const steps: string[] = [];
      const step = async <T>(name: Printable, work: (progress: () => void) => Promise<T>) => {
        steps.push(String(name));
        return work(() => {});
      };
      const logFor = () => ({ ...silentLog, step });
      const [outcome] = await buildAll({ ...world, events, logFor, ...over }, undefined);
      return { outcome: outcome as Outcome, steps };
    },
  };
}

/** The site that the input makes, with nothing known before. */
export async function coldSite(world: BuildContext): Promise<Map<string, string>> {
  const reports = memoryStore();
  await buildAll({ ...world, reports, logFor: () => silentLog }, undefined);
  return published(reports, ORG);
}
