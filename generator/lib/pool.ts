import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import type Tinypool from 'tinypool';

/** Threads that do one task after the other, for any number of organizations at once. */
export interface Pool extends AsyncDisposable {
  /** Tasks that are worth having under way at once. */
  readonly width: number;
  /** Begin what takes a while before the first task; nobody need wait for it. */
  prepare(worker: WorkerFile): void;
  /**
   * @param moved buffers of the task that the thread takes over: they are empty here from then on
   * @throws what the task throws, as far as it crosses threads: its message and where it was thrown; other tasks do not suffer
   */
  run<Task, Done>(worker: WorkerFile, task: Task, moved?: ArrayBuffer[]): Promise<Done>;
}

/** Path of a module for threads. Its default export does a task; its export `prepare` does what can be done before. */
type WorkerFile = string;

/** Fewer calls are read, and fewer of their pages made, before a thread has started. */
export const WORTH_THREADS = 250;

/** While one is waited for, the other one goes on: an answer takes its way, and pages are made in turns. */
const TASKS_PER_THREAD = 2;

/** Each thread holds its own code; more than these wait for the store. */
const MOST_THREADS = 8;

/** A pool of some threads, started when they are first needed, or prepared. Each loads a worker for itself. */
export function openPool(threads = Math.min(availableParallelism(), MOST_THREADS)): Pool {
  let started: Promise<Tinypool> | undefined;
  async function start(): Promise<Tinypool> {
    const { default: Threads } = await import('tinypool');
    // After a full collection each heap of the process, also that of this thread, grows to 2.5 times what it then holds. By default it is
    // 4 times, and the peak of a first build a twelfth higher for 1 % less time; with twice, a page takes 8 % more of it.
    setFlagsFromString('--heap-growing-percent=150');
    return new Threads({
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: TASKS_PER_THREAD,
      // Room for what a batch holds: with 32 twice as much time goes into garbage, with the default a thread takes 80 MB more.
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
    });
  }
  const open = () => {
    started ??= start();
    return started;
  };
  return {
    width: threads * TASKS_PER_THREAD,
    prepare(filename) {
      const all = async (pool: Tinypool) =>
        Promise.all(Array.from({ length: threads }, () => pool.run(undefined, { filename, name: 'prepare' })));
      // Where it fails, so does the first task.
      open()
        .then(all)
        .catch(() => {});
    },
    run: async (filename, task, moved) => (await open()).run(task, { filename, ...(moved && { transferList: moved }) }),
    [Symbol.asyncDispose]: async () => (await started?.catch(() => undefined))?.destroy(),
  };
}
