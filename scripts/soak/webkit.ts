import { walk } from './engines/walk.ts';
import { openWebKit } from './engines/webkit.ts';
import type { Check } from './lib/check.ts';

export const check: Check = {
  does: 'every kind of page and every flow in WebKit, with pictures in .screenshots/soak/webkit/',
  run: (options) => walk('webkit', openWebKit, options),
};
