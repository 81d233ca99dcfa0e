// What was said is searched in the browser, for the words of the address.
import { isOlder } from '../browser/older.ts';
import { inWords } from '../browser/reader-error.ts';

const place = document.getElementById('find');

if (place && !isOlder()) {
  const fail = (error: unknown): void => {
    const words = document.createElement('p');
    words.className = 'message';
    words.setAttribute('role', 'alert');
    words.textContent = inWords(error, 'The search could not be opened');
    place.replaceChildren(words);
  };
  import('./open.tsx').then(({ openFind }) => openFind(place, fail)).catch(fail);
}
