import { sha256 } from '../lib/bytes.ts';
import { openCursor } from '../lib/cursor.ts';
import type { StateAt } from '../publish/manifest.ts';
import { compareIds } from '../source/call-order.ts';
import { entryLine, isNoted, type KnownCall } from './known-call.ts';
import {
  addEntry,
  noCounts,
  packLines,
  parseLines,
  type RangeReader,
  type ReadLine,
  type StateRange,
} from './ranges.ts';
import type { StateFiles } from './state-files.ts';

/** What becomes of one call. */
export interface CallUpdate {
  id: string;
  /** Absent: nothing is left of it. */
  known?: KnownCall;
}

/** The ranges of one build: those published, and those that this run has written. */
export interface RangeFiles {
  read: RangeReader;
  /** @param packed lines */
  write(packed: Uint8Array): Promise<StateAt>;
}

export const openRangeFiles = (files: StateFiles): RangeFiles => ({
  read: async (at) => parseLines(await files.read(at)),
  write: (packed) => files.write(packed),
});

/** A range ends before a call whose id's hash has a first number below this: one in so many calls. */
const ONE_IN = 1500;
/** From so many calls on, one in fewer: so hardly any range gets long. */
const LONG = 2000;
const ONE_IN_LONG = 300;

/**
 * Whether a range begins with a call. Only ids decide, of this call and of those in its range before it, so the same calls are cut alike
 * whatever happened before, and a call that comes or goes moves few cuts.
 * @param before calls that would stand before it in the range
 */
export function isCut(id: string, before: number): boolean {
  const first = Number.parseInt(sha256(id).slice(0, 8), 16);
  return first % ONE_IN === 0 || (before >= LONG && first % ONE_IN_LONG === 0);
}

/**
 * The ranges after some calls have changed: those without a change are as they were, unless a cut beside them has moved. One is held.
 * @param updates in the order of calls
 * @param cut whether a range begins with a call
 */
export async function updateRanges(
  files: RangeFiles,
  old: readonly StateRange[],
  updates: AsyncIterable<readonly CallUpdate[]>,
  cut = isCut,
): Promise<StateRange[]> {
  const writer = rangeWriter(files, old, cut);
  const at = await openCursor(updates);
  const isBefore = (id: string | undefined, end: string | undefined) =>
    id !== undefined && (end === undefined || compareIds(id, end) < 0);
  for (const [i, range] of (old.length > 0 ? old : [undefined]).entries()) {
    const end = old[i + 1]?.from;
    if (range && !isBefore(at.head?.id, end) && writer.mayBegin(range.from)) {
      await writer.keep(range);
      continue;
    }
    const lines = range ? await files.read(range) : [];
    let next = 0;
    while (next < lines.length || isBefore(at.head?.id, end)) {
      const update = isBefore(at.head?.id, end) ? at.head : undefined;
      const line = lines[next];
      const order = line && update ? compareIds(line.id, update.id) : line ? -1 : 1;
      if (line && order < 0) await writer.add(line);
      if (order <= 0) next++;
      if (!update || order < 0) continue;
      if (update.known)
        await writer.add({ id: update.id, known: update.known, line: entryLine({ ...update, known: update.known }) });
      await at.next();
    }
  }
  return writer.end();
}

/** Cuts calls that come in order into ranges, and writes those that are not there yet. */
function rangeWriter(files: RangeFiles, old: readonly StateRange[], cut: typeof isCut) {
  const there = new Map<string, StateAt>();
  for (const { blob, sha256: hash, notes } of old) {
    there.set(hash, { blob, sha256: hash });
    if (notes) there.set(notes.sha256, notes);
  }
  const done: StateRange[] = [];
  /** The range that is being filled, and the one that was kept last: calls that are no cut come into it, too. */
  let lines: ReadLine[] = [];
  let kept: StateRange | undefined;
  const count = () => kept?.counts.entries ?? lines.length;

  async function put(of: readonly ReadLine[]): Promise<StateAt> {
    const packed = await packLines(of);
    return there.get(sha256(packed)) ?? files.write(packed);
  }
  async function flush(): Promise<void> {
    const [first] = lines;
    if (kept) done.push(kept);
    else if (first) {
      const counts = noCounts();
      for (const line of lines) addEntry(counts, line);
      const noted = lines.filter(({ known }) => isNoted(known));
      done.push({
        ...(await put(lines)),
        from: first.id,
        counts,
        ...(noted.length > 0 && { notes: await put(noted) }),
      });
    }
    kept = undefined;
    lines = [];
  }
  return {
    /** Whether a range may begin with this call: whether none has to come into the one before. */
    mayBegin: (id: string): boolean => count() === 0 || cut(id, count()),
    async keep(range: StateRange): Promise<void> {
      await flush();
      kept = range;
    },
    async add(line: ReadLine): Promise<void> {
      if (count() > 0 && cut(line.id, count())) await flush();
      if (kept) lines = [...(await files.read(kept))];
      kept = undefined;
      lines.push(line);
    },
    async end(): Promise<StateRange[]> {
      await flush();
      return done;
    },
  };
}
