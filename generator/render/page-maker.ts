import { fileURLToPath } from 'node:url';
import type { Pool } from '../lib/pool.ts';
import { type CallBatch, type MadePage, makeCallPages } from './call-pages.ts';
import type { Renderer } from './renderer.ts';

/** Makes the pages of calls, batch by batch. */
export interface PageMaker {
  /** Batches that are worth having under way at once. */
  width: number;
  /** @throws where a template fails; other batches do not suffer. */
  make(batch: CallBatch): Promise<MadePage[]>;
}

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** In the threads of a pool, where there is one and each thread can open the renderer for itself; else in this thread. */
export function openPageMaker(renderer: Renderer, pool: Pool | undefined): PageMaker {
  if (pool && renderer.inThreads)
    return { width: pool.width, make: (batch) => pool.run<CallBatch, MadePage[]>(WORKER, batch) };
  // While one is compressed, the next is rendered.
  return { width: 2, make: (batch) => makeCallPages(renderer, batch) };
}

/** Let threads load what they make pages with, while this one does something else. */
export function preparePageMaker(renderer: Renderer, pool: Pool | undefined): void {
  if (renderer.inThreads) pool?.prepare(WORKER);
}
