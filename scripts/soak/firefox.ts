import { openFirefox } from './engines/firefox.ts';
import { walk } from './engines/walk.ts';
import type { Check } from './lib/check.ts';

export const check: Check = {
  does: 'every kind of page and every flow in Firefox, with pictures in .screenshots/soak/firefox/',
  run: (options) => walk('firefox', openFirefox, options),
};
