import { ASKED } from '../browser/keys.ts';

/** All keys of this page, with what each does. */
export function keysOfPage(): [key: string, words: string][] {
  const told: [string, string][] = [];
  document.dispatchEvent(new CustomEvent(ASKED, { detail: told }));
  return told;
}
