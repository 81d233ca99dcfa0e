import { checkKey, type ListedObject, type Store } from '../../../store/store.ts';

/** Names of sound. Those that cannot be read are listed all the same: the call is put aside with the reason, and not overlooked. */
const SOUND = /\.(?:wave?|mp3|og[ga]|opus|flac|m4[ab]|mp4|webm|aac|amr|aiff?|au|gsm|wma)$/i;
const INDEX = /(?:^|\/)index\.csv$/i;
const HIDDEN = /(?:^|\/)\./;
/** Written so lately, a file may still grow. */
const SETTLED_MS = 10_000;

/** A recording with what lies beside it. */
export interface Found {
  sound: ListedObject;
  /** Details or a transcript as JSON. */
  json: ListedObject[];
  /** When the last of them was written, in milliseconds since the epoch. */
  modified: number;
  settled: boolean;
}

/** What a folder holds. */
export interface Contents {
  recordings: Found[];
  indexes: { file: ListedObject; settled: boolean }[];
}

/** Where a transcript or details of a sound may lie, the likeliest first. */
export function besides(key: string, extension: 'json' | 'vtt'): string[] {
  const stem = key.slice(0, key.lastIndexOf('.'));
  return [`${stem}.transcript.${extension}`, `${key}.${extension}`, `${stem}.${extension}`];
}

/** Whether a store can be asked for it: a disk takes names that no store does, such as one with a line break in it. */
export function canBeAsked(key: string): boolean {
  try {
    checkKey(key);
    return true;
  } catch {
    return false;
  }
}

/**
 * All recordings of a folder, at any depth. Where a file has just been written, it is waited for once; one that still grows then is left to the next run.
 * @param wait for so many milliseconds
 */
export async function lookInto(
  store: Store,
  now: () => number,
  wait: (ms: number) => Promise<unknown>,
): Promise<Contents> {
  const first = await filesIn(store);
  const ages = [...first.values()].map(({ modified = 0 }) => now() - modified);
  const youngest = Math.min(...ages.filter((age) => age > -SETTLED_MS && age < SETTLED_MS));
  if (!Number.isFinite(youngest)) return contentsOf(first, () => true);
  await wait(SETTLED_MS - Math.max(0, youngest));
  const second = await filesIn(store);
  return contentsOf(second, (file) => {
    const isOld = Math.abs(now() - (file.modified ?? 0)) >= SETTLED_MS;
    return isOld || first.get(file.key)?.etag === file.etag;
  });
}

async function filesIn(store: Store): Promise<Map<string, ListedObject>> {
  const files = new Map<string, ListedObject>();
  for await (const file of store.list('')) {
    const isOurs = SOUND.test(file.key) || INDEX.test(file.key) || /\.(?:json|vtt)$/.test(file.key);
    if (isOurs && !HIDDEN.test(file.key)) files.set(file.key, file);
  }
  return files;
}

function contentsOf(files: ReadonlyMap<string, ListedObject>, isSettled: (file: ListedObject) => boolean): Contents {
  const contents: Contents = { recordings: [], indexes: [] };
  for (const file of files.values()) {
    if (INDEX.test(file.key)) contents.indexes.push({ file, settled: isSettled(file) });
    if (!SOUND.test(file.key)) continue;
    const at = (extension: 'json' | 'vtt') => besides(file.key, extension).flatMap((key) => files.get(key) ?? []);
    const json = at('json');
    const all = [file, ...json, ...at('vtt')];
    contents.recordings.push({
      sound: file,
      json,
      modified: Math.max(...all.map(({ modified = 0 }) => modified)),
      settled: all.every(isSettled),
    });
  }
  return contents;
}
