// Whose page this is. Each script of a page is bundled by itself: what the one that asks the gate has learnt, others find in the document.

/** Told in the document when it is known who reads the page, and when it is not any more. */
export const READER = 'cci-reader';
const page = (): DOMStringMap => document.documentElement.dataset;

/**
 * What stands for some words together in a browser, and says none of them, such as for one reader of one organization: 128 bits in hex.
 * Undefined where the browser cannot make it, since the site is neither on https nor on this machine.
 */
export async function markOf(...words: string[]): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(JSON.stringify(words));
  const hash = await globalThis.crypto.subtle?.digest('SHA-256', bytes);
  return hash && Array.from(new Uint8Array(hash, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Tell the scripts of this page who reads it, once the gate has said so; undefined: it is not known any more. */
export function tellReader(mark: string | undefined): void {
  if (mark === readerNow()) return;
  if (mark === undefined) delete page().reader;
  else page().reader = mark;
  document.dispatchEvent(new Event(READER));
}

/** The mark of who reads this page now; undefined before the gate has said who that is, and on a site without a gate. */
export const readerNow = (): string | undefined => page().reader;
