import { keepCompiled } from '../lib/compile-cache.ts';
import type { CallBatch, MadePage } from './call-pages.ts';
import type { Renderer } from './renderer.ts';

keepCompiled();
const { packNow } = await import('../publish/blobs.ts');
const { makeCallPages } = await import('./call-pages.ts');
const { openRenderer } = await import('./renderer.ts');

let renderer: Promise<Renderer> | undefined;

/** One batch in a thread of the pool. All batches of a process are for the same bundle. */
export default async (batch: CallBatch): Promise<MadePage[]> => {
  renderer ??= openRenderer({ version: batch.version });
  return makeCallPages(await renderer, batch, packNow);
};
