import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { Cube } from '#shared/counts/cube.ts';
import type { Call } from '#shared/model.ts';
import { compress, decodeText, decompress, encodeText, sha256, stableJson } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import type { StateAt } from '../publish/manifest.ts';
import type { Trouble } from '../publish/status.ts';
import type { KnownSheets } from '../source/known-sheet.ts';
import type { Store } from '../store/store.ts';
import type { FirstState } from './first-state.ts';
import { blobsOfRanges, type StateRange } from './ranges.ts';

/** One day: its calls in a blob, its cube at hand. */
export interface Day {
  /** Key inside the organization of the day's calls: gzipped NDJSON, one call a line, by id. */
  blob: string;
  sha256: string;
  cube: Cube;
}

/** What a build remembers, so that the next one costs what has changed. Belongs to one published build. */
export interface State {
  version: 2;
  /** Of the code and the configuration; another one means a full rebuild. */
  fingerprint: string;
  /** Its calls, in the order of calls. */
  ranges: StateRange[];
  sheets: KnownSheets;
  ignored: string[];
  days: { [day: string]: Day };
  told: Told;
}

/** What of all calls is told wherever the organization is, and no sum gives. */
export interface Told {
  /** What is wrong with much of the input. */
  troubles: Trouble[];
  /** Calls without a day whose start is there and could not be read. */
  unreadStarts: number;
}

/** What a state belongs to: the code, the configuration and the key of the pseudonyms in it. */
export const fingerprintOf = (codeVersion: string, configHash: string, maskingKey: string | undefined): string =>
  sha256([codeVersion, configHash, maskingKey ?? ''].join('\n'));

export const emptyState = (fingerprint: string): State => ({
  version: 2,
  fingerprint,
  ranges: [],
  sheets: {},
  ignored: [],
  days: {},
  told: { troubles: [], unreadStarts: 0 },
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
  return state?.version === 2 && state.fingerprint === fingerprint ? state : undefined;
}

/** The state of a build whoever made it, or undefined where it is damaged or gone. Its ranges may be, too. */
export async function readAnyState(
  store: Store,
  org: string,
  { blob, sha256: hash }: StateAt,
): Promise<State | FirstState | undefined> {
  const object = await store.get(`${org}/${blob}`);
  if (!object || sha256(object.body) !== hash) return undefined;
  try {
    const state = JSON.parse(decodeText(await decompress(object.body))) as State | FirstState;
    return state.version === 1 || state.version === 2 ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Keys of all blobs that a state names, inside the organization. */
export const blobsOfState = ({ ranges, days }: State): string[] => [
  ...blobsOfRanges(ranges),
  ...Object.values(days).map(({ blob }) => blob),
];

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
