import { element } from '../browser/element.ts';
import { keptNow } from '../kept/kept-now.ts';
import { askViews } from './ask.ts';
import { hasViews } from './view-href.ts';

let button: HTMLButtonElement | undefined;

/** A button in the head of a page of figures by which its reader of now saves what it shows; none where the browser keeps nothing. */
export function placeSaveButton(): void {
  if (!hasViews(location.pathname) || !keptNow()) return;
  button ??= saveButton();
  document.getElementById('print')?.before(button);
}

function saveButton(): HTMLButtonElement {
  const own = element('button', { type: 'button', class: 'button' }, 'Save view');
  // As high as the controls beside it.
  own.style.height = '36px';
  own.addEventListener('click', () => void askViews(own));
  return own;
}
