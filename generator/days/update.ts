import type { Call } from '../model.ts';
import type { Normalized } from '../normalize/call.ts';
import { ruleId } from '../normalize/rules.ts';
import type { Blobs } from '../publish/blobs.ts';
import type { Etags } from '../source/listing.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenant-config.ts';
import { cubeOf } from './cube.ts';
import { UNDATED } from './fold.ts';
import { encodeDay, type KnownCall, readDay, type State } from './state.ts';

/** What was read of one call in this run. */
export interface ReadCall {
  id: string;
  etags: Etags;
  normalized: Normalized;
}

/** Reads day files once. */
export type DayReader = (day: string) => Promise<Call[]>;

/** @param fresh days written in this run, at hand already */
export function dayReader(store: Store, org: string, state: State, fresh: Map<string, Call[]> = new Map()): DayReader {
  const read = new Map<string, Promise<Call[]>>([...fresh].map(([day, calls]) => [day, Promise.resolve(calls)]));
  return (day) => {
    const known = state.days[day];
    if (!read.has(day)) read.set(day, known ? readDay(store, org, known) : Promise.resolve([]));
    return read.get(day) as Promise<Call[]>;
  };
}

/**
 * The state after this run: only days that a changed call was or is in are written again.
 * @returns the new state, and the calls of the days that were written
 */
export async function updateDays(
  state: State,
  changes: { read: readonly ReadCall[]; deleted: readonly string[]; ignored: string[] },
  readOld: DayReader,
  config: TenantConfig,
  blobs: Blobs,
): Promise<{ state: State; fresh: Map<string, Call[]> }> {
  const calls = new Map(Object.entries(state.calls));
  const gone = new Map<string, Set<string>>();
  const come = new Map<string, Call[]>();
  const remember = <T>(map: Map<string, T>, day: string, empty: T): T => {
    if (!map.has(day)) map.set(day, empty);
    return map.get(day) as T;
  };
  for (const id of [...changes.deleted, ...changes.read.map((each) => each.id)]) {
    const day = calls.get(id)?.day;
    if (day !== undefined) remember(gone, day, new Set<string>()).add(id);
    calls.delete(id);
  }
  for (const { id, etags, normalized } of changes.read) {
    const day = normalized.kind === 'call' ? (normalized.call.day ?? UNDATED) : undefined;
    calls.set(id, knownCall(etags, day, normalized));
    if (normalized.kind === 'call') remember(come, day as string, []).push(normalized.call);
  }

  const critical = new Set(config.criticalRules.map(ruleId));
  const days = { ...state.days };
  const fresh = new Map<string, Call[]>();
  for (const day of [...new Set([...gone.keys(), ...come.keys()])].sort()) {
    const kept = (await readOld(day)).filter((call) => !gone.get(day)?.has(call.id));
    const all = [...kept, ...(come.get(day) ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
    fresh.set(day, all);
    if (all.length === 0) delete days[day];
    else days[day] = { ...(await blobs.put(encodeDay(all))), cube: cubeOf(all, critical) };
  }
  return {
    state: { ...state, calls: Object.fromEntries(calls), days, ignored: changes.ignored },
    fresh,
  };
}

function knownCall(etags: Etags, day: string | undefined, normalized: Normalized): KnownCall {
  const remarks = normalized.kind === 'call' ? normalized.remarks : [];
  return {
    etags,
    day,
    kind: normalized.kind,
    ...(normalized.refused.length > 0 && { refused: normalized.refused }),
    ...(remarks.length > 0 && { remarks }),
  };
}
