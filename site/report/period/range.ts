// A page of figures can be printed, and its period can be chosen. What that takes is loaded when somebody asks for it, or when the address does.
import { isOlder } from '../browser/older.ts';
import { inWords } from '../browser/reader-error.ts';
import type { Subject } from './agent-view.ts';
import type { CountedPage } from './count.ts';

const printed = document.getElementById('print');
if (printed) {
  printed.hidden = false;
  printed.addEventListener('click', () => print());
}

const place = document.getElementById('range');
const words = place?.querySelector('.range');
const figures = document.getElementById('figures');
const { classList } = document.documentElement;
/** The address asks for a period or a team: `early/browser.js` has looked, and the page says that it is counted. */
const RANGED = 'ranged';

if (place && words && figures && !isOlder()) {
  const { page, subject } = figures.dataset;
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
      const counted: CountedPage = {
        kind: page as CountedPage['kind'],
        ...(subject !== undefined && { subject: JSON.parse(subject) as Subject }),
      };
      await (await import('./period.tsx')).choosePeriod(counted, isOpen);
    } catch (error) {
      const status = document.getElementById('range-status');
      if (status) {
        status.className = 'range-status';
        status.textContent = inWords(error, 'Another period could not be chosen');
      }
    } finally {
      button.removeAttribute('aria-busy');
      classList.remove(RANGED);
    }
  };
  button.addEventListener('click', () => void start(true));
  if (classList.contains(RANGED)) void start(false);
  // Going back to an address with a period, where none had been chosen on this page yet.
  else addEventListener('popstate', () => button.isConnected && void start(false), { once: true });
} else classList.remove(RANGED); // Of no day: there is nothing to count.
