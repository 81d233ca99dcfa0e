import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { Cube } from '#shared/counts/cube.ts';
import type { Call, Remark } from '#shared/model.ts';
import { compress, decodeText, decompress, encodeText, sha256, stableJson } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import type { StateAt } from '../publish/manifest.ts';
import type { KnownSheets } from '../source/known-sheet.ts';
import type { Etags } from '../source/listing.ts';
import type { Refused } from '../source/refusals.ts';
import type { Store } from '../store/store.ts';

/** What is remembered of one call's objects. */
export interface KnownCall {
  etags: Etags;
  /** When the store received its `calls/` object, in milliseconds since the epoch: it stays as it was read with that ETag. */
  modified?: number;
  /** Day file in which the call lies; absent where its objects make no call. */
  day?: string; // e.g., "2026-03-30" or "undated"
  kind: 'call' | 'transcribed' | 'qa without call' | 'nothing';
  /** See `Call`. */
  alias?: Call['alias'];
  refused?: Refused[];
  remarks?: Remark[];
}

/** One day: its calls in a blob, its cube at hand. */
export interface Day {
  /** Key inside the organization of the day's calls: gzipped NDJSON, one call a line, by id. */
  blob: string;
  sha256: string;
  cube: Cube;
}

/** What a build remembers, so that the next one costs what has changed. Belongs to one published build. */
export interface State {
  version: 1;
  /** Of the code and the configuration; another one means a full rebuild. */
  fingerprint: string;
  calls: { [id: string]: KnownCall };
  sheets: KnownSheets;
  ignored: string[];
  days: { [day: string]: Day };
}

/** What a state belongs to: the code, the configuration and the key of the pseudonyms in it. */
export const fingerprintOf = (codeVersion: string, configHash: string, maskingKey: string | undefined): string =>
  sha256([codeVersion, configHash, maskingKey ?? ''].join('\n'));

export const emptyState = (fingerprint: string): State => ({
  version: 1,
  fingerprint,
  calls: Object.create(null) as State['calls'],
  sheets: {},
  ignored: [],
  days: {},
});

export const encodeState = (state: State): Promise<Uint8Array> => compress(encodeText(stableJson(state)));

/**
 * The state of a build, or undefined where it is damaged, gone or was made by other code or configuration:
 * then everything is built again, which is slow and right.
 */
export async function readState(
  store: Store,
  org: string,
  at: StateAt,
  fingerprint: string,
): Promise<State | undefined> {
  const state = await readAnyState(store, org, at);
  return state?.fingerprint === fingerprint ? state : undefined;
}

/** The state of a build whoever made it, or undefined where it is damaged or gone. */
export async function readAnyState(
  store: Store,
  org: string,
  { blob, sha256: hash }: StateAt,
): Promise<State | undefined> {
  const object = await store.get(`${org}/${blob}`);
  if (!object || sha256(object.body) !== hash) return undefined;
  try {
    const state = JSON.parse(decodeText(await decompress(object.body))) as State;
    return state.version === 1 ? state : undefined;
  } catch {
    return undefined;
  }
}

const compressDay = promisify(gzip);

/** @param lines of `readDayLines`, by id */
export const encodeDay = (lines: readonly string[]): Promise<Uint8Array> =>
  compressDay(lines.map((line) => `${line}\n`).join(''));

/** One call as it stands in a day file. */
export const dayLine = (call: Call): string => stableJson(call);

/** The lines of a day file, without their line breaks. */
export const readDayLines = (file: Uint8Array): string[] => decodeText(gunzipSync(file)).split('\n').slice(0, -1);

/** The day file as published. @throws {Damaged} where the blob is gone or damaged. */
export async function readDayFile(store: Store, org: string, day: Day): Promise<Uint8Array> {
  const object = await store.get(`${org}/${day.blob}`);
  if (!object || sha256(object.body) !== day.sha256) throw new Damaged(`damaged day: ${org}/${day.blob}`);
  return object.body;
}

export const parseDay = (file: Uint8Array): Call[] => readDayLines(file).map((line) => JSON.parse(line) as Call);
