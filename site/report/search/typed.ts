import { isHeld } from '../browser/keys.ts';

/** What somebody typed before there was a field for it. */
export interface Typed {
  text: string;
  /** Enter after it. */
  enter?: KeyboardEvent;
}

/** Keep what is typed from now on from the page, until the returned function is called and gives it back. */
export function keepTyped(): () => Typed {
  const typed: Typed = { text: '' };
  const keep = (event: KeyboardEvent): void => {
    const { key } = event;
    if (isHeld(event) || event.isComposing) return;
    if (key === 'Enter' && typed.text !== '') typed.enter = event;
    else if (key === 'Backspace') typed.text = typed.text.slice(0, -1);
    else if (key.length === 1) typed.text += key;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', keep, true);
  return () => {
    document.removeEventListener('keydown', keep, true);
    return typed;
  };
}
