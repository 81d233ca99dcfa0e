import type { Call } from '#shared/model.ts';
import type { FirstState } from '../days/older-state.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import { segmentOf } from '../lib/paths.ts';
import type { SiteFile } from '../publish/manifest.ts';
import type { Store } from '../store/store.ts';
import { Unreadable, unpackedText } from './unpack.ts';

/**
 * What the reports store knows of an organization's calls, current or left over: read from the objects themselves, as a pointer, a
 * state or a manifest may be lost or damaged.
 */
export interface KnownCalls {
  /** Ids of calls in any state or day → segments of the paths that their pages have or had. */
  calls: Map<string, Set<string>>;
  /** Ids as shown where outside parties are masked → ids that are shown so. */
  shown: Map<string, Set<string>>;
  /** Every version of the record that is left of a call. */
  recordsOf: (isIt: (call: Call) => boolean) => Promise<Call[]>;
  /** Keys of the blobs that any manifest has for a path. */
  blobsOf: (path: string) => string[];
}

/** Reads manifests, states and days of an organization, whichever build they belong to, or none. */
export async function readKnown(reports: Store, org: string): Promise<KnownCalls> {
  const calls: KnownCalls['calls'] = new Map();
  const shown: KnownCalls['shown'] = new Map();
  const blobs = new Map<string, Set<string>>();
  const days: string[] = [];
  const add = (id: string, alias: Call['alias']) => {
    remember(calls, id).add(alias?.segment ?? segmentOf(id));
    if (alias) remember(shown, alias.id).add(id);
  };
  const keys: string[] = [];
  for (const folder of ['builds', 'blobs'])
    for await (const { key } of reports.list(`${org}/${folder}/`)) if (!IS_PAGE.test(key)) keys.push(key);
  await mapConcurrent(keys, async (key) => {
    const text = await textAt(reports, key);
    const parsed = text?.startsWith('{') ? parse(text) : undefined;
    if (isFirstState(parsed)) for (const [id, known] of Object.entries(parsed.calls)) add(id, known?.alias);
    else if (hasFiles(parsed))
      for (const [path, file] of Object.entries(parsed.files)) remember(blobs, path).add(`${org}/${file?.blob}`);
    else {
      const lines = linesIn(text ?? '');
      for (const line of lines) if (isCall(line) || isEntry(line)) add(line.id, line.alias);
      if (lines.some(isCall)) days.push(key);
    }
  });
  return {
    calls,
    shown,
    blobsOf: (path) => [...(blobs.get(path) ?? [])],
    async recordsOf(isIt) {
      const found = await mapConcurrent(days, async (key) => callsIn((await textAt(reports, key)) ?? '').filter(isIt));
      return found.flat();
    },
  };
}

/** A site's texts are packed and say so; states, days and parts of manifests are packed and do not. */
const IS_PAGE = /\/blobs\/[^/]+\.br\.\d+$/;

/** The unpacked text of an object; undefined where there is none. */
export async function textAt(reports: Store, key: string): Promise<string | undefined> {
  try {
    const object = await reports.get(key);
    return object && unpackedText(object.body);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The calls of a day file, as far as its lines can be read. */
const callsIn = (text: string): Call[] => linesIn(text).filter(isCall);

const linesIn = (text: string): unknown[] =>
  text.split('\n').flatMap((line) => (line.startsWith('{') ? (parse(line) ?? []) : []));

const isCall = (value: unknown): value is Call =>
  isObject(value) && typeof value.id === 'string' && value.direction !== undefined && Array.isArray(value.rules);
/** A line of a range of a state. */
const isEntry = (value: unknown): value is Pick<Call, 'id' | 'alias'> =>
  isObject(value) && typeof value.id === 'string' && isObject(value.etags);
const isFirstState = (value: unknown): value is FirstState =>
  isObject(value) && isObject(value.calls) && isObject(value.days);
/** A part of a manifest, or an older version's manifest. */
const hasFiles = (value: unknown): value is { files: { [path: string]: Partial<SiteFile> | null } } =>
  isObject(value) && isObject(value.files);
const isObject = (value: unknown): value is { [name: string]: unknown } => value !== null && typeof value === 'object';

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function remember(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key) ?? new Set<string>();
  map.set(key, known);
  return known;
}
