import type { Slice, Spool } from '../lib/spool.ts';
import type { Call } from '../model.ts';
import type { Store } from '../store/store.ts';
import { parseDay, readDayFile, type State } from './state.ts';

/** The day files of one build: those published, and those that this run has written instead. */
export interface DayFiles {
  /** @throws {Damaged} where the published one is gone or damaged. */
  get(day: string): Promise<Uint8Array>;
  put(day: string, file: Uint8Array): Promise<void>;
  /** The day has no call any more. */
  forget(day: string): void;
}

/** Reads the calls of one day by id; none where there is no such day. Holds none of them: ask once. */
export type DayReader = (day: string) => Promise<Call[]>;

/** @param state that of the published build */
export function openDayFiles(store: Store, org: string, state: State, spool: Spool): DayFiles & { read: DayReader } {
  const written = new Map<string, Slice | undefined>();
  const has = (day: string) => (written.has(day) ? written.get(day) !== undefined : state.days[day] !== undefined);
  async function get(day: string): Promise<Uint8Array> {
    const slice = written.get(day);
    if (slice) return spool.get(slice);
    const known = state.days[day];
    if (!known) throw new Error(`missing day: ${day}`);
    return readDayFile(store, org, known);
  }
  return {
    get,
    put: async (day, file) => void written.set(day, await spool.put(file)),
    forget: (day) => void written.set(day, undefined),
    read: async (day) => (has(day) ? parseDay(await get(day)) : []),
  };
}
