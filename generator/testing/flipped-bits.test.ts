import { expect, it } from 'vitest';
import { momentToDamage, surviveFlip } from './flipped-bits.ts';

/** A thousand and more in `npm run soak -- flips`. */
const FLIPS = 24;

it('a bit that has turned over is served to nobody, in whatever object, and the site becomes right again', async () => {
  const moment = await momentToDamage();
  let refused = 0;
  // Every so many-th object, each at another place.
  for (let i = 0; i < FLIPS; i++)
    refused += (await surviveFlip(moment, { object: i / FLIPS, bit: (i * 0.618) % 1 })).refused;
  expect(refused).toBeGreaterThan(0);
});
