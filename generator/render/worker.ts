import { packNow } from '../publish/blobs.ts';
import { type CallBatch, type MadePage, makeCallPages } from './call-pages.ts';
import { openRenderer, type Renderer } from './renderer.ts';

let renderer: Promise<Renderer> | undefined;

/** One batch in a thread of the pool. All batches of a process are for the same bundle. */
export default async (batch: CallBatch): Promise<MadePage[]> => {
  renderer ??= openRenderer({ version: batch.version });
  return makeCallPages(await renderer, batch, packNow);
};
