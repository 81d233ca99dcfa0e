import { parentPort, workerData } from 'node:worker_threads';
import type { Build } from '../../../generator/publish/manifest.ts';
import { checkedManifest } from '../../../generator/publish/read.ts';
import { type PackedFiles, packFiles } from './file-index.ts';

/** What this thread is given: a manifest that nobody has checked yet. */
export interface Large {
  bytes: Uint8Array;
  org: string;
  build: Build;
}

/** The next files; none: that was all. */
export interface Piece extends PackedFiles {
  csp: string;
}

/** Files a piece: a few milliseconds for whoever takes them over. */
const FILES = 2000;

const { bytes, org, build } = workerData as Large;
const { csp, files } = checkedManifest(bytes, org, build);
const { types, lines } = packFiles(files);
let next = 0;
parentPort?.on('message', () => {
  const piece: Piece = { csp, types, lines: lines.slice(next, next + FILES) };
  next += FILES;
  parentPort?.postMessage(piece);
});
