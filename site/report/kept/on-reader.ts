import { READER, readerNow } from './reader.ts';

/**
 * Told when it is known who reads the page: at once where it is, and again when it is somebody else, or was not known in between.
 * @returns a function that ends it
 */
export function onReader(tell: () => void): () => void {
  let known: string | undefined;
  const look = () => {
    const reader = readerNow();
    if (reader === known) return;
    known = reader;
    if (reader !== undefined) tell();
  };
  document.addEventListener(READER, look);
  look();
  return () => document.removeEventListener(READER, look);
}
