// A dialog that tells the keys of a page. What it takes is loaded when somebody first asks for it.
import { onKeys } from '../browser/keys.ts';
import { isOlder } from '../browser/older.ts';

/** Buttons that open it, wherever they are. */
const BUTTON = '.show-keys';

const open = async () => (await import('./open.ts')).openKeys();

if (!isOlder()) {
  onKeys({ '?': ['Show these keys', () => void open()] });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest(BUTTON)) void open();
  });
}
