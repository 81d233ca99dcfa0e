import type { BuildContext } from '../build/context.ts';
import { memoryWorld, published, tenant } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import type { Printable } from '../lib/printable.ts';
import { buildAll, type Outcome, type RunContext } from '../run.ts';
import type { ChangeFeed } from '../source/feed/change-feed.ts';
import { announce, objectFeed } from '../source/feed/event-objects.ts';
import { openFeed } from '../source/feed/open.ts';
import { memoryStore } from '../store/memory.ts';
import { collect } from '../store/ranges.ts';
import type { Store } from '../store/store.ts';
import type { SqsDouble } from './sqs-double.ts';

const ORG = 'org_1';

/** What becomes of the event of one change. */
export type Fate = 'told' | 'lost' | 'late' | 'doubled';

/** A feed, and how it comes to its events. */
export interface FilledFeed {
  feed: ChangeFeed;
  clock: { time: number };
  /** @param keys whole, of one organization */
  tell(keys: readonly string[], org?: string): Promise<void>;
  /** An event as somebody wrote it. */
  put(body: string): Promise<void>;
  /** How many events are there still, whoever has them. */
  left(): Promise<number>;
  /** From now on this cannot be done; nothing: all can be done again. */
  fail(what?: 'list' | 'read' | 'remove'): void;
  /** From now on all that a feed may do is done, by numbers of chance from 0 to 99; absent: only what is usual. */
  beOdd(chance?: () => number): void;
}

const openClock = () => ({ time: Date.parse('2026-04-02T08:00:00Z') });

function filledObjects(): FilledFeed {
  const events = memoryStore();
  let count = 0;
  let failing: string | undefined;
  const unless = (what: string) => {
    if (failing === what) throw new Error('the store has gone away');
    return events;
  };
  return {
    feed: objectFeed({
      ...events,
      list: (prefix) => unless('list').list(prefix),
      get: async (key) => unless('read').get(key),
      remove: async (key) => unless('remove').remove(key),
    }),
    fail(what) {
      failing = what;
    },
    beOdd() {},
    clock: openClock(),
    tell: (keys, org = ORG) => announce(events, org, keys),
    put: async (body) => void (await events.put(`${ORG}/put-${count++}`, body)),
    left: async () => (await collect(events.list(''))).length,
  };
}

/** A notification of S3 as it comes in a queue. */
export const notification = (key: string): string =>
  JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: {
          s3SchemaVersion: '1.0',
          bucket: { name: 'results' },
          object: {
            key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'),
            size: 1,
            sequencer: '0055AED6DCD90281E5',
          },
        },
      },
    ],
  });

/** The queue of a double, which is emptied. */
export function filledQueue({ queue, url, faults }: SqsDouble): FilledFeed {
  const clock = openClock();
  queue.clear();
  faults.length = 0;
  queue.clock = clock;
  return {
    feed: openFeed(url, { credentials: { accessKeyId: 'key', secretAccessKey: 'secret' }, pauseMs: 0 }),
    clock,
    async tell(keys) {
      for (const key of keys) queue.send(notification(key));
    },
    put: async (body) => queue.send(body),
    left: async () => queue.left.length,
    fail(what) {
      faults.length = 0;
      const of = what === 'remove' ? 'DeleteMessageBatch' : 'ReceiveMessage';
      if (what) faults.push({ of, status: 403, code: 'AccessDenied', times: 99 });
    },
    beOdd(chance = () => 99) {
      queue.again = () => chance() < 20;
      queue.sample = () => Math.min(10, chance());
      queue.survives = () => chance() < 10;
    },
  };
}

/** An organization whose results tell of their changes in a feed, and a clock. */
export interface FedWorld extends FilledFeed {
  world: BuildContext;
  /** The results as somebody has them who writes there: what becomes of each event is for `fateOf` to say. */
  results(fateOf: (key: string) => Fate): Store;
  /** What was late comes now. */
  deliver(): Promise<void>;
  /** @returns names of the steps of the run, beside how it went */
  run(over?: Partial<RunContext>): Promise<{ outcome: Outcome; steps: string[] }>;
}

export async function fedWorld(filled: FilledFeed = filledObjects()): Promise<FedWorld> {
  const { clock, feed, tell } = filled;
  const base = await tenant([{ id: 'c0' }]);
  const world = memoryWorld({ ...base, now: () => new Date(clock.time) });
  let late: string[] = [];
  async function happened(key: string, fate: Fate) {
    if (fate === 'late') late.push(key);
    else if (fate !== 'lost') await tell([key]);
    if (fate === 'doubled') await tell([key, key]);
  }
  return {
    ...filled,
    world,
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
      await tell(late);
      late = [];
    },
    async run(over) {
      const steps: string[] = [];
      const step = async <T>(name: Printable, work: (progress: () => void) => Promise<T>) => {
        steps.push(String(name));
        return work(() => {});
      };
      const logFor = () => ({ ...silentLog, step });
      const [outcome] = await buildAll({ ...world, events: feed, logFor, ...over }, undefined);
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
