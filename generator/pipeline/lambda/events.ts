import { isCallId } from '../keys.ts';

/** A call that a message names. */
export interface NamedCall {
  org: string;
  call: string;
}

/** Folders whose objects each belong to one call. */
const FOLDERS = ['audio', 'raw', 'enriched'];
const ORG = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
/** Transcribe puts it before the name of a document from which it took personal data. */
const REDACTED = 'redacted-';

/**
 * The calls that a message of a queue names: an event of EventBridge about an object, or a message of ours. What is of no call, such as the
 * file by which Transcribe tries whether it may write, names none.
 * @returns undefined where the message is none that is known
 */
export function callsIn(body: string): NamedCall[] | undefined {
  const { detail, org, call } = parsed(body) as {
    detail?: { object?: { key?: unknown } };
    org?: unknown;
    call?: unknown;
  };
  if (typeof org === 'string' && typeof call === 'string')
    return ORG.test(org) && isCallId(call) ? [{ org, call }] : undefined;
  const key = detail?.object?.key;
  return typeof key === 'string' ? callsOfKey(key) : undefined;
}

/** The store may begin anywhere in its bucket. @param key as EventBridge has it, with nothing encoded */
function callsOfKey(key: string): NamedCall[] {
  const [org = '', folder = '', name = ''] = key.split('/').slice(-3);
  const call = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  if (!FOLDERS.includes(folder) || !ORG.test(org) || !isCallId(call)) return [];
  const plain = folder === 'raw' && call.startsWith(REDACTED) ? call.slice(REDACTED.length) : '';
  return [{ org, call }, ...(isCallId(plain) ? [{ org, call: plain }] : [])];
}

function parsed(body: string): object {
  try {
    return Object(JSON.parse(body)) as object;
  } catch {
    return {};
  }
}
