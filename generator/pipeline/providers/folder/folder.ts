import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeText } from '../../../lib/bytes.ts';
import { Unavailable, UserError } from '../../../lib/errors.ts';
import { type Printable, say, shownJson } from '../../../lib/printable.ts';
import { folderOf } from '../../../store/file-paths.ts';
import { openStore, storeUrlProblem } from '../../../store/open.ts';
import type { Store } from '../../../store/store.ts';
import { PipelineError } from '../../errors.ts';
import type { OpenContext, Recording, RecordingProvider } from '../../ports.ts';
import { hashedId } from '../ids.ts';
import { checkSound, LARGEST_SOUND, tooLarge } from '../sound.ts';
import { described, isTranscript, readDetails } from './details.ts';
import { besides, canBeAsked, type Found, lookInto } from './files.ts';
import { readIndexes } from './index-sheet.ts';
import { readNames } from './pattern.ts';

interface Options {
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
  /** How long a thousand names may take. */
  patternMs?: number | undefined;
  /** In place of the address in the configuration. */
  store?: Store;
}

/**
 * A folder with recordings, or a bucket: any folders and names below it, with what lies beside each recording: details or a transcript.
 * A call's id is made of the path, which may name people and numbers; the path itself is kept in `raw.file`.
 */
export async function openFolder(context: OpenContext, options: Options = {}): Promise<RecordingProvider> {
  const { provider } = context.config;
  const pattern = provider.kind === 'folder' ? provider.pattern : undefined;
  const store = options.store ?? (await storeAt(provider.kind === 'folder' ? provider.url : undefined));
  const now = options.now ?? Date.now;
  // S3 says when an object came. A file's time is often that of the call, however late it has come: so no file is too old.
  const isDated = store.url.startsWith('s3:');
  let growing = 0;
  return {
    name: 'folder',
    growing: () => growing,
    async *list(since, signal) {
      const wait = options.wait ?? ((ms: number) => pause(ms, undefined, { signal }));
      const contents = await reading(() => lookInto(store, now, wait));
      growing = contents.recordings.filter(({ settled }) => !settled).length;
      const rows = await reading(() => readIndexes(store, contents));
      const from = typeof since === 'object' && 'time' in since ? Date.parse(since.time) : Number.NEGATIVE_INFINITY;
      const found = contents.recordings.filter(({ settled, modified }) => settled && !(isDated && modified < from));
      const names = pattern === undefined ? [] : readNames(pattern, found.map(nameOf), options.patternMs);
      const recordings: Recording[] = [];
      for (const [at, each] of found.entries()) {
        signal.throwIfAborted();
        const known = { row: rows.get(each.sound.key) ?? {}, name: names[at] ?? {} };
        const details = await reading(() => readDetails(store, each));
        recordings.push(described(hashedId(each.sound.key), each, { ...details, ...known }, provider.timeZone));
      }
      yield* recordings.sort(oldestFirst);
    },
    async download({ raw, bytes = 0 }) {
      if (bytes > LARGEST_SOUND) throw tooLarge(bytes);
      const key = String(raw.file);
      if (!canBeAsked(key)) throw new PipelineError('poison', [UNUSABLE]);
      const object = await reading(() => store.get(key));
      if (!object) throw new PipelineError('retry', [say`The recording is not in its folder any more.`]);
      return checkSound(object.body);
    },
    async sidecar({ raw }) {
      const keys = [...besides(String(raw.file), 'json'), ...besides(String(raw.file), 'vtt')];
      for (const key of keys.filter(canBeAsked)) {
        const object = await reading(() => store.get(key));
        if (object && (key.endsWith('.vtt') || !holdsDetailsAlone(object.body)))
          return { name: key.slice(key.lastIndexOf('/') + 1), body: object.body };
      }
      return undefined;
    },
  };
}

const UNUSABLE = say`The name of its file cannot be asked for: it is too long, or has a line break, a tab, a backslash or another character that no store takes. Rename the file: it is then taken as another call, and pipeline erase removes this one.`;

const nameOf = ({ sound: { key } }: Found): string => key.slice(key.lastIndexOf('/') + 1);

const oldestFirst = (a: Recording, b: Recording): number =>
  (a.started ?? '') < (b.started ?? '') || (a.started === b.started && a.id < b.id) ? -1 : 1;

/** What is no JSON is for whoever reads transcripts to refuse. */
function holdsDetailsAlone(body: Uint8Array): boolean {
  try {
    return !isTranscript(JSON.parse(decodeText(body)));
  } catch {
    return false;
  }
}

async function storeAt(url: string | undefined): Promise<Store> {
  if (url === undefined)
    throw wrong(
      say`No folder of recordings is named: set provider.url in pipeline-config.json, as file:recordings or s3://bucket.`,
    );
  const problem = storeUrlProblem(url);
  if (problem !== undefined) throw wrong(say`provider.url in pipeline-config.json, ${shownJson(url)}, ${problem}.`);
  if (url.startsWith('file:')) {
    const folder = folderOf(url);
    const found = await stat(folder).catch(() => undefined);
    if (!found?.isDirectory())
      throw wrong(say`There is no folder ${folder} for recordings. Make it, or correct provider.url.`);
  }
  return openStore(url);
}

const wrong = (sentence: Printable): PipelineError => new PipelineError('configuration', [sentence]);

/** A store's own sentences, as what the pipeline does about them. */
async function reading<Of>(work: () => Promise<Of>): Promise<Of> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PipelineError || !(error instanceof UserError)) throw error;
    const kind = error instanceof Unavailable ? 'retry' : 'configuration';
    throw new PipelineError(kind, error.problems, { cause: error });
  }
}
