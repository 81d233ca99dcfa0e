/** What single keys do on this page: each with the words that tell it. */
export interface Keys {
  [key: string]: [words: string, does: () => void];
}

/** Scripts of a page are bundled each by itself: who asks in the document for its keys is told those of all. */
export const ASKED = 'cci-keys';

/** What the reader's choice of single keys is called where it is kept, and what it is where they are turned off. */
export const SINGLE_KEYS = 'keys';
export const OFF = 'off';
const areOff = (): boolean => document.documentElement.dataset.keys === OFF;

/** Whether a key is pressed together with another. On some keyboards "[" and letters are typed with AltGr, which tells itself as Ctrl and Alt. */
export const isHeld = (event: KeyboardEvent): boolean =>
  !event.getModifierState('AltGraph') && (event.ctrlKey || event.metaKey || event.altKey);

/** Single keys; none while somebody types or a dialog is open, nor together with another key, nor where they are turned off. */
export function onKeys(keys: Keys): void {
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const types = target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]');
    const isBusy = types || areOff() || document.querySelector('dialog[open]');
    if (isBusy || isHeld(event) || !Object.hasOwn(keys, key)) return;
    event.preventDefault();
    keys[key]?.[1]();
  });
  document.addEventListener(ASKED, (event) => {
    const told: [string, string][] = (event as CustomEvent).detail;
    for (const [key, [words]] of Object.entries(keys)) told.push([key, words]);
  });
}
