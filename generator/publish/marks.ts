import { randomUUID } from 'node:crypto';
import { decodeText, stableJson } from '../lib/bytes.ts';
import type { Store } from '../store/store.ts';
import type { Inventory } from './names/inventory.ts';

/**
 * A note for the next build that objects have wrong bytes, which no listing shows: below the builds and of a past generation, so that the
 * clean-up of that build removes it.
 */
const isMark = (key: string): boolean => /^builds\/\d+-damaged-[0-9a-f-]+\.json$/.test(key);

/** @param keys inside the organization */
export async function markDamaged(
  store: Store,
  org: string,
  generation: number,
  keys: readonly string[],
): Promise<void> {
  await store.put(`${org}/builds/${generation}-damaged-${randomUUID()}.json`, stableJson({ version: 1, keys }));
}

/** Whether there is such a note. */
export async function hasMarks(store: Store, org: string): Promise<boolean> {
  for await (const { key } of store.list(`${org}/builds/`)) if (isMark(key.slice(org.length + 1))) return true;
  return false;
}

/** Keys inside the organization that somebody has found to be damaged. */
export async function readMarks(store: Store, org: string, lies: Inventory): Promise<Set<string>> {
  const marked = new Set<string>();
  for (const mark of [...lies.others()].filter(isMark)) {
    const object = await store.get(`${org}/${mark}`);
    for (const key of object ? keysIn(object.body) : []) marked.add(key);
  }
  return marked;
}

function keysIn(body: Uint8Array): string[] {
  try {
    const { keys } = JSON.parse(decodeText(body)) as { keys: unknown };
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}
