import type { Call } from '#shared/model.ts';
import type { FirstState } from '../days/older-state.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import { segmentOf } from '../lib/paths.ts';
import type { Spool } from '../lib/spool.ts';
import { spooledList } from '../lib/spooled.ts';
import type { SiteFile } from '../publish/manifest.ts';
import type { Store } from '../store/store.ts';
import { Unreadable, unpackedText } from './unpack.ts';

/**
 * What the reports store knows of an organization's calls, current or left over: read from the objects themselves, as a pointer, a
 * state or a manifest may be lost or damaged.
 */
export interface KnownCalls {
  /** Every call of any state or day, once for each of them. */
  calls: AsyncIterable<ToldCall>;
  /** Every version of the record that is left of a call. */
  recordsOf: (isIt: (call: Call) => boolean) => Promise<Call[]>;
  /** Keys of the blobs that any manifest has for one of the paths. */
  blobsOf: (paths: readonly string[]) => Promise<Set<string>>;
}

/** A call as a state or a day tells of it. */
interface ToldCall {
  id: string;
  /** Of the path that its page has or had. */
  segment: string;
  /** Its id as shown, where outside parties are masked. */
  shown?: string;
}

/**
 * Reads manifests, states and days of an organization, whichever build they belong to, or none.
 * @param spool holds what they tell
 */
export async function readKnown(reports: Store, org: string, spool: Spool): Promise<KnownCalls> {
  const calls = spooledList<ToldCall>(spool);
  const files = spooledList<[path: string, blob: string | undefined]>(spool);
  const days: string[] = [];
  const add = (id: string, alias: Call['alias']) =>
    calls.push({ id, segment: alias?.segment ?? segmentOf(id), ...(alias && { shown: alias.id }) });
  const keys: string[] = [];
  for (const folder of ['builds', 'blobs'])
    for await (const { key } of reports.list(`${org}/${folder}/`)) if (!IS_PAGE.test(key)) keys.push(key);
  await mapConcurrent(keys, async (key) => {
    const text = await textAt(reports, key);
    const parsed = text?.startsWith('{') ? parse(text) : undefined;
    if (isFirstState(parsed)) for (const [id, known] of Object.entries(parsed.calls)) await add(id, known?.alias);
    else if (hasFiles(parsed))
      for (const [path, file] of Object.entries(parsed.files)) await files.push([path, file?.blob]);
    else {
      const lines = linesIn(text ?? '');
      for (const line of lines) if (isCall(line) || isEntry(line)) await add(line.id, line.alias);
      if (lines.some(isCall)) days.push(key);
    }
  });
  return {
    calls,
    async blobsOf(paths) {
      const keys = new Set<string>();
      for await (const [path, blob] of files) if (paths.includes(path)) keys.add(`${org}/${blob}`);
      return keys;
    },
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
