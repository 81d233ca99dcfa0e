import { decodeText, stableJson } from '../../lib/bytes.ts';
import type { Store } from '../../store/store.ts';

/** Addresses that an operator has put on again after a bounce or a complaint; named by their hash. */
const FOLDER = 'mail/resumed/';

/** From now on what the mail service has reported of an address so far does not count; what it reports later does. */
export const resumeAddress = (store: Store, hash: string, now: Date): Promise<string> =>
  store.put(`${FOLDER}${hash}.json`, stableJson({ version: 1, at: now.toISOString() }));

/** Hash of an address → when it was put on again. An object that cannot be read puts nobody on. */
export async function readResumed(store: Store): Promise<Map<string, number>> {
  const resumed = new Map<string, number>();
  for await (const { key } of store.list(FOLDER)) {
    const hash = /^([0-9a-f]{32})\.json$/.exec(key.slice(FOLDER.length))?.[1];
    const object = hash === undefined ? undefined : await store.get(key);
    const at = object && instantIn(object.body);
    if (hash !== undefined && at !== undefined) resumed.set(hash, at);
  }
  return resumed;
}

function instantIn(body: Uint8Array): number | undefined {
  try {
    const at = Date.parse((JSON.parse(decodeText(body)) as { at: string }).at);
    return Number.isNaN(at) ? undefined : at;
  } catch {
    return undefined;
  }
}

/** Whether an address has been put on again since it was suppressed last. */
export const isResumed = (resumed: number | undefined, suppressed: number): boolean =>
  resumed !== undefined && resumed >= suppressed;
