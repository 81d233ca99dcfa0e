import { expect, it } from 'vitest';
import { KINDS, momentToDamage, surviveFlip } from './flipped-bits.ts';

/** Of each kind of object; a thousand and more in `npm run soak -- flips`. */
const FLIPS = 4;

it('a bit that has turned over is served to nobody, in whatever object, and verify and a build make it right', async () => {
  const moment = await momentToDamage();
  let refused = 0;
  for (const kind of KINDS) {
    let found = 0;
    for (let i = 0; i < FLIPS; i++) {
      // Each in another object, at another place.
      const result = await surviveFlip(moment, { kind, object: i / FLIPS, bit: (0.2 + i * 0.618) % 1 });
      refused += result.refused;
      found += Number(result.found);
    }
    expect([kind, found > 0]).toEqual([kind, kind !== 'ledger' && kind !== 'sent days']);
  }
  expect(refused).toBeGreaterThan(0);
});
