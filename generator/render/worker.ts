import { type CallBatch, type MadePage, makeCallPages } from './call-pages.ts';
import { openRenderer } from './renderer.ts';

const renderer = await openRenderer();

/** One batch in a thread of the pool. */
export default (batch: CallBatch): Promise<MadePage[]> => makeCallPages(renderer, batch);
