// The most memory that a run takes over an organization with many finished calls and some new ones, in MB, on standard output.
import { encodeText } from '../../../generator/lib/bytes.ts';
import { recordKey } from '../../../generator/pipeline/keys.ts';
import type { Recording } from '../../../generator/pipeline/ports.ts';
import { runOrganization } from '../../../generator/pipeline/run.ts';
import { spoken, testWorld } from '../../../generator/pipeline/testing/world.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import { MANY, NEW } from '../pipeline.ts';

const idOf = (i: number): string => `call-${String(i).padStart(6, '0')}`;
const old = MANY - NEW;

/** A store that has objects of finished calls below some folders, and makes their names as they are asked for. */
function withFinished(inner: Store, folders: { [folder: string]: string }): Store {
  return {
    ...inner,
    async *list(prefix) {
      for (const [folder, ending] of Object.entries(folders))
        if (folder.startsWith(prefix) || prefix === folder)
          for (let i = 0; i < old; i++) yield { key: `${folder}${idOf(i)}.${ending}`, etag: 'x', size: 1 };
      yield* inner.list(prefix);
    },
    get: async (key, options) =>
      (await inner.get(key, options)) ??
      (key.startsWith(FINISHED) && Number(key.slice(FINISHED.length, -5)) < old
        ? { body: encodeText(JSON.stringify({ state: 'done', stage: 'analyse' })), etag: 'x', size: 1 }
        : undefined),
  };
}
const FINISHED = recordKey('acme', 'call-').slice(0, -'.json'.length);

const world = testWorld({
  free: true,
  has: Array.from({ length: NEW }, (_, i) => spoken(idOf(old + i))),
  stores: {
    input: withFinished(memoryStore(), { 'acme/audio/': 'wav' }),
    results: withFinished(memoryStore(), {
      'acme/enriched/': 'json',
      'acme/final/v2.0-flat/calls/': 'jsonl',
      'acme/final/v2.0-flat/qa/': 'jsonl',
      'acme/pipeline/calls/': 'json',
      'acme/raw/': 'json',
    }),
  },
});
const { provider } = world;
async function* everything(): AsyncGenerator<Recording> {
  for (let i = 0; i < MANY; i++) yield spoken(idOf(i)).recording;
}
const outcome = await runOrganization(
  { ...world, provider: { ...provider, list: everything } },
  new AbortController().signal,
);
if (outcome.ingest.listed !== MANY || outcome.calls.done !== NEW) throw new Error(JSON.stringify(outcome));
process.stdout.write(String(process.resourceUsage().maxRSS / 1024));
