/** Keys of a call's objects: what lies where. Ids are checked before (`isCallId`). */

/** Whether a text can be the id of a call: part of a key in every store. */
export const isCallId = (id: string): boolean => /^[\w-][\w.-]{0,127}$/.test(id);

/** In the input store. The sound is written last: where it is, the recording was taken. */
export const audioKey = (org: string, call: string, extension: string): string => `${org}/audio/${call}.${extension}`;
export const metaKey = (org: string, call: string): string => `${org}/meta/${call}.json`;

/** In the results store: what the report reads, and Transcribe's document. */
export const rawKey = (org: string, call: string): string => `${org}/raw/${call}.json`;
/** Where Transcribe writes a document of which it has taken out personal data, beside the other. */
export const redactedKey = (org: string, call: string): string => `${org}/raw/redacted-${call}.json`;
export const enrichedKey = (org: string, call: string): string => `${org}/enriched/${call}.json`;
export const v1Key = (org: string, call: string): string => `${org}/final/v1.0/${call}.json`;
export const callsKey = (org: string, call: string): string => `${org}/final/v2.0-flat/calls/${call}.jsonl`;
export const qaKey = (org: string, call: string): string => `${org}/final/v2.0-flat/qa/${call}.jsonl`;

/** In the results store: the pipeline's own. */
export const recordsPrefix = (org: string): string => `${org}/pipeline/calls/`;
export const recordKey = (org: string, call: string): string => `${recordsPrefix(org)}${call}.json`;
export const answersPrefix = (org: string, call: string): string => `${org}/pipeline/answers/${call}/`;
/** An empty object for each call that is neither done nor dead, and one for each that is dead. */
export const openKey = (org: string, call: string): string => `${org}/pipeline/open/${call}`;
export const deadKey = (org: string, call: string): string => `${org}/pipeline/dead/${call}`;
/** Which recording of a group stands for the call. @param group a hash of the group's id */
export const groupKey = (org: string, group: string): string => `${org}/pipeline/groups/${group}`;
export const ingestKey = (org: string): string => `${org}/pipeline/ingest.json`;
export const waitingKey = (org: string): string => `${org}/pipeline/waiting.json`;
/** @param day as 2026-03-30, or "" for the prefix of all */
export const spentKey = (org: string, day: string): string => `${org}/pipeline/spent/${day}${day && '.json'}`;

/** The id and the ending of `<folder>/<id>.<ending>`; undefined for what is of no call. */
export function callOfKey(key: string, prefix: string): { call: string; ending: string } | undefined {
  const name = key.slice(prefix.length);
  const dot = name.lastIndexOf('.');
  const [call, ending] = [name.slice(0, dot), name.slice(dot + 1)];
  return key.startsWith(prefix) && dot > 0 && isCallId(call) ? { call, ending } : undefined;
}
