import { element } from '../browser/element.ts';
import { groupBy } from '../browser/group.ts';
import { OFF, SINGLE_KEYS } from '../browser/keys.ts';
import { keptNow } from '../kept/kept-now.ts';
import { keysOfPage } from './keys-of-page.ts';

const { dataset } = document.documentElement;

/** Open the dialog of all keys of this page, from which they are turned off and on. */
export function openKeys(): void {
  const close = element('button', { type: 'button', class: 'button' }, 'Close');
  const use = element('input', { type: 'checkbox' });
  const list = element('dl', {});
  for (const [words, same] of groupBy(keysOfPage(), ([, words]) => words))
    list.append(
      element(
        'div',
        {},
        element('dt', {}, ...same.flatMap(([key]) => [element('kbd', {}, key), ' '])),
        element('dd', {}, words),
      ),
    );
  const box = element(
    'dialog',
    { class: 'keys-dialog', 'aria-labelledby': 'keys-head' },
    element('div', { class: 'keys-head' }, element('h2', { id: 'keys-head' }, 'Keys on this page'), close),
    list,
    element('label', {}, use, ' Use these keys'),
    element('p', { class: 'note' }, note()),
  );
  use.checked = dataset.keys !== OFF;
  use.addEventListener('change', () => {
    if (use.checked) {
      delete dataset.keys;
      keptNow()?.drop('choice', SINGLE_KEYS);
    } else {
      dataset.keys = OFF;
      keptNow()?.put('choice', SINGLE_KEYS, OFF);
    }
  });
  box.addEventListener('close', () => box.remove());
  box.addEventListener('click', (event) => event.target === box && box.close());
  close.addEventListener('click', () => box.close());
  document.body.append(box);
  box.showModal();
}

/** For how long it holds. */
const note = (): string =>
  keptNow()
    ? 'Kept in this browser until you sign out, or have not been here for 30 days. Turned off, they are found in the menu with your name.'
    : 'Holds until you leave this page.';
