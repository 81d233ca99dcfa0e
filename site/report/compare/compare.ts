// Figures are counted in the browser, for whatever agents and days the address names.
import { canCopy, copyButton, linkTo } from '../browser/copy.ts';
import { isOlder } from '../browser/older.ts';
import { inWords } from '../browser/reader-error.ts';

const place = document.getElementById('figures');
const printed = document.getElementById('print');

if (place && printed && !isOlder()) {
  // What is there for a browser that cannot.
  place.replaceChildren();
  printed.hidden = false;
  printed.addEventListener('click', () => print());
  if (canCopy()) printed.before(copyButton('Copy link', () => linkTo()));
  const fail = (error: unknown): void => {
    document.documentElement.classList.remove('ranged');
    const status = document.getElementById('range-status');
    if (!status) return;
    status.className = 'range-status';
    status.textContent = inWords(error, 'The comparison could not be drawn');
  };
  import('./open.tsx').then(({ openCompare }) => openCompare(place, fail)).catch(fail);
}
