import pMap from 'p-map';
import { encodeText } from '../../../generator/lib/bytes.ts';
import { announce } from '../../../generator/source/feed/event-objects.ts';
import { PreconditionFailed, type Store } from '../../../generator/store/store.ts';
import { type Day, daysTo, yesterday } from './calendar.ts';
import { json } from './files.ts';
import { edition, type Marker, markerKey, note, readMarker, type TenantSummary } from './marker.ts';
import type { DemoTenant } from './model.ts';
import { oddOf } from './odd.ts';
import { callsOf, type Plan, planDay } from './plan.ts';
import { objectsOf, type Put } from './records.ts';
import { tenants } from './tenants.ts';

export interface DemoStores {
  results: Store;
  config: Store;
  input: Store;
  /** A change feed: gets the keys of what was written to the results, and removed. */
  events?: Store;
}

export interface DemoOptions {
  now: Date;
  /** Default 1. */
  seed?: number;
  /** Default 60; fewer than 60 leave some of the odd input out. */
  days?: number;
  /** Calls of a working day of the first tenant, least and most; the second has 0.6 of it. Default 20 to 40, at weekends 10 to 14. */
  callsPerDay?: [number, number];
  /** The first tenant's readers may hear recordings, and there are some calls more of which these are still kept. */
  sounds?: boolean;
  /** Called as calls are written. */
  progress?: (done: number, total: number) => void;
}

/** Calls written at once. More gains nothing: a file store waits for the disk. */
const CONCURRENCY = 16;

/**
 * Writes demo data for two tenants, up to each one's local yesterday. Writes nothing where the data for this day and seed is
 * already there; a day later it writes what is new and deletes what is too old.
 * @returns objects written, and what each tenant holds.
 * @throws where a store holds something else: demo data never mixes with other data.
 */
export async function writeDemoData(
  stores: DemoStores,
  options: DemoOptions,
): Promise<{ written: number; tenants: TenantSummary[] }> {
  const { now, seed = 1, days = 60, callsPerDay, sounds = false, progress } = options;
  const lastDays = tenants.map(({ timeZone }) => yesterday(now, timeZone));
  const wanted: Marker = {
    synthetic: true,
    note,
    edition: edition(),
    seed,
    days,
    callsPerDay: callsPerDay ?? null,
    ...(sounds && { sounds }),
    lastDay: lastDays.toSorted().at(-1) ?? '',
  };
  const marker = await readMarker(stores.results);
  if (marker?.tenants && isSame(marker, wanted, lastDays)) return { written: 0, tenants: marker.tenants };
  if (!marker) {
    await refuseOther(stores);
    await stores.results.put(markerKey, `${JSON.stringify({ synthetic: true, note })}\n`);
  }

  const all = tenants.map((tenant, i) => planTenant(tenant, seed, lastDays[i] ?? '', days, scaled(callsPerDay, i)));
  const total = all.reduce((sum, { calls }) => sum + calls, 0);
  let done = 0;
  let written = 0;
  for (const each of all) {
    const { tenant, calls, plans, lastDay } = each;
    const results = await folderWriter(stores.results, tenant.org, stores.events);
    const input = await folderWriter(stores.input, tenant.org);
    const config = await folderWriter(stores.config, tenant.org);
    const heard = sounds && tenant === tenants[0];
    for (const { name, body } of tenant.files)
      await config.put({ key: `${tenant.org}/${name}`, body: heard && name === REPORT ? withPlayback(body) : body });
    if (calls > 0) await results.put(notes(tenant));
    const write = async (plan: Plan): Promise<void> => {
      const objects = objectsOf(plan, oddOf(plan.day, plan.index, plan.calls, oddShift(tenant)));
      // One after the other, as the pipeline does: whoever reads meanwhile sees what it would see.
      for (const object of objects.results) await results.put(object);
      for (const object of objects.input) await input.put(object);
      progress?.(++done, total);
    };
    await pMap(plans(), write, { concurrency: CONCURRENCY });
    if (heard && lastDay) each.calls += await writeRecorded(lastDay, { results, input });
    for (const writer of [results, input, config]) written += await writer.finish();
  }
  const summaries = all.map(({ tenant, calls }, i) => ({
    org: tenant.org,
    name: tenant.name,
    lastDay: lastDays[i] ?? '',
    calls,
  }));
  await stores.results.put(markerKey, `${JSON.stringify({ ...wanted, tenants: summaries })}\n`);
  return { written: written + 1, tenants: summaries };
}

const isSame = (marker: Marker, wanted: Marker, lastDays: readonly string[]): boolean =>
  marker.edition === wanted.edition &&
  marker.seed === wanted.seed &&
  marker.days === wanted.days &&
  String(marker.callsPerDay) === String(wanted.callsPerDay) &&
  marker.sounds === wanted.sounds &&
  String(marker.tenants?.map(({ lastDay }) => lastDay)) === String(lastDays);

/** Nothing of somebody else's may be overwritten, deleted or called synthetic. */
async function refuseOther(stores: DemoStores): Promise<void> {
  for (const store of [stores.results, stores.config, stores.input]) {
    const [other] = await store.folders('');
    if (other !== undefined)
      throw new Error(
        `The store ${store.url} already holds "${other}", which the demo did not write. Demo data goes into stores of its own: give an empty folder.`,
      );
  }
}

/** How many calls a tenant has, and their plans, day by day as they are asked for. */
function planTenant(
  tenant: DemoTenant,
  seed: number,
  last: string,
  days: number,
  weekday: [number, number] | undefined,
) {
  const planned = daysTo(last, days, tenant.timeZone).map((day) => ({
    day,
    calls: callsOf(tenant, seed, day, weekday),
  }));
  function* plans(): Generator<Plan> {
    for (const { day, calls } of planned) yield* planDay(tenant, seed, day, calls);
  }
  return { tenant, plans, lastDay: planned.at(-1)?.day, calls: planned.reduce((sum, { calls }) => sum + calls, 0) };
}

/** @returns how many calls */
async function writeRecorded(day: Day, { results, input }: Record<'results' | 'input', Writer>): Promise<number> {
  const { recordedObjects } = await import('../sounds/recorded.ts');
  const calls = recordedObjects(day);
  for (const objects of calls) {
    for (const object of objects.results) await results.put(object);
    for (const object of objects.input) await input.put(object);
  }
  return calls.length;
}

const REPORT = 'report-config.json';
const withPlayback = (config: string): string => json({ ...JSON.parse(config), playback: true });

const scaled = (callsPerDay: [number, number] | undefined, i: number): [number, number] | undefined =>
  callsPerDay && i > 0 ? [callsPerDay[0] * 0.6, callsPerDay[1] * 0.6] : callsPerDay;

/** Two tenants have their oddities on other days. */
const oddShift = (tenant: DemoTenant): number => tenants.indexOf(tenant) * 7;

/** Somebody left this beside the calls. */
const notes = ({ org }: DemoTenant): Put => ({
  key: `${org}/final/v2.0-flat/calls/notes.txt`,
  body: 'Re-run of the last batch is done. Please leave this file here.\n',
});

type Writer = Awaited<ReturnType<typeof folderWriter>>;

/** Writes what differs in one organization's folder of a store, and at the end removes what was not put, and tells of both. */
async function folderWriter(store: Store, org: string, events?: Store) {
  const present = new Set<string>();
  for await (const { key } of store.list(`${org}/`)) present.add(key);
  const stale = new Set(present);
  const changed: string[] = [];
  return {
    async put({ key, body }: Put): Promise<void> {
      stale.delete(key);
      if (present.has(key)) {
        const bytes = typeof body === 'string' ? encodeText(body) : body;
        const object = await store.get(key);
        if (object && Buffer.compare(object.body, bytes) === 0) return;
        await store.put(key, bytes);
      } else {
        // Cheaper than a plain put. Whoever was there first runs the same demo and wrote the same.
        await store.put(key, body, { ifNoneMatch: '*' }).catch((error) => {
          if (!(error instanceof PreconditionFailed)) throw error;
        });
      }
      changed.push(key);
    },
    /** @returns objects written and removed. */
    async finish(): Promise<number> {
      await pMap(stale, (key) => store.remove(key), { concurrency: CONCURRENCY });
      changed.push(...stale);
      if (events) await announce(events, org, changed);
      return changed.length;
    },
  };
}
