import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type Tinypool from 'tinypool';
import type { CallBatch, MadePage } from './call-pages.ts';
import type { Renderer } from './renderer.ts';

/** Makes the pages of calls, for any number of organizations at once. */
export interface Pool extends AsyncDisposable {
  /** Batches that are worth having under way at once. */
  readonly width: number;
  /** Begin what takes a while before the first page; nobody need wait for it. */
  prepare(): void;
  /** @throws where a template fails; other batches do not suffer. */
  make(batch: CallBatch): Promise<MadePage[]>;
}

/** Fewer call pages are made before a thread has started. */
export const WORTH_THREADS = 250;

/** A batch that is compressed leaves the processor to one that is rendered. */
const BATCHES_PER_THREAD = 2;

/** A pool in the calling thread: for few pages, and for renderers that are no bundle. */
export const inThisThread = (renderer: Renderer): Pool => ({
  width: BATCHES_PER_THREAD,
  prepare: () => {},
  make: async (batch) => (await import('./call-pages.ts')).makeCallPages(renderer, batch),
  [Symbol.asyncDispose]: async () => {},
});

/** Each thread holds the bundle; more than these wait for the store. */
const MOST_THREADS = 8;

/** A pool of some threads, started when they are first needed, or prepared. Each opens the bundle for itself. */
export function openPool(threads = Math.min(availableParallelism(), MOST_THREADS)): Pool {
  let started: Promise<Tinypool> | undefined;
  async function start(): Promise<Tinypool> {
    const { default: Threads } = await import('tinypool');
    return new Threads({
      filename: fileURLToPath(new URL('./worker.ts', import.meta.url)),
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: BATCHES_PER_THREAD,
      // Room for what a batch holds: with 32 twice as much time goes into garbage, with the default a thread takes 80 MB more.
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
    });
  }
  const open = () => {
    started ??= start();
    return started;
  };
  return {
    width: threads * BATCHES_PER_THREAD,
    // Where it fails, so does the first batch.
    prepare: () => void open().catch(() => {}),
    make: async (batch) => (await open()).run(batch),
    [Symbol.asyncDispose]: async () => (await started?.catch(() => undefined))?.destroy(),
  };
}
