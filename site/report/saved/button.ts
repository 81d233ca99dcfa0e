import { element } from '../browser/element.ts';
import { keptNow } from '../kept/kept-now.ts';
import { onReader } from '../kept/on-reader.ts';
import { askViews } from './ask.ts';
import { hasViews } from './view-href.ts';

/** A button in the head of a page of figures by which its reader saves what it shows; none where the browser keeps nothing. */
export function placeSaveButton(): void {
  if (!hasViews(location.pathname)) return;
  const button = element('button', { type: 'button', class: 'button' }, 'Save view');
  // As high as the controls beside it.
  button.style.height = '36px';
  button.addEventListener('click', () => void askViews(button));
  onReader(() => {
    if (keptNow()) document.getElementById('print')?.before(button);
  });
}
