/** Single keys; none while somebody types or a dialog is open, nor together with another key. */
export function onKeys(keys: { [key: string]: () => void }): void {
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const types = target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]');
    // On some keyboards "[" is typed with AltGr, which tells itself as Ctrl and Alt.
    const held = !event.getModifierState('AltGraph') && (event.ctrlKey || event.metaKey || event.altKey);
    const isBusy = types || document.querySelector('dialog[open]');
    if (isBusy || held || !Object.hasOwn(keys, key)) return;
    event.preventDefault();
    keys[key]?.();
  });
}
