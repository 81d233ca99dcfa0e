/** A map that forgets what was used longest ago once what it holds weighs more than `limit`. The newest entry always stays. */
export interface Lru<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value, weight?: number): void;
  delete(key: string): void;
}

/** @param limit entries, or whatever unit `weight` is in */
export function lru<Value>(limit: number): Lru<Value> {
  const entries = new Map<string, { value: Value; weight: number }>();
  let held = 0;
  function remove(key: string): void {
    held -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight = 1) {
      remove(key);
      entries.set(key, { value, weight });
      held += weight;
      for (const oldest of entries.keys()) {
        if (held <= limit || oldest === key) break;
        remove(oldest);
      }
    },
    delete: remove,
  };
}
