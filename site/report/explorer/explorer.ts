// Every call can be filtered, sorted and taken away. What that takes is loaded when the page is there, or at once where the
// address asks for some calls: `filtered.js` has then kept the list of the newest ones from being shown as the answer, and else all but
// its first rows.
import { isOlder } from '../browser/older.ts';
import { inWords } from '../browser/reader-error.ts';
import { bringBack } from './published-list.ts';

const { classList } = document.documentElement;
const isFiltered = classList.contains('filtered');

/** A browser that always has something to do loads it all the same. */
const SOON_MS = 2000;

/** The list as it was published comes back, and it is said what it is. */
function fail(error: unknown): void {
  bringBack();
  classList.remove('filtered', 'explored', 'brief');
  const words = document.createElement('p');
  words.className = 'message';
  words.setAttribute('role', 'alert');
  words.textContent = `${inWords(error, 'The calls could not be filtered')} Below are the newest calls${isFiltered ? ', not those that the address asks for' : ''}.`;
  document.getElementById('explorer')?.replaceChildren(words);
}

const start = async () => {
  try {
    await (await import('./open.tsx')).openExplorer(fail);
  } catch (error) {
    fail(error);
  }
};
if (!isOlder()) {
  classList.add('opening');
  if (isFiltered || !('requestIdleCallback' in window)) void start();
  else requestIdleCallback(() => void start(), { timeout: SOON_MS });
}
