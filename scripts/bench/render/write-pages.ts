// A program: `node write-pages.ts literal|astro THREADS VIEWS OUT` writes a page for every view and says how long rendering took.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { CallPage } from '#shared/view.ts';
import { openRenderer } from '../../../generator/render/renderer.ts';
import { nameOf, readViews, viewFiles } from './input.ts';
import { literalRenderer } from './literal.ts';

type Render = (views: CallPage[]) => Promise<Uint8Array[]>;

/** Milliseconds of the threads that wrote pages, summed. */
export interface Rendered {
  /** Of rendering, without reading, parsing and writing. */
  rendering: number;
  /** Of collecting garbage. */
  garbage: number;
  /** Of all of it, from the first page on. */
  whole: number;
}

/** What the product gives a thread at once. */
const BATCH = 50;
/** Of a thread's heap: with what Node gives by itself, a thread of either takes some 80 MB more and is no faster. */
const YOUNG_GENERATION_MB = 48;

async function rendererOf(who: string): Promise<Render> {
  if (who === 'astro') return (await openRenderer()).renderAll;
  const page = literalRenderer();
  return async (views) => views.map((view) => Buffer.from(page(view)));
}

/** Write the pages of every so-manieth file of views. */
async function write(who: string, views: string, out: string, first: number, step: number): Promise<Rendered> {
  const render = await rendererOf(who);
  const garbage = watchGarbage();
  const began = performance.now();
  let rendering = 0;
  for (const file of viewFiles(views).filter((_, i) => i % step === first)) {
    const all = readViews(file);
    for (let from = 0; from < all.length; from += BATCH) {
      const batch = all.slice(from, from + BATCH);
      const started = performance.now();
      const pages = await render(batch);
      rendering += performance.now() - started;
      for (const [i, page] of pages.entries()) writeFileSync(join(out, `${nameOf(batch[i] as CallPage)}.html`), page);
    }
  }
  const whole = performance.now() - began;
  return { rendering, garbage: await garbage(), whole };
}

/** From now on, in this thread. @returns asks for the milliseconds so far */
function watchGarbage(): () => Promise<number> {
  let milliseconds = 0;
  const add = (entries: readonly { duration: number }[]) => {
    for (const { duration } of entries) milliseconds += duration;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return async () => {
    // What Node has seen it says in its own turn.
    await setImmediate();
    add(observer.takeRecords());
    observer.disconnect();
    return milliseconds;
  };
}

const inThread = (who: string, views: string, out: string, first: number, step: number): Promise<Rendered> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: [who, views, out, first, step],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    worker.on('message', resolve).on('error', reject);
  });

if (isMainThread) {
  const [who = '', threads = '1', views = '', out = ''] = process.argv.slice(2);
  const step = Number(threads);
  const done =
    step === 1
      ? [await write(who, views, out, 0, 1)]
      : await Promise.all(Array.from({ length: step }, (_, first) => inThread(who, views, out, first, step)));
  const sum = (of: keyof Rendered): number => done.reduce((all, thread) => all + thread[of], 0);
  const rendered: Rendered = { rendering: sum('rendering'), garbage: sum('garbage'), whole: sum('whole') };
  process.stdout.write(JSON.stringify(rendered));
} else {
  const [who, views, out, first, step] = workerData as [string, string, string, number, number];
  parentPort?.postMessage(await write(who, views, out, first, step));
}
