// The period of a page can be chosen. What that takes is loaded when somebody asks for it, or when the address does.
import { isOlder } from '../browser/older.ts';
import { inWords } from '../browser/reader-error.ts';
import type { FiguresView } from './count.ts';

const place = document.getElementById('range');
const words = place?.querySelector('.range');
const kind = document.getElementById('figures')?.dataset.page as FiguresView['kind'] | undefined;

if (place && words && kind && !isOlder()) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'range';
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  button.append(...words.childNodes);
  words.replaceWith(button);
  const start = async (isOpen: boolean) => {
    button.setAttribute('aria-busy', 'true');
    try {
      await (await import('./period.tsx')).choosePeriod(kind, isOpen);
    } catch (error) {
      const status = document.getElementById('range-status');
      if (status) {
        status.className = 'range-status';
        status.textContent = inWords(error, 'Another period could not be chosen');
      }
    } finally {
      button.removeAttribute('aria-busy');
    }
  };
  button.addEventListener('click', () => void start(true));
  if (/[?&](from|to)=/.test(location.search)) void start(false);
  // Going back to an address with a period, where none had been chosen on this page yet.
  else addEventListener('popstate', () => button.isConnected && void start(false), { once: true });
}
