/** What single keys do on this page: each with the words that tell it. */
export interface Keys {
  [key: string]: [words: string, does: () => void];
}

/** Scripts of a page are bundled each by itself: who asks in the document for its keys is told those of all. */
const ASKED = 'cci-keys';

/** What the reader's choice of single keys is called where it is kept, and what it is where they are turned off. */
export const SINGLE_KEYS = 'keys';
export const OFF = 'off';
const areOff = (): boolean => document.documentElement.dataset.keys === OFF;

/** Single keys; none while somebody types or a dialog is open, nor together with another key, nor where they are turned off. */
export function onKeys(keys: Keys): void {
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const types = target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]');
    // On some keyboards "[" is typed with AltGr, which tells itself as Ctrl and Alt.
    const held = !event.getModifierState('AltGraph') && (event.ctrlKey || event.metaKey || event.altKey);
    const isBusy = types || areOff() || document.querySelector('dialog[open]');
    if (isBusy || held || !Object.hasOwn(keys, key)) return;
    event.preventDefault();
    keys[key]?.[1]();
  });
  document.addEventListener(ASKED, (event) => {
    const told: [string, string][] = (event as CustomEvent).detail;
    for (const [key, [words]] of Object.entries(keys)) told.push([key, words]);
  });
}

/** All keys of this page, with what each does. */
export function keysOfPage(): [key: string, words: string][] {
  const told: [string, string][] = [];
  document.dispatchEvent(new CustomEvent(ASKED, { detail: told }));
  return told;
}
