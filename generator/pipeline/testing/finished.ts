import { encodeText } from '../../lib/bytes.ts';
import type { Store } from '../../store/store.ts';
import { recordsPrefix } from '../keys.ts';

/** The id of a finished call, by its number. */
export const finishedId = (i: number): string => `call-${String(i).padStart(6, '0')}`;

/** What a finished call of acme has in each store: the folder, and the ending of its objects. */
const FOLDERS: { [store: string]: { [folder: string]: string } } = {
  input: { 'acme/audio/': 'wav' },
  results: {
    'acme/enriched/': 'json',
    'acme/final/v2.0-flat/calls/': 'jsonl',
    'acme/final/v2.0-flat/qa/': 'jsonl',
    'acme/pipeline/calls/': 'json',
    'acme/raw/': 'json',
  },
};
const FINISHED = JSON.stringify({ state: 'done', stage: 'analyse', recording: { raw: {} } });
const RECORDS = `${recordsPrefix('acme')}call-`;

/** A store in which calls of acme are finished: their names are made as they are asked for, so that any number takes no memory. */
export const withFinished = (inner: Store, which: 'input' | 'results', count: number): Store => ({
  ...inner,
  async *list(prefix) {
    for (const [folder, ending] of Object.entries(FOLDERS[which] ?? {}))
      if (folder === prefix)
        for (let i = 0; i < count; i++) yield { key: `${folder}${finishedId(i)}.${ending}`, etag: 'x', size: 1 };
    yield* inner.list(prefix);
  },
  get: async (key, options) =>
    (await inner.get(key, options)) ??
    (key.startsWith(RECORDS) && Number(key.slice(RECORDS.length, -'.json'.length)) < count
      ? { body: encodeText(FINISHED), etag: 'x', size: 1 }
      : undefined),
});
