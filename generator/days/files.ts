import type { Call } from '#shared/model.ts';
import type { Slice, Spool } from '../lib/spool.ts';
import type { Store } from '../store/store.ts';
import { parseDay, readDayFile, type State } from './state.ts';

/** The day files of one build: those published, and those that this run has written instead. */
export interface DayFiles {
  /** @throws {Damaged} where the published one is gone or damaged. */
  get(day: string): Promise<Uint8Array>;
  /** @param calls that are in the file */
  put(day: string, file: Uint8Array, calls: Call[]): Promise<void>;
  /** The day has no call any more. */
  forget(day: string): void;
}

/** Reads the calls of one day by id; none where there is no such day. Not to be changed: another reader may get the same. */
export type DayReader = (day: string) => Promise<readonly Call[]>;

/** Calls that are held for who reads their day next: those of a middling organization, and a small part of a huge one's. */
const HELD_CALLS = 12_000;

/** @param state that of the published build */
export function openDayFiles(store: Store, org: string, state: State, spool: Spool): DayFiles & { read: DayReader } {
  const written = new Map<string, Slice | undefined>();
  const held = new Map<string, readonly Call[]>();
  let holding = 0;
  const hold = (day: string, calls: readonly Call[]) => {
    holding -= held.get(day)?.length ?? 0;
    held.delete(day);
    if (holding + calls.length > HELD_CALLS) return;
    held.set(day, calls);
    holding += calls.length;
  };
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
    async put(day, file, calls) {
      written.set(day, await spool.put(file));
      hold(day, calls);
    },
    forget(day) {
      written.set(day, undefined);
      hold(day, []);
    },
    async read(day) {
      const known = held.get(day);
      if (known) return known;
      const calls = has(day) ? parseDay(await get(day)) : [];
      hold(day, calls);
      return calls;
    },
  };
}
