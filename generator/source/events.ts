import { randomUUID } from 'node:crypto';
import { decodeText } from '../lib/bytes.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import { collect } from '../store/ranges.ts';
import type { Store } from '../store/store.ts';
import { partOf, prefixes } from './layout.ts';

/**
 * A change feed: a store with an object for each event, or for many, below the organization that it is of. It says which keys to look
 * at, and nothing more: what is there is asked of the store of the results.
 */

/** With more of them, or in larger ones, listing everything costs no more. */
const MOST_EVENTS = 2000;
const MOST_BYTES = 1024 * 1024;
const MOST_CALLS = 2000;

/** Keys of the events that lie there of one organization. */
export const eventKeys = async (events: Store, org: string): Promise<{ key: string; size: number }[]> =>
  collect(events.list(`${org}/`));

/**
 * The calls that events name.
 * @param listed of `eventKeys`
 * @returns undefined where only a listing can tell: they are too many, cannot be read, or name what is no call's
 */
export async function readEvents(
  events: Store,
  org: string,
  listed: readonly { key: string; size: number }[],
): Promise<Set<string> | undefined> {
  if (listed.length > MOST_EVENTS || listed.some(({ size }) => size > MOST_BYTES)) return undefined;
  const ids = new Set<string>();
  const isKnown = await mapConcurrent(listed, async ({ key }) => {
    const object = await events.get(key);
    const named = object && keysIn(object.body);
    // Another run may have used it by now: then what it named has been looked at.
    if (!named) return object === undefined;
    return named.every((each) => addCall(ids, each, org));
  });
  return isKnown.every(Boolean) && ids.size <= MOST_CALLS ? ids : undefined;
}

/** @returns whether all that it may stand for has been added; keys of others, and of what nobody reads, stand for nothing */
function addCall(ids: Set<string>, key: string, org: string): boolean {
  const name = belowOrganization(key, org);
  if (name === undefined || !prefixes(true).some((prefix) => name.startsWith(prefix))) return true;
  const found = partOf(name);
  if (found) ids.add(found.id);
  return found !== undefined;
}

/** The store of the results may begin anywhere in its bucket. */
function belowOrganization(key: string, org: string): string | undefined {
  if (key.startsWith(`${org}/`)) return key.slice(org.length + 1);
  const at = key.indexOf(`/${org}/`);
  return at < 0 ? undefined : key.slice(at + org.length + 2);
}

interface Event {
  keys?: unknown;
  Records?: { s3?: { object?: { key?: unknown } } }[];
  detail?: { object?: { key?: unknown } };
}

/** Keys in the body of an event, or of several, one a line. Undefined where it is of no known form. */
function keysIn(body: Uint8Array): string[] | undefined {
  try {
    const text = decodeText(body);
    const parsed =
      parse(text) ??
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line));
    const keys = [parsed].flat().map((event) => keysOf(event as Event));
    return keys.includes(undefined) ? undefined : (keys as string[][]).flat();
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Of one event: ours, S3's own, or EventBridge's. */
function keysOf({ keys, Records, detail }: Event): string[] | undefined {
  if (Array.isArray(keys)) return texts(keys);
  const encoded = Records ? Records.map(({ s3 }) => s3?.object?.key) : detail && [detail.object?.key];
  // S3 writes keys as in an address, EventBridge as they are; whichever it is, one of both is the key, and the other one costs a look.
  return encoded && texts(encoded)?.flatMap((key) => [...new Set([key, decoded(key)])]);
}

const texts = (keys: readonly unknown[]): string[] | undefined =>
  keys.every((key) => typeof key === 'string') ? [...keys] : undefined;

function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** Keys told in one event; a million would make one that nobody reads. */
const KEYS_IN_EVENT = 1000;

/** Say in a change feed that objects of one organization have come, changed or gone. @param keys whole */
export async function announce(events: Store, org: string, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += KEYS_IN_EVENT)
    await events.put(`${org}/${randomUUID()}.json`, JSON.stringify({ keys: keys.slice(at, at + KEYS_IN_EVENT) }));
}

/** Remove events that have been used. */
export const removeEvents = (events: Store, listed: readonly { key: string }[]): Promise<unknown> =>
  mapConcurrent(listed, ({ key }) => events.remove(key));
