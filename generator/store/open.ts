import { fileStore } from './file.ts';
import type { Store } from './store.ts';

/** The store that a URL names. @throws where no driver knows its scheme. */
export function openStore(url: string): Store {
  if (url.startsWith('file:')) return fileStore(url);
  throw new Error(`unknown store: ${url}`);
}
