// A dialog from which any page, agent, team, rule and call is found. All that it takes is loaded when somebody first asks for it.

import { onKeys } from '../browser/keys.ts';
import { isOlder } from '../browser/older.ts';
import { inWords } from '../browser/reader-error.ts';
import { keepTyped } from './typed.ts';

const button = document.getElementById('search');

if (button && !isOlder()) {
  const open = async () => {
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    const typed = keepTyped();
    try {
      const { openSearch } = await import('./open.ts');
      openSearch(typed());
    } catch (error) {
      button.title = inWords(error, 'The search could not be opened');
    } finally {
      typed();
      button.removeAttribute('aria-busy');
    }
  };
  button.hidden = false;
  button.addEventListener('click', () => void open());
  onKeys({ '/': ['Search: go to a page, agent, team, rule or call', () => void open()] });
}
