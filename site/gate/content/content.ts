import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Build } from '../../../generator/publish/manifest.ts';
import { checkedManifest, manifestBytes } from '../../../generator/publish/read.ts';
import type { Store } from '../../../generator/store/store.ts';
import type { Large, Piece } from './content-worker.ts';
import { type FileIndex, fileIndex, indexOf } from './file-index.ts';

/** What one build of an organization holds. */
export interface Content {
  csp: string;
  files: FileIndex;
}

/** Bytes of a manifest from which on another thread reads it: what is smaller takes some 10 ms at most. */
const LARGE = 1_000_000;

/**
 * Read a build's manifest. A large one holds nobody else up: it is checked and parsed on another thread and taken over in pieces.
 * @param large in bytes
 * @throws where the manifest is gone, damaged or another organization's, or the store fails
 */
export async function readContent(store: Store, org: string, build: Build, large = LARGE): Promise<Content> {
  const bytes = await manifestBytes(store, org, build);
  if (bytes.byteLength >= large) return readElsewhere({ bytes, org, build });
  const { csp, files } = checkedManifest(bytes, org, build);
  return { csp, files: fileIndex(files) };
}

async function readElsewhere(workerData: Large): Promise<Content> {
  const worker = new Worker(new URL('./content-worker.ts', import.meta.url), { workerData });
  const ended = new AbortController();
  worker.once('exit', (code) => ended.abort(new Error(`the thread that read a manifest ended with ${code}`)));
  try {
    const packed = new Map<string, string>();
    for (;;) {
      // Each piece is asked for: those that wait together would be taken over together.
      const answer = once(worker, 'message', { signal: ended.signal }) as Promise<[Piece]>;
      worker.postMessage('next');
      const [{ csp, types, lines }] = await answer;
      if (lines.length === 0) return { csp, files: indexOf(types, packed) };
      for (const [path, text] of lines) packed.set(path, text);
    }
  } finally {
    await worker.terminate();
  }
}
