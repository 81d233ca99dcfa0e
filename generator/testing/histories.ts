import fc from 'fast-check';
import type { BuildContext } from '../build/context.ts';
import { verifySites } from '../commands/verify.ts';
import { readAnyState } from '../days/state.ts';
import { CONFIG, putCall } from '../fixtures/objects.ts';
import { stableJson } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import type { Pool } from '../lib/pool.ts';
import { numberOf } from '../publish/manifest.ts';
import { readManifest, readPointer } from '../publish/read.ts';
import { rollBack } from '../publish/rollback.ts';
import type { ChangeFeed } from '../source/feed/change-feed.ts';
import { memoryStore } from '../store/memory.ts';
import { listInRanges } from '../store/ranges.ts';
import { compareKeys, type Store } from '../store/store.ts';
import { snapshotOf } from './copies.ts';
import { type FilledFeed, fedWorld } from './feed-runs.ts';
import { type Change, inputChange } from './input-changes.ts';
import { garbageOf } from './whole-site.ts';

const ORG = 'org_1';
const QUARTER_HOUR = 15 * 60_000;
const MASKING_KEY = 'k'.repeat(32);
const KEEPS = { createOnly: true, compareAndSwap: true };

const configured = (over: object) => (_results: Store, config: Store) =>
  config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, ...over }));
const id = fc.integer({ min: 0, max: 7 }).map((n) => `c${n}`);
const agent = fc.constantFrom(
  'ann@agents.example',
  'Ann@Agents.Example',
  'ANN@agents.example',
  'eve@north.agents.example',
);

/** Beside what happens to the input anywhere: agents that get other names and teams, masking, and metadata. */
const historyChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 20, arbitrary: inputChange },
  {
    weight: 2,
    arbitrary: fc.tuple(id, agent).map(([call, to]): Change => {
      return (results) =>
        putCall(results, ORG, { id: call, call: { to_number: to, start_timestamp: '2026-03-25T09:00:00Z' } });
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<object>(
        { masking: true },
        { masking: true, agents: { 'ann@agents.example': { name: 'Ann', team: 'North' } } },
        { agents: { 'ann@agents.example': { name: 'Ann O’Hara' }, bob: { team: 'South' } } },
        { metadata: { Note: 'note' }, minimumN: 1 },
        {},
      )
      .map(configured),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(id, fc.constantFrom('one', 'two')).map(([call, note]): Change => {
      const metadata = JSON.stringify({ raw: { metadata: { note } } });
      return (results) => results.put(`${ORG}/final/v1.0/${call}.json`, metadata);
    }),
  },
);

/** What happens between two runs, and how the second of them goes. */
export interface Round {
  changes: Change[];
  /** Keys below the organization that the change feed names though nothing has happened there. */
  noise: string[];
  /** Keys between the ranges in which the input is listed. */
  cuts: string[];
  /** Whether the site is rolled back before, where an older build is kept. */
  back: boolean;
  /** A blob of state or manifest of which a byte is another, by its place among them as a part of the whole. */
  damaged: number | undefined;
}

const seldom = <T>(usual: T, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary });

export const history: fc.Arbitrary<Round[]> = fc.array(
  fc.record({
    changes: fc.array(historyChange, { minLength: 1, maxLength: 4 }),
    noise: fc.array(fc.constantFrom('enriched/nobody.json', 'raw/c1.json', 'enriched/c3.json'), { maxLength: 2 }),
    cuts: fc
      .array(fc.tuple(fc.constantFrom('enriched', 'final/v1.0', 'final/v2.0-flat/calls', 'final/v2.0-flat/qa'), id), {
        maxLength: 6,
      })
      .map((all) => [...new Set(all.map(([folder, name]) => `${ORG}/${folder}/${name}`))].sort(compareKeys)),
    back: seldom(false, fc.constant(true)),
    damaged: seldom<number | undefined>(undefined, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
  }),
  { minLength: 1, maxLength: 6 },
);

export interface Walk {
  /** Builds that were compared with one made from nothing. */
  compared: number;
  /** Runs with the change feed that listed nothing. */
  fed: number;
}

/** How pages are made in a walk. */
export interface Ways {
  renderer?: BuildContext['renderer'];
  /** For the runs with a plain listing, and for those that list in ranges; absent: all pages are made in this thread. */
  pools?: [Pool, Pool];
  /** Calls that nothing happens to, 1 by default: without any input there is no organization to build. */
  calls?: number;
  /** Absent: one of objects. */
  feed?: FilledFeed;
}

/**
 * One history of the input, after each round of which the site is brought up to date in three stores: by a plain listing, by one in
 * ranges, and by the change feed. Site and state are what a build makes that knows nothing of what was before, to the byte.
 * @throws where they are not, naming what differs
 */
export async function walk(rounds: readonly Round[], { renderer, pools, calls = 1, feed }: Ways = {}): Promise<Walk> {
  const fed = await fedWorld(feed);
  const { clock } = fed;
  const world = { ...fed.world, maskingKey: MASKING_KEY, ...(renderer && { renderer }) };
  const input = fed.results(() => 'told');
  for (let i = 0; i < calls; i++)
    await putCall(input, ORG, { id: `still-${i}`, call: { start_timestamp: `2026-03-${1 + (i % 28)}T10:00:00Z` } });
  const stores = { listing: memoryStore(), ranges: memoryStore(), feed: world.reports };
  const done: Walk = { compared: 0, fed: 0 };
  const first: Round = { changes: [], noise: [], cuts: [], back: false, damaged: undefined };
  for (const { changes, noise, cuts, back, damaged } of [first, ...rounds]) {
    if (back) for (const store of Object.values(stores)) await goBack(store, new Date(clock.time).toISOString());
    for (const change of changes) await change(input, world.config);
    await fed.tell(noise.map((name) => `${ORG}/${name}`));
    if (damaged !== undefined) for (const store of [stores.listing, stores.ranges]) await harm(store, damaged);
    clock.time += QUARTER_HOUR;
    const run = async (name: string, over: Partial<BuildContext> & { events?: ChangeFeed }) => {
      const { outcome, steps } = await fed.run({ ...world, events: undefined, ...over });
      if ('problems' in outcome) throw new Error(`${name} fails: ${outcome.problems.join(' ')}`);
      return steps;
    };
    const wanted = memoryStore();
    await run('from nothing', { reports: wanted });
    const listed = {
      listing: () => run('a listing', { reports: stores.listing, pool: pools?.[0] }),
      ranges: () =>
        run('a listing in ranges', {
          reports: stores.ranges,
          results: inRanges(world.results, cuts),
          pool: pools?.[1],
        }),
    };
    await listed.listing();
    await listed.ranges();
    const steps = await run('the change feed', { reports: stores.feed, events: fed.feed });
    if (!steps.includes('list')) done.fed++;
    const left = await fed.left();
    if (left > 0) throw new Error(`${left} events are left`);
    if (damaged !== undefined)
      for (const [name, again] of Object.entries(listed)) await mend(stores[name as keyof typeof listed], again);
    const all = await contentOf(wanted);
    for (const [name, store] of Object.entries(stores)) {
      const differs = differenceOf(all, await contentOf(store));
      if (differs.length > 0) throw new Error(`${name}: other than from nothing: ${differs.slice(0, 5).join(', ')}`);
      done.compared++;
    }
  }
  // What a damaged list of a kept build has named is not known any more.
  if (rounds.some(({ damaged }) => damaged !== undefined)) return done;
  for (const [name, store] of Object.entries(stores)) {
    const garbage = garbageOf(await snapshotOf(store), ORG);
    if (garbage.length > 0) throw new Error(`${name}: nothing leads to ${garbage.slice(0, 5).join(', ')}`);
  }
  return done;
}

const inRanges = (store: Store, cuts: readonly string[]): Store => {
  const ranged: Store = {
    ...store,
    async *listRange(prefix, { after, upTo }) {
      for await (const object of store.list(prefix)) {
        const isAfter = after === undefined || compareKeys(object.key, after) > 0;
        if (isAfter && (upTo === undefined || compareKeys(object.key, upTo) <= 0)) yield object;
      }
    },
  };
  return { ...store, list: (prefix) => listInRanges(ranged, prefix, cuts) };
};

async function goBack(store: Store, at: string): Promise<void> {
  const { pointer } = (await readPointer(store, ORG)) ?? {};
  if (pointer?.kept.some((each) => numberOf(each) < numberOf(pointer)))
    await rollBack(store, ORG, undefined, at, async () => KEEPS);
}

/** @param place of the blob among those of state and manifest, 0 ≤ place < 1 */
async function harm(store: Store, place: number): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of store.list(`${ORG}/blobs/`)) if (/\/[0-9a-f]{64}\.\d+$/.test(key)) keys.push(key);
  const key = keys[Math.floor(place * keys.length)];
  const body = key === undefined ? undefined : (await store.get(key))?.body;
  if (key === undefined || !body || body.length === 0) return;
  const at = body.length >> 1;
  await store.put(key, body.with(at, (body[at] ?? 0) ^ 1));
}

/**
 * A part of the manifest that no change leads to is carried on as it lies, without being read. Of a damaged one people learn by
 * `verify --deep`, and the run after that makes it anew.
 */
async function mend(store: Store, run: () => Promise<unknown>): Promise<void> {
  try {
    await contentOf(store);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    if (!(await verifySites(store, { deep: 'true' })).failed) throw error;
    await run();
  }
}

/** What a site and its state consist of, by name, but for where it lies. */
async function contentOf(store: Store): Promise<Map<string, string>> {
  const content = new Map<string, string>();
  const { pointer } = (await readPointer(store, ORG)) ?? {};
  if (!pointer) return content;
  const { files, csp } = await readManifest(store, ORG, pointer);
  content.set('policy', csp);
  content.set('calls', String(pointer.calls));
  for await (const [path, { blob: _, ...file }] of files) content.set(path, stableJson(file));
  const state = await readAnyState(store, ORG, pointer.state);
  for (const [name, value] of Object.entries(state ?? {}))
    content.set(
      `${name} of the state`,
      JSON.stringify(value, (key, inner) => (key === 'blob' ? undefined : inner)),
    );
  return content;
}

const differenceOf = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name));
