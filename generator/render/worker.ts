import { packNow } from '../publish/blobs.ts';
import { type CallBatch, type MadePage, makeCallPages } from './call-pages.ts';
import { loadBundle, openRenderer, type Renderer } from './renderer.ts';

let renderer: Promise<Renderer> | undefined;

/** Before there is a batch. Where it fails, so does the first page, which says why. */
export async function prepare(): Promise<void> {
  await loadBundle().catch(() => {});
}

/** One batch in a thread of the pool. All batches of a process are for the same bundle. */
export default async (batch: CallBatch): Promise<MadePage[]> => {
  renderer ??= openRenderer({ version: batch.version });
  return makeCallPages(await renderer, batch, packNow);
};
