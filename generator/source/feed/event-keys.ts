import { type Printable, quoted, say } from '../../lib/printable.ts';

interface Event {
  keys?: unknown;
  Records?: unknown;
  detail?: { object?: { key?: unknown } } | null;
  /** Of S3, when notifications are switched on. */
  Event?: unknown; // e.g., "s3:TestEvent"
  /** An envelope of SNS. */
  Type?: unknown; // e.g., "Notification"
  Message?: unknown;
}

/** What is named, or why it is not understood, as the end of a sentence. */
export type EventKeys = { keys: string[] } | { problem: Printable };

/** Keys in the text of an event, or of several, one a line. */
export function keysIn(text: string): EventKeys {
  const events = parse(text) ?? linesOf(text);
  if (events === undefined) return { problem: say`it is no JSON` };
  const keys: string[] = [];
  for (const event of [events].flat()) {
    const found = keysOf(event);
    if ('problem' in found) return found;
    for (const key of found.keys) keys.push(key);
  }
  return { keys };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function linesOf(text: string): unknown[] | undefined {
  const events = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parse);
  return events.length === 0 || events.includes(undefined) ? undefined : events;
}

/** Of one event: ours, S3's own, EventBridge's, or one of these in an envelope of SNS. */
function keysOf(event: unknown): EventKeys {
  const { keys, Records, detail, Event: name, Type, Message } = Object(event) as Event;
  if (Array.isArray(keys)) return texts(keys);
  if (name === 's3:TestEvent') return { keys: [] };
  if (Type === 'Notification' && typeof Message === 'string') return keysOf(parse(Message));
  if (typeof Type === 'string' && typeof Message === 'string')
    return { problem: say`it is a message of SNS about itself (${quoted(Type)})` };
  const encoded = Array.isArray(Records) ? Records.map(keyOfRecord) : detail && [detail.object?.key];
  if (!encoded) return { problem: say`it is no event of S3, EventBridge or SNS` };
  const found = texts(encoded);
  if ('problem' in found) return found;
  // S3 writes keys as in an address, EventBridge as they are; whichever it is, one of both is the key, and the other one costs a look.
  return { keys: found.keys.flatMap((key) => [...new Set([key, decoded(key)])]) };
}

const keyOfRecord = (record: unknown): unknown => (record as { s3?: Event['detail'] } | null)?.s3?.object?.key;

const texts = (keys: readonly unknown[]): EventKeys =>
  keys.every((key) => typeof key === 'string') ? { keys: [...keys] } : { problem: say`it names no object` };

function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}
