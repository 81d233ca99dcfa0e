// The sample is drawn in the browser, for whatever rule and days the address names.
import { isOlder } from '../browser/older.ts';
import { inWords } from '../browser/reader-error.ts';

const place = document.getElementById('calibration');

if (place && !isOlder()) {
  const fail = (error: unknown): void => {
    const words = document.createElement('p');
    words.className = 'message';
    words.setAttribute('role', 'alert');
    words.textContent = inWords(error, 'The sample could not be drawn');
    place.replaceChildren(words);
  };
  import('./open.tsx').then(({ openCalibration }) => openCalibration(place)).catch(fail);
}
