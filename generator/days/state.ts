import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { Dimension } from '#shared/filter/dimension-id.ts';
import type { Call } from '#shared/model.ts';
import { compress, decodeText, decompress, encodeText, sha256, stableJson } from '../lib/bytes.ts';
import { undefinedIfDamaged } from '../lib/errors.ts';
import type { StateAt } from '../publish/manifest.ts';
import type { Trouble } from '../publish/status.ts';
import type { KnownSheets } from '../source/known-sheet.ts';
import type { Waiting } from '../source/waiting.ts';
import type { Store } from '../store/store.ts';
import { blobsOfMonths, type Months } from './months.ts';
import type { OlderState } from './older-state.ts';
import { blobsOfRanges, type StateRange } from './ranges.ts';
import type { Arrivals } from './standstill.ts';
import { readBlob } from './state-files.ts';

/**
 * What a build remembers, so that the next one costs what has changed. Belongs to one published build. It is read by each run, so what
 * grows with the calls lies in blobs of its own.
 */
export interface State {
  version: 3;
  /** Of the code and the configuration; another one means a full rebuild. */
  fingerprint: string;
  /** Its calls, in the order of calls. */
  ranges: StateRange[];
  sheets: KnownSheets;
  ignored: string[];
  /** What the pipeline said of calls that are not done; absent where it says nothing. */
  waiting?: Waiting;
  /** Where the calls of a day lie: gzipped NDJSON, one call a line, by id. */
  days: { [day: string]: StateAt };
  /** The terms of each day's calls, see `DayBlock`, packed. */
  terms: { [day: string]: StateAt };
  /** What is remembered of the segments that a search looks in; absent: all are made again. */
  segments?: StateAt;
  /** What days come to. A month that is missing is counted again from its days. */
  months: Months;
  /** What calls are told apart by: days are counted by these values. */
  dimensions: Dimension[];
  told: Told;
  seen: Seen;
}

/** What the page of any call takes from all calls together: where it is another, pages change though their calls have not. */
export interface Seen {
  /** Hash of what each page has. */
  frame: string;
  /** Rule → its name as last spelt. */
  rules: { [rule: string]: string };
  /** The same of agents that go by a name. */
  names: { [agent: string]: string };
}

/** What of all calls is told wherever the organization is, and no sum gives. */
export interface Told {
  /** What is wrong with much of the input. */
  troubles: Trouble[];
  /** Calls without a day whose start is there and could not be read. */
  unreadStarts: number;
  /** Absent where no call has a start. */
  arrivals?: Arrivals;
}

/** What a state belongs to: the code, the configuration and the key of the pseudonyms in it. */
export const fingerprintOf = (codeVersion: string, configHash: string, maskingKey: string | undefined): string =>
  sha256([codeVersion, configHash, maskingKey ?? ''].join('\n'));

export const emptyState = (fingerprint: string): State => ({
  version: 3,
  fingerprint,
  ranges: [],
  sheets: {},
  ignored: [],
  days: {},
  terms: {},
  months: {},
  dimensions: [],
  told: { troubles: [], unreadStarts: 0 },
  seen: { frame: '', rules: {}, names: {} },
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
  return state?.version === 3 && state.fingerprint === fingerprint ? state : undefined;
}

/** The state of a build whoever made it, or undefined where it is damaged or gone. Its ranges may be, too. */
export async function readAnyState(store: Store, org: string, at: StateAt): Promise<State | OlderState | undefined> {
  const packed = await readBlob(store, org, at, 'state').catch(undefinedIfDamaged);
  if (!packed) return undefined;
  try {
    const state = JSON.parse(decodeText(await decompress(packed))) as State | OlderState;
    return [1, 2, 3].includes(state.version) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Keys of all blobs that a state names, inside the organization. */
export const blobsOfState = ({ ranges, days, terms, segments, months }: State): string[] => [
  ...blobsOfRanges(ranges),
  ...[...Object.values(days), ...Object.values(terms), ...(segments ? [segments] : [])].map(({ blob }) => blob),
  ...blobsOfMonths(months),
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
export const readDayFile = (store: Store, org: string, day: StateAt): Promise<Uint8Array> =>
  readBlob(store, org, day, 'day');

export const parseDay = (file: Uint8Array): Call[] => readDayLines(file).map((line) => JSON.parse(line) as Call);
