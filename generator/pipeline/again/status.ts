import type { Store } from '../../store/store.ts';
import { type IngestState, readIngest } from '../ingest/watermark.ts';
import { callOfKey, callsKey, recordKey } from '../keys.ts';
import type { WaitingCall } from '../record.ts';
import { type Spent, spentOn } from '../spent.ts';
import { notDone } from '../waiting.ts';
import type { World } from '../world.ts';

/** How an organization's calls stand. */
export interface Status {
  /** Calls that the pipeline knows. */
  seen: number;
  done: number;
  waiting: number;
  dead: number;
  /** Calls that are nowhere: the next look through all objects, which each day has, opens them again. */
  lost: number;
  /** Those that are not done, the dead ones first; at most 1,000. */
  calls: WaitingCall[];
  ingest: IngestState;
  spent: { day: Spent; month: Spent };
}

export async function statusOf({ org, stores, now }: Pick<World, 'org' | 'stores' | 'now'>): Promise<Status> {
  const { results } = stores;
  const { waiting, dead, calls } = await notDone({ org, stores });
  const [seen, final] = [await callNames(results, recordKey(org, '')), await callNames(results, callsKey(org, ''))];
  const finished = new Set(final);
  // An open call may have the results of an earlier analysis.
  const named = new Set(calls.map(({ call }) => call));
  const done = seen.filter((call) => finished.has(call) && !named.has(call)).length;
  const today = now().toISOString().slice(0, 10);
  return {
    seen: seen.length,
    done,
    waiting,
    dead,
    lost: Math.max(0, seen.length - done - waiting - dead),
    calls,
    ingest: await readIngest(results, org),
    spent: { day: await spentOn(results, org, today), month: await spentOn(results, org, today.slice(0, 7)) },
  };
}

/** Ids of calls that have an object beside this one. @param like such as `recordKey(org, '')` */
export async function callNames(results: Store, like: string): Promise<string[]> {
  const folder = like.slice(0, like.lastIndexOf('/') + 1);
  const names: string[] = [];
  for await (const { key } of results.list(folder)) {
    const call = callOfKey(key, folder)?.call;
    if (call !== undefined) names.push(call);
  }
  return names;
}
