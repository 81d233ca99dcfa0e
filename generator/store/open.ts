import { fileStore } from './file.ts';
import { s3Store } from './s3.ts';
import type { Store } from './store.ts';

/** The store that a URL names. @throws where no driver knows its scheme, or the URL is wrong. */
export function openStore(url: string): Store {
  if (url.startsWith('file:')) return fileStore(url);
  if (url.startsWith('s3:')) return s3Store(url);
  throw new Error(`unknown store: ${url}`);
}
