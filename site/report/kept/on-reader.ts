import { READER, readerNow } from './reader.ts';

/**
 * Told when it is known who reads the page: at once where it is, and again when it is somebody else.
 * @returns a function that ends it
 */
export function onReader(tell: () => void): () => void {
  let known: string | undefined;
  const look = () => {
    const reader = readerNow();
    if (reader === undefined || reader === known) return;
    known = reader;
    tell();
  };
  document.addEventListener(READER, look);
  look();
  return () => document.removeEventListener(READER, look);
}
