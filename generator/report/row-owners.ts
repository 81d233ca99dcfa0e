import type { State } from '../days/state.ts';
import { compareKeys } from '../store/store.ts';

/** Call id → key of the sheet whose row counts, for calls that are read from one: of several sheets the last, by key. */
export function rowOwners({ calls, sheets }: Pick<State, 'calls' | 'sheets'>): Map<string, string> {
  const owners = new Map<string, string>();
  for (const key of Object.keys(sheets).sort(compareKeys)) {
    for (const id of Object.keys(sheets[key]?.rows ?? {}))
      if (Object.hasOwn(calls, id) && calls[id]?.etags.row !== undefined) owners.set(id, key);
  }
  return owners;
}
