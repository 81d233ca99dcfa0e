// What a reader has chosen for all pages: light or dark, and whether single keys do something. Kept for them in this browser.
import { OFF, SINGLE_KEYS } from '../browser/keys.ts';
import { openKept, today } from '../kept/kept.ts';
import { keptNow } from '../kept/kept-now.ts';
import { make } from './make.ts';

/** Its name among what is kept. */
const SCHEME = 'scheme';

const SCHEMES = { '': 'As the system', light: 'Light', dark: 'Dark' };
const { dataset } = document.documentElement;

/** Put into effect what the reader of this page has chosen; what another one has is undone. */
export function applyChoices(): void {
  const kept = keptNow();
  if (kept?.get('choice', SINGLE_KEYS) === OFF) dataset.keys = OFF;
  else delete dataset.keys;
  applyScheme(kept?.get('choice', SCHEME) ?? '');
}

/**
 * Light or dark must be known before anything is painted, and that is before the gate has said who reads the page. So this one word
 * stands once more under the mark of the site, where `early/browser.js` finds it.
 */
function applyScheme(scheme: string): void {
  if (scheme) dataset.scheme = scheme;
  else delete dataset.scheme;
  try {
    const early = openKept(localStorage, dataset.site ?? '', today());
    if (scheme) early.put('choice', SCHEME, scheme);
    else early.drop('choice', SCHEME);
  } catch {
    // A browser that keeps nothing.
  }
}

/** A switch between light, dark and the system's; undefined where the browser would not keep what is chosen. */
export function schemeSwitch(): HTMLElement | undefined {
  if (!keptNow()) return undefined;
  const choices = Object.entries(SCHEMES).map(([scheme, words]) => {
    const radio = make('input', '');
    radio.type = 'radio';
    radio.name = SCHEME;
    radio.checked = (dataset.scheme ?? '') === scheme;
    radio.addEventListener('change', () => {
      if (scheme) keptNow()?.put('choice', SCHEME, scheme);
      else keptNow()?.drop('choice', SCHEME);
      applyScheme(scheme);
    });
    return make('label', '', radio, ` ${words}`);
  });
  return make('fieldset', 'scheme', make('legend', 'note', 'Colours'), ...choices);
}
